// SPDX-License-Identifier: Apache-2.0

/// Finds the places where a name might tell of a secret, five bytes at a stride.
///
/// All that announces a secret is at least six bytes long with the sign behind it: `token"`, `?key=`. The last two of the
/// six say how far it is to the end of the nearest of them, mostly as far as can be; Wu and Manber's way of looking for
/// many words at once.
enum NameWindows {
    /// The shift for each pair of bytes, the first of them in the lower eight bits; 0 where something may end here.
    /// Never written to once it is made.
    nonisolated(unsafe) static let shifts: UnsafePointer<UInt8> = makeShifts()

    /// The length of all windows.
    private static let length = 6

    /// Five letters that end a name; a `*` is any byte. More precise is what is asked next.
    private static let endings: [StaticString] = [
        "token", "ation", "i_key", "i-key", "pikey", "e_key", "e-key", "tekey", "t_key", "t-key", "etkey",
        "s_key", "s-key", "sskey", "n-key", "onkey", "ecret", "ookie", "hrase", "sword", "asswd", "ad_id",
        "oadid",
    ]
    /// What can follow a name: a quote, a quote in a string of a string, a sign; 1 is a quote that was an escape.
    private static let signs: [UInt8] = Array("\"'=:\\".utf8) + [UnescapedText.quote]

    /// Names of parameters alone, and the words before tokens and keys that stand in texts.
    private static let others: [StaticString] = ["*?key=", "*&key=", "*;key=", "ature=", "earer ", "VATE K"]

    private static func makeShifts() -> UnsafePointer<UInt8> {
        // Made once, kept for good.
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
        table.initialize(repeating: UInt8(length - 1), count: 1 << 16)
        for ending in endings {
            for sign in signs { enter(bytes(ending) + [sign], table) }
        }
        for other in others { enter(bytes(other), table) }
        return UnsafePointer(table)
    }

    private static func bytes(_ text: StaticString) -> [UInt8] {
        Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func enter(_ window: [UInt8], _ table: UnsafeMutablePointer<UInt8>) {
        for start in 0..<window.count - 1 {
            let shift = UInt8(window.count - 2 - start)
            for first in spellings(window[start]) {
                for second in spellings(window[start + 1]) {
                    let pair = Int(first) | Int(second) << 8
                    table[pair] = min(table[pair], shift)
                }
            }
        }
    }

    private static func spellings(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "*"): Array(0...255)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): [byte, byte & ~0x20]
        default: [byte]
        }
    }
}
