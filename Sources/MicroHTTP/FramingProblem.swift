// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Why a head isn't served: two programs on its way could understand it in two ways, and take what follows for another
/// request (RFC 9112, 2.2, 3.2, 5 and 6). libmicrohttpd lets these pass.
public enum FramingProblem: Error, Sendable, Equatable {
    case repeatedContentLength
    case contentLengthAndTransferEncoding
    case unknownTransferEncoding
    case blankBeforeColon
    /// More than a number of bytes can be here; the largest of all means "unknown" to the library.
    case endlessContentLength
    /// HTTP/1.0 has no chunks.
    case transferEncodingInOldVersion
    /// Lines that go on in the next one, or with a NUL in them, behind which the library doesn't look.
    case linesInDisguise
    /// A carriage return without a line feed.
    case bareCarriageReturn
    /// A name of a field that is no token (RFC 9110, 5.6.2).
    case badFieldName
    /// The method is no token, the target is missing or has a blank or a control character in it.
    case badRequestLine
    case missingHost
    case repeatedHost
    /// With characters that no host and port have.
    case badHost
}

extension FramingProblem {
    /// The first problem of a head, or nil.
    ///
    /// - Parameters:
    ///   - isOldVersion: whether it says HTTP/1.0.
    ///   - isPlain: whether its lines are what the library takes them for (`HeadLayout`).
    static func find(in head: RequestHead, isOldVersion: Bool, isPlain: Bool) -> FramingProblem? {
        let fields = head.fields
        if fields.hasBlankBeforeColon { return .blankBeforeColon }
        if fields.hasCarriageReturn { return .bareCarriageReturn }
        guard isPlain else { return .linesInDisguise }
        guard HTTPFields.isToken(head.method), isTarget(head.target.raw) else { return .badRequestLine }
        guard fields.hasTokensOnly else { return .badFieldName }
        return body(of: fields, isOldVersion) ?? host(of: fields, isOldVersion)
    }

    private static func body(of fields: HTTPFields, _ isOldVersion: Bool) -> FramingProblem? {
        let lengths = fields.count(of: "content-length")
        if lengths > 1 { return .repeatedContentLength }
        guard fields.contains("transfer-encoding") else {
            // The library has read it as a number.
            return lengths == 1 && Int(fields["content-length"] ?? "") == nil ? .endlessContentLength : nil
        }
        if lengths > 0 { return .contentLengthAndTransferEncoding }
        if isOldVersion { return .transferEncodingInOldVersion }
        // As sent, blanks included: the library takes `chunked ` for something else and then reads no body at all.
        let codings = fields.all.filter { $0.name.lowercased() == "transfer-encoding" }.map {
            $0.value.lowercased()
        }
        return codings == ["chunked"] ? nil : .unknownTransferEncoding
    }

    private static func host(of fields: HTTPFields, _ isOldVersion: Bool) -> FramingProblem? {
        guard var host = fields["host"] else { return isOldVersion ? nil : .missingHost }
        if fields.count(of: "host") > 1 { return .repeatedHost }
        return host.withUTF8 { $0.allSatisfy(isOfHost) } ? nil : .badHost
    }

    /// Whether a host may have this: what tokens have, but for `#`, and the marks of ports and IPv6 (RFC 3986, 3.2.2).
    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "#"): false
        case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: HTTPFields.isToken(byte)
        }
    }

    private static func isTarget(_ target: String) -> Bool {
        var target = target
        // Bytes over 0x7F are let pass: curl sends a path as it was typed.
        return !target.isEmpty && target.withUTF8 { $0.allSatisfy { $0 > 0x20 && $0 != 0x7F } }
    }
}
