// SPDX-License-Identifier: Apache-2.0

extension JSONDocument {
    /// The same text with its long strings cut: what is left out is told in their places, `iVBORw0K… (20971520 bytes)`. It
    /// is JSON of the same shape.
    ///
    /// - Parameters:
    ///   - longest: in bytes between the quotes; longer strings are cut. Keys aren't.
    ///   - kept: how many bytes are left of those that are cut, or a few less.
    ///   - margin: so many bytes behind the cut are masked with the rest: of what begins before it no half is left.
    ///   - mask: changes bytes of a string's beginning, not their number.
    public func shortened(
        stringsOver longest: Int, to kept: Int, margin: Int = 0, _ mask: (inout [UInt8]) -> Void = { _ in }
    ) -> [UInt8] {
        var text: [UInt8] = []
        var copied = 0
        for node in nodes where node.kind == .string && Int(node.end - node.start) > longest {
            let (start, end) = (Int(node.start), Int(node.end))
            text += bytes[copied..<start]
            var beginning = Array(bytes[start..<min(end, start + kept + margin)])
            mask(&beginning)
            text += beginning[..<JSONDocument.cut(beginning[...], after: kept)]
            text += Array("… (\(end - start) bytes)".utf8)
            copied = end
        }
        return text + bytes[copied...]
    }

    /// The index before which a string's content may be cut: behind a whole character and a whole escape.
    private static func cut(_ content: ArraySlice<UInt8>, after kept: Int) -> Int {
        let limit = content.startIndex + kept
        var at = content.startIndex
        while let next = next(at, content), next <= limit { at = next }
        return at
    }

    /// Where the character behind the one at `at` begins; nil behind the last.
    private static func next(_ at: Int, _ content: ArraySlice<UInt8>) -> Int? {
        guard at < content.endIndex else { return nil }
        switch content[at] {
        case UInt8(ascii: "\\"):
            let isLong = at + 1 < content.endIndex && content[at + 1] | 0x20 == UInt8(ascii: "u")
            let end = at + (isLong ? 6 : 2)
            guard isLong, isHighSurrogate(content[at...].prefix(6)) else { return end }
            return end + 6
        case 0xF0...: return at + 4
        case 0xE0...: return at + 3
        case 0xC0...: return at + 2
        default: return at + 1
        }
    }

    /// Whether an escape is the first of a pair, `\ud83d`.
    private static func isHighSurrogate(_ escape: ArraySlice<UInt8>) -> Bool {
        let digits = escape.dropFirst(2).map { $0 | 0x20 }
        return digits.count == 4 && digits[0] == UInt8(ascii: "d")
            && "89ab".utf8.contains(digits[1])
    }
}
