// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Synchronization

/// Plays a raw plan on the connection past the library, which can't be told to leave out its head (0.9.75). Between two
/// steps the connection is suspended; each time it is resumed, the library calls again for an answer. In the end it is told
/// that there is none, and closes.
///
/// Used by one thread at a time: the connection's, or none while the connection is suspended.
final class RawPlayer {
    private enum Stage {
        case playing
        /// All is written but the end.
        case ending
        /// All is written; the reset destroys what the client hasn't got yet.
        case resetting
        /// All is written and the end told. To close with unread input would reset the connection (TCP), and that
        /// destroys what the client hasn't got yet: it is read and thrown away, until the client closes or a while has
        /// gone by.
        case lingering(since: Int64)
    }

    /// Writes in one turn; then other connections of the thread go on.
    private static let writesPerTurn = 64
    private static let largestWrite = 256 * 1024
    /// How long to linger without input, and at all, in nanoseconds.
    private static let quietLinger: Int64 = 2_000_000_000
    private static let longestLinger: Int64 = 30_000_000_000
    /// Between two looks at a connection on which nothing moves, in nanoseconds: doubled each time.
    private static let naps: ClosedRange<Int64> = 1_000_000...64_000_000

    private let cursor: ActionCursor
    private let connection: ConnectionHandle
    private let wheel: TimerWheel
    private let live: LiveObjects
    private let delivery: Delivery?
    /// How long nothing may move, in nanoseconds.
    private let patience: Int64
    private var stage = Stage.playing
    private var nap = RawPlayer.naps.lowerBound
    /// Since when nothing moves, by the monotonic clock: a client that doesn't read is given up by real time.
    private var stillSince: Int64?
    /// As of the last look.
    private var unconfirmed = 0

    init(
        _ actions: [WireAction], connection: ConnectionHandle, wheel: TimerWheel, patience: Duration,
        live: LiveObjects, delivery: Delivery? = nil
    ) {
        cursor = ActionCursor(actions, wheel.clock)
        self.connection = connection
        self.wheel = wheel
        self.patience = WireClock.nanoseconds(patience)
        self.live = live
        self.delivery = delivery
        live.readers.add(1, ordering: .relaxed)
        connection.sendAtOnce()
    }

    deinit { live.readers.subtract(1, ordering: .relaxed) }

    /// Goes on from where it stands.
    ///
    /// - Returns: true where the connection has been suspended, false where it is to be closed.
    func proceed() -> Bool {
        switch stage {
        case .playing: play()
        case .ending: endInOrder()
        case .resetting: reset()
        case .lingering(let start): linger(since: start)
        }
    }

    private func play() -> Bool {
        for _ in 0..<RawPlayer.writesPerTurn {
            switch cursor.step() {
            case .send(let bytes, let sent):
                switch write(bytes, from: sent) {
                case .bytes(let count):
                    cursor.move(by: count)
                    move()
                case .none: return rest()
                case .ended, .broken: return give(up: .clientLeft)
                }
            case .wait(let end):
                if hasClientLeft { return give(up: .clientLeft) }
                return wheel.suspend(connection, until: end, looksAgain: cursor.isLive) || give(up: .stopped)
            case .nap(let end, let wakeUp):
                return hasClientLeft ? give(up: .clientLeft) : suspend(untilMonotonic: end, wokenBy: wakeUp)
            case .reset:
                stage = .resetting
                return reset()
            case .truncate:
                delivery?.end(.broken)
                return endInOrder()
            case nil:
                delivery?.end(.complete)
                return endInOrder()
            }
        }
        return suspend(untilMonotonic: MonotonicClock.nanoseconds)
    }

    private func endInOrder() -> Bool {
        guard connection.endWriting() else {
            stage = .ending
            return connection.isBroken ? give(up: .clientLeft) : rest()
        }
        move()
        return linger(since: MonotonicClock.nanoseconds)
    }

    /// - Returns: false, for the connection is to be closed.
    private func give(up ending: DeliveryEnding) -> Bool {
        delivery?.end(ending)
        return false
    }

    private func suspend(untilMonotonic due: Int64, wokenBy wakeUp: WakeUp? = nil) -> Bool {
        wheel.suspend(connection, untilMonotonic: due, wokenBy: wakeUp) || give(up: .stopped)
    }

    /// Nobody will ever serve what the client has sent behind this request, and it would hide that it leaves.
    private var hasClientLeft: Bool {
        switch connection.discardInput() {
        case .ended, .broken: true
        case .none, .bytes: false
        }
    }

    private func write(_ bytes: [UInt8], from sent: Int) -> ConnectionHandle.Moved {
        bytes.withUnsafeBytes { all in
            let end = min(all.count, sent + RawPlayer.largestWrite)
            let part = UnsafeRawBufferPointer(rebasing: all[sent..<end])
            let moved = connection.write(part)
            if let delivery, case .bytes(let count) = moved {
                delivery.sent(UnsafeRawBufferPointer(rebasing: part[..<count]))
            }
            return moved
        }
    }

    private func reset() -> Bool {
        guard !hasArrived, !connection.isBroken else {
            connection.reset()
            return give(up: .broken)
        }
        return rest()
    }

    private func linger(since start: Int64) -> Bool {
        stage = .lingering(since: start)
        switch connection.discardInput() {
        case .ended, .broken: return false
        // A client that sends and sends and doesn't read is one that nothing moves on.
        case .bytes: if unconfirmed == 0 { move() }
        case .none: break
        }
        let now = MonotonicClock.nanoseconds
        guard hasArrived else {
            stage = .lingering(since: now)
            return rest()
        }
        let quiet = now - (stillSince ?? now)
        if quiet > RawPlayer.quietLinger || now - start > RawPlayer.longestLinger { return false }
        return lookAgain(now)
    }

    /// Whether the client's system has all that was written.
    private var hasArrived: Bool {
        let count = connection.unconfirmed
        if count != unconfirmed { move() }
        unconfirmed = count
        return count == 0
    }

    private func move() {
        stillSince = nil
        nap = RawPlayer.naps.lowerBound
    }

    /// Looks again in a while, unless nothing has moved for too long.
    private func rest() -> Bool {
        let now = MonotonicClock.nanoseconds
        if now - (stillSince ?? now) > patience {
            // An end in order would leave it to the kernel to keep what nobody reads.
            connection.reset()
            return give(up: .timedOut)
        }
        return lookAgain(now)
    }

    private func lookAgain(_ now: Int64) -> Bool {
        stillSince = stillSince ?? now
        defer { nap = min(nap * 2, RawPlayer.naps.upperBound) }
        return suspend(untilMonotonic: now + nap)
    }
}
