// SPDX-License-Identifier: Apache-2.0

/// Where a text is cut into the events of a stream.
enum StreamSplitter {
    /// Short enough that a sentence takes several events, as real streams do.
    private static let usualLength = 60

    /// The pieces that a scenario wants; without one, the usual ones.
    static func pieces(of text: String, _ chunks: StreamChunks?) -> [String] {
        switch chunks {
        case nil: return pieces(of: text)
        case .pieces(let pieces): return pieces
        case .count(let count): return split(text) { max(1, min(count, $0)) }
        case .size(let size):
            let size = max(1, size)
            let characters = Array(text)
            // An empty text is still an event, where somebody cares how it is cut.
            guard !characters.isEmpty else { return [""] }
            return stride(from: 0, to: characters.count, by: size).map { start in
                String(
                    characters[start..<(characters.count - start > size ? start + size : characters.count)])
            }
        }
    }

    /// At least three pieces where the text has three characters; never inside one.
    static func pieces(of text: String) -> [String] {
        split(text) { $0 >= 3 ? max(3, ($0 + usualLength - 1) / usualLength) : min($0, 1) }
    }

    /// Pieces of almost the same length, the first ones one longer: arbitrary points, as in recordings.
    ///
    /// - Parameter count: how many pieces a text of so many characters gets.
    private static func split(_ text: String, into count: (Int) -> Int) -> [String] {
        let characters = Array(text)
        let count = count(characters.count)
        guard count > 1 else { return count == 1 ? [text] : [] }
        let (length, longer) = characters.count.quotientAndRemainder(dividingBy: count)
        var start = 0
        return (0..<count).map { index in
            let end = start + length + (index < longer ? 1 : 0)
            defer { start = end }
            return String(characters[start..<end])
        }
    }
}
