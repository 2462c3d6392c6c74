// SPDX-License-Identifier: Apache-2.0

/// Base64 text that is read where it stands: checked without decoding, decoded only where somebody looks.
///
/// Accepts what the real API accepts: the standard or the URL-safe alphabet (not both in one text), padded or
/// not (CORE 4.2), white space anywhere (protobuf's decoder skips it).
public struct Base64Text {
    /// What the check of a text has found: enough to read the same text again without another check.
    public struct Shape: Sendable {
        /// Number of characters without padding and white space.
        fileprivate let digits: Int
        fileprivate let hasWhiteSpace: Bool
    }

    public let shape: Shape
    private let text: UnsafeBufferPointer<UInt8>

    /// Whether white space stands between the digits, so that no digit can be found without reading all before it.
    public var hasWhiteSpace: Bool { shape.hasWhiteSpace }

    /// Number of bytes that the text stands for.
    public var byteCount: Int { shape.digits * 3 / 4 }

    /// - Returns: nil where `text` is not base64.
    public init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let scan = Base64Scan.check(text) else { return nil }
        self.init(text, shape: Shape(digits: scan.digits, hasWhiteSpace: scan.hasWhiteSpace))
    }

    /// - Parameter shape: that of the very same text, checked before.
    public init(_ text: UnsafeBufferPointer<UInt8>, shape: Shape) {
        self.text = text
        self.shape = shape
    }

    /// Up to `count` bytes from `offset` on; fewer at the end.
    public func bytes(at offset: Int, count: Int) -> [UInt8] {
        guard offset >= 0, offset < byteCount, count > 0 else { return [] }
        let end = offset + min(count, byteCount - offset)
        let firstGroup = offset / 3
        let groups = (end + 2) / 3 - firstGroup
        let decoded = decode(fromDigit: firstGroup * 4, count: groups * 4)
        return Array(decoded.dropFirst(offset - firstGroup * 3).prefix(end - offset))
    }

    /// All bytes.
    public func decoded() -> [UInt8] { bytes(at: 0, count: byteCount) }

    private func decode(fromDigit first: Int, count: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count / 4 * 3)
        Base64Scan.values.withUnsafeBufferPointer { values in
            var (bits, seen): (UInt32, Int) = (0, 0)
            // Without white space the n-th digit is the n-th character, so nothing before it needs to be
            // read.
            var at = shape.hasWhiteSpace ? 0 : first
            var skip = shape.hasWhiteSpace ? first : 0
            while at < text.count, seen < count {
                let value = values[Int(text[at])]
                at += 1
                guard value < 64 else { continue }
                if skip > 0 {
                    skip -= 1
                    continue
                }
                bits = bits << 6 | UInt32(value)
                // The first digit of a group fills no byte yet; each of the other three completes one.
                let place = seen & 3
                if place > 0 { out.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * place))) }
                seen += 1
            }
        }
        return out
    }
}

/// The check that a text is base64.
enum Base64Scan {
    private static let blockLength = 128

    /// Goes by blocks, in one alphabet, up to the first that has something else in it; then by bytes.
    ///
    /// - Returns: how many digits there are and whether white space stands between them; nil where it isn't
    ///   base64.
    static func check(_ text: UnsafeBufferPointer<UInt8>) -> (digits: Int, hasWhiteSpace: Bool)? {
        let standard = blocks(text, UInt8(ascii: "+"), UInt8(ascii: "/"))
        guard text.count - standard >= blockLength else {
            return checkRest(text, from: standard, UInt8(ascii: "+"), UInt8(ascii: "/"))
        }
        let urlSafe = blocks(text, UInt8(ascii: "-"), UInt8(ascii: "_"))
        return standard >= urlSafe
            ? checkRest(text, from: standard, UInt8(ascii: "+"), UInt8(ascii: "/"))
            : checkRest(text, from: urlSafe, UInt8(ascii: "-"), UInt8(ascii: "_"))
    }

    /// How many bytes at the beginning, in whole blocks, are letters, figures and the two signs.
    ///
    /// Words of eight bytes, and no comparison: the compiler makes vectors of it. It does so with comparisons
    /// of bytes, too, but needs 55 instructions for 16 bytes then, instead of 20.
    @inline(__always)
    private static func blocks(_ text: UnsafeBufferPointer<UInt8>, _ sign: UInt8, _ other: UInt8) -> Int {
        guard let base = UnsafeRawPointer(text.baseAddress) else { return 0 }
        var at = 0
        while at + blockLength <= text.count {
            var good = each(0x80)
            for word in 0..<(blockLength / 8) {
                let word = base.loadUnaligned(fromByteOffset: at &+ word &* 8, as: UInt64.self)
                let letters = range(word | each(0x20), UInt8(ascii: "a"), UInt8(ascii: "z"))
                let figures = range(word, UInt8(ascii: "0"), UInt8(ascii: "9"))
                good &= (letters | figures | range(word, sign, sign) | range(word, other, other)) & ~word
            }
            if good != each(0x80) { break }
            at += blockLength
        }
        return at
    }

    /// Sets the highest bit of each byte that lies in a range, where all bytes are below 0x80: there no sum
    /// reaches the next byte. (What it says of other bytes, and in the lower bits, isn't looked at.)
    @inline(__always)
    private static func range(_ word: UInt64, _ low: UInt8, _ high: UInt8) -> UInt64 {
        (word &+ each(0x80 &- low)) & ~(word &+ each(0x7F &- high))
    }

    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// - Parameters:
    ///   - start: how many bytes are known to be digits of the alphabet with `sign` and `other`.
    private static func checkRest(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ sign: UInt8, _ other: UInt8
    ) -> (digits: Int, hasWhiteSpace: Bool)? {
        var (digits, padding, blanks) = (start, 0, 0)
        var (usesStandard, usesURLSafe) = (false, false)
        let isBase64 = values.withUnsafeBufferPointer { values in
            for byte in text[start...] {
                if values[Int(byte)] >= 64 {
                    switch byte {
                    case UInt8(ascii: "="), UInt8(ascii: "."): padding += 1  // protobuf pads with either
                    case 0x20, 0x09...0x0D: blanks += 1
                    default: return false
                    }
                    continue
                }
                if padding > 0 { return false }
                digits += 1
                if values[Int(byte)] >= 62 {
                    let isStandard = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
                    usesStandard = usesStandard || isStandard
                    usesURLSafe = usesURLSafe || !isStandard
                }
            }
            return true
        }
        guard isBase64, !(usesStandard && usesURLSafe), digits % 4 != 1 else { return nil }
        // What stands before is looked through for its signs only where the rest has the other alphabet's.
        let isOther = sign == UInt8(ascii: "+") ? usesURLSafe : usesStandard
        if isOther, text[..<start].contains(where: { $0 == sign || $0 == other }) { return nil }
        guard padding == 0 || (digits + padding) % 4 == 0 && padding <= 2 else { return nil }
        return (digits, blanks > 0)
    }

    /// The value of each byte that is a digit in either alphabet; 255 for the others.
    static let values: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: 255
        }
    }
}

/// Base64 text from bytes: the standard alphabet, padded, as the real API sends it (CORE 4.2).
public enum Base64Encoding {
    public static func standard(_ bytes: [UInt8]) -> String {
        encode(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", pads: true)
    }

    /// The URL-safe alphabet without padding, as in `responseId` (CORE 4.3).
    public static func urlSafe(_ bytes: [UInt8]) -> String {
        encode(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", pads: false)
    }

    private static func encode(_ bytes: [UInt8], _ alphabet: StaticString, pads: Bool) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var at = 0
        while at < bytes.count {
            let group = (0..<3).reduce(UInt32(0)) {
                $0 << 8 | UInt32(at + $1 < bytes.count ? bytes[at + $1] : 0)
            }
            let digits = min(4, bytes.count - at + 1)
            for digit in 0..<digits {
                out.append(alphabet.utf8Start[Int(group >> UInt32(18 - 6 * digit) & 63)])
            }
            if pads { out.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 4 - digits)) }
            at += 3
        }
        return String(decoding: out, as: UTF8.self)
    }
}
