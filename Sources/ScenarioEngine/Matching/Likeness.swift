// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How far values that differ are from one another, above 0 and up to 1. Looks at the beginning of long texts only.
enum Likeness {
    /// What differs differs by so much at least.
    static let least = 0.01
    private static let textLength = 64
    private static let searchedLength = 4096

    /// Share of the letters that are wrong, missing, added or swapped.
    static func distance(_ one: String, _ other: String) -> Double {
        let (one, other) = (Array(one.utf8.prefix(textLength)), Array(other.utf8.prefix(textLength)))
        let longest = max(one.count, other.count)
        return longest == 0 ? least : max(least, Double(Suggestion.distance(one, other)) / Double(longest))
    }

    /// Of the nearest of `others`; 1 where there is none.
    static func distance(_ one: String, nearestOf others: some Sequence<String>) -> Double {
        others.prefix(100).reduce(1) { min($0, distance(one, $1)) }
    }

    /// Share of the runs of three bytes of `wanted` that aren't in `text`. Even where all of them are, the whole isn't.
    static func distance(of wanted: String, within text: String) -> Double {
        let runs = runs(wanted.utf8.prefix(textLength))
        guard !runs.isEmpty, !text.isEmpty else { return 1 }
        let found = runs.intersection(Self.runs(text.utf8.prefix(searchedLength)))
        return 1 - 0.9 * Double(found.count) / Double(runs.count)
    }

    private static func runs(_ bytes: Substring.UTF8View) -> Set<UInt32> {
        var (runs, run, length): (Set<UInt32>, UInt32, Int) = ([], 0, 0)
        for byte in bytes {
            run = (run << 8 | UInt32(byte)) & 0xFF_FFFF
            length += 1
            if length > 2 { runs.insert(run) }
        }
        return runs
    }

    /// The difference as a share of the larger one.
    static func distance(_ one: Double, _ other: Double) -> Double {
        let largest = max(abs(one), abs(other))
        guard largest > 0, largest.isFinite else { return 1 }
        return min(1, max(least, abs(one / largest - other / largest)))
    }
}

extension Bounds {
    /// `3 bytes`, `2 to 5 bytes`, `2 bytes or more`, `5 bytes or less`.
    func words(unit: String = "", _ word: (Value) -> String = { "\($0)" }) -> String {
        switch (min, max) {
        case (let min?, let max?): min == max ? word(min) + unit : "\(word(min)) to \(word(max))\(unit)"
        case (let min?, nil): "\(word(min))\(unit) or more"
        case (nil, let max?): "\(word(max))\(unit) or less"
        case (nil, nil): "any number"
        }
    }
}

extension Bounds<Int> {
    /// How far a number is outside.
    func distance(_ value: Int) -> Double {
        let nearest = min.map { value < $0 ? $0 : max ?? $0 } ?? max ?? value
        return Likeness.distance(Double(value), Double(nearest))
    }
}
