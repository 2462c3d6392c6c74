// SPDX-License-Identifier: Apache-2.0

/// Lines and columns of offsets in a text. The text is gone through once, whatever the order they are asked in.
struct TextPlaces {
    /// Offset of the first byte of each line.
    private let lines: [Int]
    private let text: [UInt8]

    init(_ text: [UInt8]) {
        self.text = text
        var lines = [0]
        for (offset, byte) in text.enumerated() where byte == 0x0A { lines.append(offset + 1) }
        self.lines = lines
    }

    func place(of offset: Int) -> RecordingProblem.Place {
        var (low, high) = (0, lines.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        let before = text[lines[low]..<min(offset, text.count)]
        let column = before.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return RecordingProblem.Place(line: low + 1, column: column)
    }
}
