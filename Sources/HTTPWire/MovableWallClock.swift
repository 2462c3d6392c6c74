// SPDX-License-Identifier: Apache-2.0

/// A clock that runs like another one, but for what it has been moved on, so that what lasts for days can be over now; and
/// that can be stopped for a while.
public final class MovableWallClock: WallClock {
    private let base: any WallClock
    private let shift: ClockShift

    public init(_ base: any WallClock) {
        self.base = base
        shift = ClockShift(origin: base.nanoseconds)
    }

    public var nanoseconds: Int64 { shift.reading { base.nanoseconds }.nanoseconds }

    /// All about the clock at one moment.
    public var state: ClockState {
        let reading = shift.reading { base.nanoseconds }
        return ClockState(
            nanoseconds: reading.nanoseconds,
            offset: .nanoseconds(reading.nanoseconds &- reading.followed), isFrozen: reading.isFrozen)
    }

    /// How far the clock is ahead of the one that it runs like; negative where it stood still for longer than it was moved.
    public var offset: Duration { state.offset }

    /// Whether the clock stands still.
    public var isFrozen: Bool { state.isFrozen }

    /// Moves the clock on, by a century at most in all. One that stands still is moved by exactly that.
    public func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let century: Int64 = 100 * 366 * 86_400
        let step = max(0, min(seconds, century)) * 1_000_000_000 + max(0, attoseconds / 1_000_000_000)
        shift.advance(by: step) { base.nanoseconds }
    }

    /// Lets the clock stand still, but for what it is moved on.
    public func freeze() { shift.freeze { base.nanoseconds } }

    /// Lets the clock go on from where it stands.
    public func resume() { shift.resume { base.nanoseconds } }
}
