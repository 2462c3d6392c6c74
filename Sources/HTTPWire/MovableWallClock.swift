// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock that runs like another one, but for what it has been moved on: what lasts for days can be over now.
public final class MovableWallClock: WallClock {
    private let base: any WallClock
    private let offset = Atomic<Int64>(0)

    public init(_ base: any WallClock) {
        self.base = base
    }

    public var nanoseconds: Int64 { base.nanoseconds &+ offset.load(ordering: .acquiring) }

    /// Moves the clock on, by a century at most in all.
    public func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let century: Int64 = 100 * 366 * 86_400
        let step = max(0, min(seconds, century)) * 1_000_000_000 + max(0, attoseconds / 1_000_000_000)
        var current = offset.load(ordering: .acquiring)
        while true {
            let next = min(current + step, century * 1_000_000_000)
            let result = offset.compareExchange(
                expected: current, desired: next, ordering: .acquiringAndReleasing)
            if result.exchanged { return }
            current = result.original
        }
    }
}
