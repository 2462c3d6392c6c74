// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The asking for a plan that isn't known yet: at first every few milliseconds, then less often.
final class PendingAnswer {
    /// What asking has brought.
    enum Outcome {
        case plan(ResponsePlan)
        /// Nothing yet; when to ask again, by the monotonic clock.
        case askAgain(at: Int64)
        /// Nothing yet; ask again when that is rung, or at that time.
        case askAgainWhen(WakeUp, orAt: Int64)
    }

    /// Between two times of asking, in nanoseconds: each half as long again as the one before.
    private static let naps: ClosedRange<Int64> = 5_000_000...20_000_000

    private let pending: PendingPlan
    private let end: Int64
    private var nap = PendingAnswer.naps.lowerBound

    init(_ pending: PendingPlan) {
        self.pending = pending
        end = MonotonicClock.nanoseconds + WireClock.nanoseconds(pending.time)
    }

    func next() -> Outcome {
        let now = MonotonicClock.nanoseconds
        if let plan = pending.plan(isLast: now >= end) { return .plan(plan) }
        if let wakeUp = pending.wakeUp { return .askAgainWhen(wakeUp, orAt: end) }
        defer { nap = min(nap * 3 / 2, PendingAnswer.naps.upperBound) }
        return .askAgain(at: min(now + nap, end))
    }
}
