// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The clock by which a server waits: the monotonic one, and what it has been moved on. Moving it on wakes all whose waits
/// are over by then, so that a test needn't sit them out.
public final class WireClock: Sendable {
    private let offset = Atomic<Int64>(0)

    /// Nanoseconds since some moment.
    var nanoseconds: Int64 { nanoseconds(at: MonotonicClock.nanoseconds) }

    var milliseconds: Int64 { nanoseconds / 1_000_000 }

    /// What this clock shows at a moment of the monotonic one.
    func nanoseconds(at monotonic: Int64) -> Int64 { monotonic + offset.load(ordering: .acquiring) }

    /// Moves the clock on, by a century at most in all. The timer wheel sees it at its next turn, a millisecond later.
    public func advance(by duration: Duration) {
        let step = WireClock.nanoseconds(duration)
        var current = offset.load(ordering: .acquiring)
        while true {
            let result = offset.compareExchange(
                expected: current, desired: min(current + step, WireClock.century),
                ordering: .acquiringAndReleasing)
            if result.exchanged { return }
            current = result.original
        }
    }

    /// Between nothing and 30 years, so that adding to a clock can't overflow.
    static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(0, max(0, min(seconds, 1 << 30)) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    private static let century: Int64 = 100 * 366 * 86_400 * 1_000_000_000
}
