// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The address that a client is to send its bytes to: on the host that it called, since Google's Python client goes to it
/// as it stands (CORE 2.4).
package enum UploadURL {
    /// Fields that proxies add shape the address, and nothing else.
    static func make(_ head: RequestHead, version: String, id: String) -> String {
        make(head, path: "/upload/\(version)/files", id: id)
    }

    /// - Parameter path: where the bytes go, encoded.
    package static func make(_ head: RequestHead, path: String, id: String) -> String {
        // A key in the start's query is in the address too (CORE 2.2).
        let key = head.target.queryValue("key").map { "key=\(encoded($0))&" } ?? ""
        // A client whose base address has it keeps it by itself only where it makes the address.
        let tenant = head.target.tenant.map { "/t/\(encoded($0))" } ?? ""
        return origin(head) + prefix(head) + tenant
            + "\(path)?\(key)upload_id=\(id)&upload_protocol=resumable"
    }

    /// Empty where the client told no host, as in HTTP/1.0: then the address is a path.
    private static func origin(_ head: RequestHead) -> String {
        let told = [first("x-forwarded-host", head), head.fields["host"]].compactMap(\.self)
        guard var host = told.first(where: isHost) else { return "" }
        let scheme =
            (first("x-forwarded-proto", head)?.lowercased()).map { $0 == "https" } ?? head.isEncrypted
            ? "https" : "http"
        let hasPort =
            host.utf8.drop { $0 != UInt8(ascii: "]") }.contains(UInt8(ascii: ":"))
            || !host.hasPrefix("[") && host.utf8.contains(UInt8(ascii: ":"))
        if !hasPort, let port = first("x-forwarded-port", head), let number = UInt16(port),
            number != (scheme == "https" ? 443 : 80)
        {
            host += ":\(number)"
        }
        return "\(scheme)://\(host)"
    }

    private static func prefix(_ head: RequestHead) -> String {
        guard var prefix = first("x-forwarded-prefix", head), prefix.hasPrefix("/"), !prefix.hasPrefix("//"),
            isPath(prefix)
        else {
            return ""
        }
        while prefix.hasSuffix("/") { prefix.removeLast() }
        return prefix
    }

    /// What the proxy nearest to the client has added: the first of a list.
    private static func first(_ name: String, _ head: RequestHead) -> String? {
        guard let value = head.fields[name] else { return nil }
        let word = value.prefix { $0 != "," }.filter { $0 != " " }
        return word.isEmpty ? nil : word
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isUnreserved($0) || ":[]".utf8.contains($0) }
    }

    private static func isPath(_ text: String) -> Bool {
        text.utf8.allSatisfy { isUnreserved($0) || "/%~!$&'()*+,;=:@".utf8.contains($0) }
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(
            decoding: text.utf8.flatMap {
                isUnreserved($0) ? [$0] : [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 15)]]
            }, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._".utf8.contains(byte)
        }
    }
}
