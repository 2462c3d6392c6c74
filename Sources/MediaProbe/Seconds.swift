// SPDX-License-Identifier: Apache-2.0

/// Durations as containers write them: a number of ticks, and how many of those are a second.
enum Seconds {
    /// What claims to be longer (some 30 years) is broken, and would overflow whatever is computed from it.
    static let longest = 1e9

    /// - Returns: nil where there is no such duration: no ticks, no scale, or nonsense.
    static func of(ticks: Double, perSecond: Double) -> Double? {
        guard ticks > 0, perSecond > 0 else { return nil }
        let seconds = ticks / perSecond
        return seconds.isFinite && seconds <= longest ? seconds : nil
    }
}
