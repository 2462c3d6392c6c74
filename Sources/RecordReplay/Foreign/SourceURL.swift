// SPDX-License-Identifier: Apache-2.0

/// Where a request of another tool's file went.
struct SourceURL {
    /// `https://host`, with the port where it isn't the scheme's own.
    let origin: String
    /// In lower case, without the port.
    let host: String
    /// Path and query, as they stand on a request line.
    let target: String

    /// - Returns: nil where it is no http or https URL.
    init?(_ text: String) {
        guard let colon = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        var authority = rest[..<end].lowercased()[...]
        if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
        let port = scheme == "https" ? ":443" : ":80"
        if authority.hasSuffix(port) { authority = authority.dropLast(port.count) }
        guard !authority.isEmpty, authority.utf8.allSatisfy(SourceURL.isOfHost) else { return nil }
        origin = "\(scheme)://\(authority)"
        host = SourceURL.withoutPort(authority)
        target = SourceURL.target(rest[end...].prefix { $0 != "#" })
    }

    /// Of names, addresses and ports.
    private static func isOfHost(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || 0x30...0x3A ~= byte || "-._[]%".utf8.contains(byte)
    }

    private static func withoutPort(_ authority: Substring) -> String {
        let digits = authority.utf8.reversed().prefix { 0x30...0x39 ~= $0 }.count
        let name = authority.dropLast(digits)
        return String(digits > 0 && name.hasSuffix(":") ? name.dropLast() : authority)
    }

    /// Percent-encodes what can't stand on a request line.
    private static func target(_ text: Substring) -> String {
        var target: [UInt8] = text.utf8.first == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
        for byte in text.utf8 {
            if 0x21...0x7E ~= byte {
                target.append(byte)
            } else {
                target += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
            }
        }
        return String(decoding: target, as: UTF8.self)
    }
}
