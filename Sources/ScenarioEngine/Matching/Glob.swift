// SPDX-License-Identifier: Apache-2.0

/// A pattern in which `*` stands for any run of characters and `?` for any one (a Unicode scalar).
///
/// All places where a match may stand are followed at once, as bits of a few words: time is linear in the text whatever
/// the pattern is. Going back to the last star would take length times length, and the text is a client's.
public struct Glob: Sendable {
    let pattern: String
    private let plain: Bool
    /// Which letter of the pattern a byte is; 0 is none, 1 one that continues a character.
    private var letters = [UInt8](repeating: 0, count: 256)
    /// For each letter where in the pattern it may stand: bit n is token n.
    private var places: [[UInt64]] = []
    /// Bit n: any byte may come before token n, since a star does.
    private var stars: [UInt64]
    /// Bit n: token n - 1 is any character, whose further bytes are passed over.
    private var afterAny: [UInt64]
    private let last: Int

    public init(_ pattern: String) {
        self.pattern = pattern
        plain = !pattern.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        let tokens = plain ? [] : pattern.utf8.filter { $0 != UInt8(ascii: "*") }
        last = tokens.count
        let words = tokens.count / 64 + 1
        stars = Array(repeating: 0, count: words)
        afterAny = stars
        guard !plain else { return }
        readLetters(tokens, words)
        var token = 0
        for byte in pattern.utf8 {
            if byte == UInt8(ascii: "*") { stars[token / 64] |= 1 << UInt64(token % 64) } else { token += 1 }
        }
    }

    private mutating func readLetters(_ tokens: [UInt8], _ words: Int) {
        places = [[UInt64]](repeating: Array(repeating: 0, count: words), count: 2)
        for byte in 0x80...0xBF { letters[byte] = 1 }
        for (number, byte) in tokens.enumerated() where byte != UInt8(ascii: "?") {
            if letters[Int(byte)] < 2 {
                letters[Int(byte)] = UInt8(places.count)
                places.append(Array(repeating: 0, count: words))
            }
            places[Int(letters[Int(byte)])][number / 64] |= 1 << UInt64(number % 64)
        }
        for (number, byte) in tokens.enumerated() where byte == UInt8(ascii: "?") {
            afterAny[(number + 1) / 64] |= 1 << UInt64((number + 1) % 64)
            // A byte that continues a character isn't one.
            for byte in 0...0xFF where byte & 0xC0 != 0x80 {
                places[Int(letters[byte])][number / 64] |= 1 << UInt64(number % 64)
            }
        }
    }

    public func matches(_ text: String) -> Bool {
        var text = text
        if plain {
            var pattern = pattern
            return text.withUTF8 { text in
                pattern.withUTF8 { text.count == $0.count && text.elementsEqual($0) }
            }
        }
        return text.withUTF8 { matches($0) }
    }

    private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var reached = stars.map { _ in UInt64(0) }
        reached[0] = 1
        for byte in text {
            let fitting = places[Int(letters[Int(byte)])]
            let continues = byte & 0xC0 == 0x80
            var (carry, any) = (UInt64(0), UInt64(0))
            for word in reached.indices {
                let state = reached[word]
                let moved = state & fitting[word]
                let kept = state & (stars[word] | (continues ? afterAny[word] : 0))
                reached[word] = moved << 1 | carry | kept
                carry = moved >> 63
                any |= reached[word]
            }
            if any == 0 { return false }
        }
        return reached[last / 64] & 1 << UInt64(last % 64) != 0
    }
}
