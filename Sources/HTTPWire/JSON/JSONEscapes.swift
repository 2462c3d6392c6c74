// SPDX-License-Identifier: Apache-2.0

/// The escapes inside JSON strings, both ways.
enum JSONEscapes {
    /// The content of a string whose escapes the parser has already found well formed, with the escapes
    /// resolved.
    ///
    /// A backslash before any other character stands for that character, as in the real front end (CORE 6.2).
    static func resolve(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(content.count)
        var at = 0
        while at < content.count {
            guard content[at] == UInt8(ascii: "\\"), at + 1 < content.count else {
                out.append(content[at])
                at += 1
                continue
            }
            at += 2
            switch content[at - 1] {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "v"): out.append(0x0B)
            case UInt8(ascii: "u"):
                let scalar = unicodeEscape(content, &at)
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            case let other: out.append(other)
            }
        }
        return out
    }

    /// Reads the digits of `\uXXXX`, and of the low half that follows a high one. `at` stands behind the `u`.
    private static func unicodeEscape(_ content: UnsafeBufferPointer<UInt8>, _ at: inout Int)
        -> Unicode.Scalar
    {
        let high = hex4(content, at)
        at += 4
        if high & 0xFC00 == 0xD800 {
            let low = hex4(content, at + 2)
            at += 6
            return Unicode.Scalar(0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF)) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(high) ?? "\u{FFFD}"
    }

    private static func hex4(_ content: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
        guard at + 4 <= content.count else { return 0xFFFD }
        return (at..<at + 4).reduce(0) { $0 << 4 | UInt32(hexDigit(content[$1]) ?? 0) }
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
