// SPDX-License-Identifier: Apache-2.0

/// What can stand where in JSON and in what holds JSON, as far as masking must know it.
enum JSONText {
    /// Whether a number can have it.
    static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Whether it can stand outside of strings.
    static func isOutsideByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","),
            UInt8(ascii: ":"), UInt8(ascii: " "):
            true
        // Of `true`, `false` and `null`.
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "l"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "u"):
            true
        default: isNumberByte(byte)
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// How many backslashes end before `at`.
    static func backslashes(_ text: UnsafeBufferPointer<UInt8>, before at: Int) -> Int {
        var count = 0
        while at - count > 0, text[at - count - 1] == UInt8(ascii: "\\") { count += 1 }
        return count
    }

    /// The first place from `at` on that isn't inside an escape: masking half of one would break the string.
    static func behindEscape(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        if backslashes(text, before: at) % 2 == 1 {
            return text[at] == UInt8(ascii: "u") ? min(at + 5, text.count) : at + 1
        }
        for distance in 2...5 where at >= distance {
            let letter = at - distance + 1
            if text[letter] == UInt8(ascii: "u"), backslashes(text, before: letter) % 2 == 1 {
                return min(letter + 5, text.count)
            }
        }
        return at
    }
}
