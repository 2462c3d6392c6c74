// SPDX-License-Identifier: Apache-2.0

/// Where a text is cut into the events of a stream.
enum StreamSplitter {
    /// Short enough that a sentence takes several events, as real streams do.
    private static let usualLength = 60

    /// At least three pieces where the text has three characters; never inside one.
    static func pieces(of text: String) -> [String] {
        let characters = Array(text)
        guard characters.count >= 3 else { return text.isEmpty ? [] : [text] }
        let count = max(3, (characters.count + usualLength - 1) / usualLength)
        // Pieces of almost the same length, the first ones one longer: arbitrary points, as in recordings.
        let (length, longer) = characters.count.quotientAndRemainder(dividingBy: count)
        var start = 0
        return (0..<count).map { index in
            let end = start + length + (index < longer ? 1 : 0)
            defer { start = end }
            return String(characters[start..<end])
        }
    }
}
