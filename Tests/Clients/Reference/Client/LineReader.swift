// SPDX-License-Identifier: Apache-2.0

/// Cuts bytes into lines, as they come: a line ends with CR, LF or both.
struct LineReader {
    private let flaws: Set<Flaw>
    /// The beginning of a line whose end hasn't come.
    private(set) var rest: [UInt8] = []
    private var isAfterCR = false
    private var hasSeenLF = false

    init(flaws: Set<Flaw>) { self.flaws = flaws }

    /// - Returns: the lines that are whole with these bytes, without their ends.
    mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            if flaws.contains(.lfOnly) {
                if byte == 0x0A { end(&lines) } else { rest.append(byte) }
            } else if flaws.contains(.crlfOnly) {
                if byte == 0x0A, rest.last == 0x0D { end(&lines, 1) } else { rest.append(byte) }
            } else {
                take(byte, &lines)
            }
        }
        return lines
    }

    private mutating func take(_ byte: UInt8, _ lines: inout [[UInt8]]) {
        switch byte {
        case 0x0D where flaws.contains(.mixedLineEnds) && hasSeenLF: rest.append(byte)
        case 0x0D:
            isAfterCR = true
            end(&lines)
        case 0x0A:
            if !isAfterCR {
                hasSeenLF = true
                end(&lines)
            }
            isAfterCR = false
        default:
            isAfterCR = false
            rest.append(byte)
            if byte > 0x7F, flaws.contains(.unicodeLineEnds) {
                for separator in ["\u{2028}", "\u{2029}", "\u{85}"] where rest.suffix(3).ends(with: separator)
                {
                    end(&lines, separator.utf8.count)
                }
            }
        }
    }

    /// - Parameter count: how many bytes of the end stand in the line.
    private mutating func end(_ lines: inout [[UInt8]], _ count: Int = 0) {
        lines.append(Array(rest.dropLast(count)))
        rest = []
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
