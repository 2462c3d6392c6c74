// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Where the playing of a plan's actions stands: the one place that knows how they follow each other, for both that put
/// them on the wire.
///
/// A class, and with `pace` changed as a copy: a structure inside of its players would be checked for overlapping accesses
/// at each step, 4 % of a streamed chunk. Used by one thread at a time, as they are.
final class ActionCursor {
    /// What is to be done next.
    enum Step {
        /// Send bytes, from an index on; `move(by:)` tells how many were.
        case send([UInt8], from: Int)
        /// Do nothing until then, by the clock.
        case wait(until: Int64)
        /// Do nothing until then, by the monotonic clock, or until that is rung.
        case nap(until: Int64, WakeUp?)
        case truncate
        case reset
    }

    private let actions: [WireAction]
    private var next = 0
    /// The action that is being played.
    private var current: WireAction?
    /// Where the live action stands that is being played.
    private var livePosition = 0
    /// Where it stood when the current action was decided.
    private var lastPosition = 0
    /// Whether the current action was decided by it.
    private(set) var isLive = false
    /// Whether the current action is a wait that has been told.
    private var isWaiting = false
    /// How much of the current `send` has been handed over.
    private var sent = 0
    /// When the current nap ends, by the monotonic clock.
    private var napEnd: Int64?
    private var pace: WaitPace
    private let clock: WireClock

    /// - Parameter clock: what waits are measured by, the first one from now.
    init(_ actions: [WireAction], _ clock: WireClock) {
        self.actions = actions
        self.clock = clock
        pace = WaitPace(from: clock)
    }

    /// - Returns: nil at the end. Asked again, it gives the same step until bytes are sent or time goes by.
    func step() -> Step? {
        while let action = current ?? advance() {
            current = action
            switch action {
            case .send(let bytes) where sent == bytes.count:
                sent = 0
                current = nil
            case .send(let bytes):
                return .send(bytes, from: sent)
            case .wait where isWaiting && isLive && clock.isFrozen && decidesAnew():
                isWaiting = false
                pace = WaitPace(from: clock)
            case .wait(let duration):
                var pace = pace
                let end = pace.end(of: duration, by: clock, catchesUp: !isLive)
                self.pace = pace
                isWaiting = end != nil
                if let end { return .wait(until: end) }
                current = nil
            case .nap(let duration):
                let now = MonotonicClock.nanoseconds
                let end = napEnd ?? now + WireClock.nanoseconds(duration)
                let wakeUp = liveWakeUp
                let isOver = end <= now || wakeUp?.isRung ?? false
                napEnd = isOver ? nil : end
                if !isOver { return .nap(until: end, wakeUp) }
                pace = WaitPace(from: clock)
                current = nil
            case .truncate: return .truncate
            case .reset: return .reset
            case .live, .pending:
                // Only from another one, which is against the agreement.
                current = nil
            }
        }
        return nil
    }

    /// So many bytes of the `send` have been handed over.
    func move(by count: Int) { sent += count }

    /// The next action to play.
    private func advance() -> WireAction? {
        while next < actions.count {
            guard case .live(let live) = actions[next] else {
                defer { next += 1 }
                isLive = false
                return actions[next]
            }
            isLive = true
            lastPosition = livePosition
            if let action = live.next(&livePosition) { return action }
            livePosition = 0
            next += 1
        }
        return nil
    }

    private var liveWakeUp: WakeUp? {
        guard isLive, case .live(let live) = actions[next] else { return nil }
        return live.wakeUp
    }

    /// While the clock stands still a wait that was decided may be wrong by now: what is waited for has been called off.
    ///
    /// - Returns: whether there is now another current action than a wait.
    private func decidesAnew() -> Bool {
        guard case .live(let live) = actions[next] else { return false }
        var position = lastPosition
        guard let action = live.next(&position) else { return false }
        if case .wait = action { return false }
        (current, livePosition) = (action, position)
        return true
    }
}
