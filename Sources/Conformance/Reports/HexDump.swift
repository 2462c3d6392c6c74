// SPDX-License-Identifier: Apache-2.0

/// The bytes around those that matter: offset, hexadecimal, and what can be read of them.
enum HexDump {
    struct Line: Equatable {
        /// `00000010`.
        let offset: String
        let bytes: [Byte]
    }

    struct Byte: Equatable {
        /// Two digits.
        let hex: String
        /// As a letter, `.` where it is none of ASCII's.
        let letter: String
        let isMarked: Bool
    }

    static let width = 16
    private static let linesAround = 2

    /// - Parameter marked: the bytes that matter; an empty range marks the place between two.
    /// - Returns: the lines that they are on, cut after eight, and two more on each side.
    static func lines(_ bytes: [UInt8], marked: Range<Int>) -> [Line] {
        let first = max(0, marked.lowerBound / width - linesAround)
        let shown = min(marked.upperBound, marked.lowerBound + 8 * width)
        let last = min((bytes.count + width - 1) / width, shown / width + 1 + linesAround)
        guard first < last else { return [] }
        return (first..<last).map { number in
            let start = number * width
            let line = bytes[start..<min(start + width, bytes.count)]
            return Line(
                offset: digits(UInt64(start), count: 8),
                bytes: line.indices.map { index in
                    let byte = line[index]
                    let letter = 0x20...0x7E ~= byte ? String(UnicodeScalar(byte)) : "."
                    return Byte(
                        hex: digits(UInt64(byte), count: 2), letter: letter,
                        isMarked: marked.contains(index))
                })
        }
    }

    /// Where some bytes stand first.
    static func range(of wanted: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
        guard let first = wanted.first, wanted.count <= bytes.count else { return nil }
        for start in 0...(bytes.count - wanted.count)
        where bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
            return start..<(start + wanted.count)
        }
        return nil
    }

    private static func digits(_ number: UInt64, count: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
