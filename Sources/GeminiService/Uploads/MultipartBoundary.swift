// SPDX-License-Identifier: Apache-2.0

/// The boundary that a Content-Type tells (RFC 2046, 5.1.1).
enum MultipartBoundary {
    private static let most = 70

    /// - Returns: nil where the type isn't multipart, or the boundary is missing, too long, or has characters that would
    ///   make delimiters ambiguous.
    ///
    /// Clients leave away the quotes that `=`, `/`, `:` and others call for, so they are not needed.
    static func find(in contentType: String) -> [UInt8]? {
        let text = Array(contentType.utf8)
        let type = text.prefix { $0 != UInt8(ascii: ";") }
        guard
            String(decoding: type, as: UTF8.self).lowercased().drop(while: { $0 == " " })
                .hasPrefix("multipart/")
        else { return nil }
        var rest = text[type.endIndex...]
        while rest.popFirst() != nil {
            let (name, value) = parameter(&rest)
            if name == "boundary" { return isUsable(value) ? value : nil }
        }
        return nil
    }

    /// Reads up to the next semicolon outside quotes, and leaves that.
    private static func parameter(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: [UInt8]) {
        let nameEnd =
            rest.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ";") } ?? rest.endIndex
        let name = String(decoding: trimmed(rest[..<nameEnd]), as: UTF8.self).lowercased()
        rest = rest[nameEnd...]
        guard rest.first == UInt8(ascii: "=") else { return (name, []) }
        rest = rest.dropFirst().drop { isBlank($0) }
        let isQuoted = rest.first == UInt8(ascii: "\"")
        let value = isQuoted ? quoted(&rest) : []
        let plain = rest.prefix { $0 != UInt8(ascii: ";") }
        rest = rest[plain.endIndex...]
        return (name, isQuoted ? value : trimmed(plain))
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        rest.removeFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            if let escaped = rest.popFirst() { value.append(escaped) }
        }
        return value
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let start = bytes.drop { isBlank($0) }
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(start[...last])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isUsable(_ value: [UInt8]) -> Bool {
        (1...most).contains(value.count) && value.last != 0x20
            && value.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
