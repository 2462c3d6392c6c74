// SPDX-License-Identifier: Apache-2.0

/// "Did you mean …": the known word that is nearest to one that isn't known.
public enum Suggestion {
    /// - Returns: nil where none is near: at most a third of its letters may be wrong, left out, added or swapped, or it
    ///   is the beginning of a known one.
    public static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        // Longer ones aren't misspelt names.
        guard (1...60).contains(word.utf8.count) else { return nil }
        let asked = folded(word)
        var best: (word: String, distance: Int)?
        for candidate in known {
            let other = folded(candidate)
            let isBeginning = asked.count >= 3 && other.starts(with: asked)
            let distance = asked == other ? 0 : isBeginning ? 1 : distance(asked, other)
            guard distance <= max(1, max(asked.count, other.count) / 3), distance < best?.distance ?? .max
            else {
                continue
            }
            best = (candidate, distance)
        }
        return best?.word
    }

    /// `retry_delay`, `retry-delay` and `retryDelay` alike.
    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// How many letters must be changed, added, dropped or swapped with their neighbour.
    public static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var current = [row + 1]
            for (column, wanted) in other.enumerated() {
                var cost = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (letter == wanted ? 0 : 1))
                if row > 0, column > 0, letter == other[column - 1], one[row - 1] == wanted {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[other.count]
    }
}
