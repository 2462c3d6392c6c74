// SPDX-License-Identifier: Apache-2.0

/// Finds the places where a name might tell of a secret, five bytes at a stride.
///
/// All that announces a secret is at least six bytes long with the sign behind it: `token"`, `?key=`. The last two of the
/// six say how far it is to the end of the nearest of them, mostly as far as can be; Wu and Manber's way of looking for
/// many words at once.
enum NameWindows {
    /// The shift for each pair of bytes, at its `place`; 0 where something may end here. Never written to once it is made.
    nonisolated(unsafe) static let shifts: UnsafePointer<UInt8> = makeShifts()

    /// Where the shift of a pair stands, the first byte of which is in the lower eight bits. Pairs share a place whose bytes
    /// have the same lower five bits, as a letter's cases have: a place for each pair would be 64 KiB, which is rarely in a
    /// processor's cache, and saves one step in twenty.
    @inline(__always) static func place(_ pair: UInt16) -> Int { Int(pair & 0x1F | (pair >> 3) & 0x3E0) }

    private static let placeCount = 1 << 10

    /// The length of all windows.
    private static let length = 6

    /// Five letters that end a name, in any case; a `*` is any byte. More precise is what is asked next.
    private static let endings: [StaticString] = [
        "token", "ation", "i_key", "i-key", "pikey", "e_key", "e-key", "tekey", "t_key", "t-key", "etkey",
        "s_key", "s-key", "sskey", "n-key", "onkey", "ecret", "ookie", "hrase", "sword", "asswd", "ad_id",
        "oadid",
    ]
    /// What can follow a name: a quote, a quote in a string of a string, a sign; 1 is a quote that was an escape.
    static let signs: [UInt8] = Array("\"'=:\\".utf8) + [UnescapedText.quote]

    /// Names of parameters alone, and the words before tokens and keys that stand in texts.
    private static let others: [StaticString] = ["*?key=", "*&key=", "*;key=", "ature=", "earer ", "VATE K"]

    private static func makeShifts() -> UnsafePointer<UInt8> {
        // Made once, kept for good.
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: placeCount)
        table.initialize(repeating: UInt8(length - 1), count: placeCount)
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
            for first in values(window[start]) {
                for second in values(window[start + 1]) {
                    let place = place(UInt16(first) | UInt16(second) << 8)
                    table[place] = min(table[place], shift)
                }
            }
        }
    }

    private static func values(_ byte: UInt8) -> ClosedRange<UInt8> {
        byte == UInt8(ascii: "*") ? 0...255 : byte...byte
    }
}
