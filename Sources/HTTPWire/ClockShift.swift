// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far a clock is ahead of the one that it follows, or where it stands still. Read without a lock, since every request
/// asks what time it is.
///
/// What the clock shows never goes back, for no two threads: who changes the word makes it `busy` first, and only then
/// asks the clock that is followed; who reads it asks that clock between two looks that must see the same word, and
/// not `busy`. So each reading is wholly before a change, by an earlier moment, or wholly after it.
public struct ClockShift: ~Copyable, Sendable {
    /// The lowest bit tells whether the clock stands still. Above it are nanoseconds: how far a running clock is ahead; what
    /// one that stands still shows, from `origin` on.
    @usableFromInline let word = Atomic<Int64>(0)
    @usableFromInline let origin: Int64

    /// - Parameter origin: about what the followed clock shows now, so that a century fits into the word.
    public init(origin: Int64) {
        self.origin = origin
    }

    /// What the clock shows at a moment.
    ///
    /// - Parameter followed: asks the clock that is followed, in nanoseconds.
    @inlinable
    public func reading(_ followed: () -> Int64) -> ClockReading {
        var seen = word.load(ordering: .acquiring)
        while true {
            if seen != ClockShift.busy {
                let now = followed()
                let last = seen
                seen = word.load(ordering: .acquiring)
                if seen == last {
                    return ClockReading(
                        nanoseconds: (seen >> 1) &+ (seen & 1 == 0 ? now : origin), followed: now, stamp: seen
                    )
                }
            } else {
                ClockShift.letOthersRun()
                seen = word.load(ordering: .acquiring)
            }
        }
    }

    /// Moves the clock on, by a century at most in all; one that stands still by exactly that.
    public func advance(by step: Int64, _ followed: () -> Int64) {
        change { ahead, isFrozen in
            let limit = ClockShift.century &+ (isFrozen ? followed() &- origin : 0)
            return (max(ahead, min(ahead &+ max(0, min(step, ClockShift.century)), limit)), isFrozen)
        }
    }

    /// Lets the clock stand still, if it doesn't.
    public func freeze(_ followed: () -> Int64) {
        change { ahead, isFrozen in isFrozen ? (ahead, true) : (followed() &+ ahead &- origin, true) }
    }

    /// Lets the clock go on from where it stands, if it stands still.
    public func resume(_ followed: () -> Int64) {
        change { ahead, isFrozen in isFrozen ? (ahead &+ origin &- followed(), false) : (ahead, false) }
    }

    private func change(_ next: (_ ahead: Int64, _ isFrozen: Bool) -> (ahead: Int64, isFrozen: Bool)) {
        var old = word.exchange(ClockShift.busy, ordering: .acquiringAndReleasing)
        while old == ClockShift.busy {
            ClockShift.letOthersRun()
            old = word.exchange(ClockShift.busy, ordering: .acquiringAndReleasing)
        }
        let (ahead, isFrozen) = next(old >> 1, old & 1 == 1)
        let most = Int64.max >> 1
        word.store(max(-most, min(ahead, most)) << 1 | (isFrozen ? 1 : 0), ordering: .releasing)
    }

    /// Never a word otherwise: its nanoseconds are beyond what `change` stores.
    @usableFromInline static let busy = Int64.min
    private static let century: Int64 = 100 * 366 * 86_400 * 1_000_000_000
    /// How far ahead of the followed clock this one goes: a century.
    package static let furthest = Duration.nanoseconds(century)

    @usableFromInline static func letOthersRun() { sched_yield() }
}

/// What a clock has shown at some moment, and what the one that it follows has.
public struct ClockReading: Sendable {
    public let nanoseconds: Int64
    public let followed: Int64
    /// Another one whenever the clock was moved, stopped or set going in between.
    public let stamp: Int64

    public var isFrozen: Bool { stamp & 1 == 1 }

    @usableFromInline
    init(nanoseconds: Int64, followed: Int64, stamp: Int64) {
        self.nanoseconds = nanoseconds
        self.followed = followed
        self.stamp = stamp
    }
}
