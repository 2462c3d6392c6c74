// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The clock by which a server waits: the monotonic one, and what it has been moved on. Moving it on wakes all whose waits
/// are over by then, so that a test needn't sit them out; while it stands still, so do all waits. The timer wheel sees
/// each change at its next turn, a millisecond later.
public final class WireClock: Sendable {
    private let shift = ClockShift(origin: MonotonicClock.nanoseconds)

    /// Nanoseconds since some moment.
    var nanoseconds: Int64 { reading.nanoseconds }

    /// What this clock shows, and at which moment of the monotonic one.
    var reading: ClockReading { shift.reading { MonotonicClock.nanoseconds } }

    /// Whether the clock stands still.
    public var isFrozen: Bool { reading.isFrozen }

    /// How far the clock is ahead of the monotonic one; negative where it stood still for longer than it was moved.
    public var offset: Duration {
        let reading = reading
        return .nanoseconds(reading.nanoseconds &- reading.followed)
    }

    /// Moves the clock on, by a century at most in all. One that stands still is moved by exactly that.
    public func advance(by duration: Duration) {
        shift.advance(by: WireClock.nanoseconds(duration)) { MonotonicClock.nanoseconds }
    }

    /// Lets the clock stand still, but for what it is moved on.
    public func freeze() { shift.freeze { MonotonicClock.nanoseconds } }

    /// Lets the clock go on from where it stands.
    public func resume() { shift.resume { MonotonicClock.nanoseconds } }

    /// Between nothing and 30 years, so that adding to a clock can't overflow.
    static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(0, max(0, min(seconds, 1 << 30)) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
