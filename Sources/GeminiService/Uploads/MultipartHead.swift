// SPDX-License-Identifier: Apache-2.0

/// The fields at the beginning of a part, read as they arrive.
struct MultipartHead {
    /// How many bytes it has up to now.
    private(set) var length = 0
    private var lines: [[UInt8]] = []
    private var line: [UInt8] = []

    /// Takes lines from `rest` up to and including the empty one.
    ///
    /// - Returns: whether the head is over.
    mutating func consume(_ rest: inout UnsafeRawBufferPointer) -> Bool {
        while !rest.isEmpty, length <= MultipartReader.mostHead {
            let end = rest.prefix(MultipartReader.mostHead + 1).firstIndex(of: UInt8(ascii: "\n"))
            let taken = end.map { $0 + 1 } ?? min(rest.count, MultipartReader.mostHead + 1)
            length += taken
            line += rest[..<(end ?? taken)]
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
            guard end != nil else { continue }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty { return true }
            keepLine()
        }
        return false
    }

    /// The value of a field, by its name in lower case; of several of that name the first.
    subscript(name: String) -> String? {
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let found = String(decoding: line[..<colon], as: UTF8.self)
            guard trimmed(found[...]).lowercased() == name else { continue }
            let value = trimmed(String(decoding: line[(colon + 1)...], as: UTF8.self)[...])
            return value.isEmpty ? nil : String(value)
        }
        return nil
    }

    private mutating func keepLine() {
        let isFolded = line[0] == 0x20 || line[0] == 0x09
        if isFolded, !lines.isEmpty { lines[lines.count - 1] += line } else { lines.append(line) }
        line = []
    }

    private func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }
}
