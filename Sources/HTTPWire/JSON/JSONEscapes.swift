// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The escapes inside JSON strings, both ways.
enum JSONEscapes {
    /// The content of a string whose escapes the parser has already found well formed, with the escapes
    /// resolved.
    ///
    /// A backslash before any other character stands for that character, as in the real front end (CORE 6.2).
    static func resolve(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: room(for: content)) { buffer, count in
            if let out = buffer.baseAddress { count = resolve(content, to: out) }
        }
    }

    /// How many bytes the content has at most when its escapes are resolved. Each is shorter then, but the rest of one
    /// that is cut off.
    static func room(for content: UnsafeBufferPointer<UInt8>) -> Int { content.count + 1 }

    /// The same, put where there is room for it. Runs between escapes are copied as blocks.
    ///
    /// - Returns: how many bytes it has.
    static func resolve(
        _ content: UnsafeBufferPointer<UInt8>, to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard let base = content.baseAddress else { return 0 }
        var (at, count) = (0, 0)
        while at < content.count {
            let run = runLength(base + at, content.count - at)
            (out + count).update(from: base + at, count: run)
            at += run
            count += run
            guard at < content.count else { break }
            at += 2
            switch content[at - 1] {
            case UInt8(ascii: "b"): out[count] = 0x08
            case UInt8(ascii: "f"): out[count] = 0x0C
            case UInt8(ascii: "n"): out[count] = 0x0A
            case UInt8(ascii: "r"): out[count] = 0x0D
            case UInt8(ascii: "t"): out[count] = 0x09
            case UInt8(ascii: "v"): out[count] = 0x0B
            case UInt8(ascii: "u"):
                let scalar = unicodeEscape(content, &at)
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    out[count] = byte
                    count += 1
                }
                continue
            case let other: out[count] = other
            }
            count += 1
        }
        return count
    }

    /// How many bytes stand before the next backslash that has something behind it.
    private static func runLength(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard let found = memchr(start, CInt(UInt8(ascii: "\\")), count) else { return count }
        let length = UnsafeRawPointer(found) - UnsafeRawPointer(start)
        return length + 1 < count ? length : count
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
