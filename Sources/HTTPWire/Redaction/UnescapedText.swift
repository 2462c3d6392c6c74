// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A text with the escapes of plain characters resolved, and where each of its bytes comes from: secrets are looked for in
/// it a second time.
///
/// `\/` (PHP), `\u0026` and `\u003d` (Go and Gson write `?key\u003d` so), `%41`. One layer of them: who escapes twice, hides.
struct UnescapedText {
    /// Stands for a quote that was an escape, and so ends no string of the text itself.
    static let quote: UInt8 = 1
    /// Stands for a backslash that was an escape.
    private static let backslash: UInt8 = 2

    private(set) var bytes: [UInt8] = []
    /// Where the distance between both texts changes: there, how long the source is before it.
    private var joints: [(here: Int, source: Int)] = []

    /// Nil where no plain character is escaped, which is told quickly.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard
            UnescapedText.hasEscape(text, UInt8(ascii: "\\"))
                || UnescapedText.hasEscape(text, UInt8(ascii: "%"))
        else { return nil }
        bytes.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            if let (byte, length) = UnescapedText.escape(text, at) {
                bytes.append(byte)
                at += length
                joints.append((bytes.count, at))
                continue
            }
            // A `\\` isn't taken apart, or its second half would begin another escape.
            let isPair = text[at] == UInt8(ascii: "\\") && at + 1 < text.count
            bytes.append(text[at])
            if isPair { bytes.append(text[at + 1]) }
            at += isPair ? 2 : 1
        }
    }

    /// The place in the source of a place between two bytes here.
    func source(of place: Int) -> Int {
        var (low, high) = (0, joints.count)
        while low < high {
            let middle = (low + high) / 2
            if joints[middle].here <= place { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return place }
        return joints[low - 1].source + place - joints[low - 1].here
    }

    /// Whether a plain character is escaped that way. Most texts have not even the sign.
    private static func hasEscape(_ text: UnsafeBufferPointer<UInt8>, _ sign: UInt8) -> Bool {
        guard let base = text.baseAddress else { return false }
        var at = 0
        while at < text.count, let found = memchr(base + at, CInt(sign), text.count - at) {
            at = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            if escape(text, at) != nil { return true }
            at += sign == UInt8(ascii: "%") ? 1 : 2
        }
        return false
    }

    /// The plain character that is escaped at `at`, and the length of the escape.
    private static func escape(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt8, Int)? {
        switch text[at] {
        case UInt8(ascii: "%"): return plain(text, digits: at + 1).map { ($0, 3) }
        case UInt8(ascii: "\\"):
            guard at + 1 < text.count else { return nil }
            if text[at + 1] == UInt8(ascii: "/") { return (UInt8(ascii: "/"), 2) }
            guard text[at + 1] == UInt8(ascii: "u"), at + 5 < text.count, text[at + 2] == UInt8(ascii: "0"),
                text[at + 3] == UInt8(ascii: "0")
            else { return nil }
            return plain(text, digits: at + 4).map { ($0, 6) }
        default: return nil
        }
    }

    /// The character of two hex digits, if it is one that is printed.
    private static func plain(_ text: UnsafeBufferPointer<UInt8>, digits at: Int) -> UInt8? {
        guard at + 1 < text.count, let high = JSONEscapes.hexDigit(text[at]),
            let low = JSONEscapes.hexDigit(text[at + 1])
        else { return nil }
        switch high << 4 | low {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quote
        case UInt8(ascii: "\\"): return backslash
        case let byte where 0x20...0x7E ~= byte: return byte
        default: return nil
        }
    }
}
