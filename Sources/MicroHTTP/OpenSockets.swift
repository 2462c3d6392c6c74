// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The sockets of the connections that the library has, so that they can be ended before it is stopped.
///
/// A library that has been told to stop (0.9.75) still reads what has come, and crashes where that is a bad request: its
/// `MHD_queue_response` then takes no answer and says that it has, and `transmit_error_response_len` goes on to write
/// one that isn't there. Mended in 1.0.1. Without connections it can't happen.
///
/// It also counts them, and ends those whose head comes too slowly: to the library every byte is a sign of life.
final class OpenSockets: Sendable {
    private struct State {
        /// Those of before the end.
        var visitors: [Int32: Visitor] = [:]
        var isEnding = false
        /// Those that the proxy has given to the library, without TLS.
        var proxied: Set<Int32> = []
    }

    /// How long the library may take to notice, in milliseconds; it does at once, unless a handler takes its time. Then the
    /// stop goes on.
    private static let patience: Int64 = 10_000

    private let state = Monitor(State())
    /// More than these are told so.
    private let limit: Int
    /// How long a head may take from when it could have begun, in milliseconds.
    private let headTime: Int64
    /// When heads that are overdue were looked for last.
    private let swept: Atomic<Int64>

    /// - Parameters:
    ///   - limit: how many connections are served at once.
    ///   - idleTimeout: seconds of silence after which the library closes one. A head may take twice that: as long as a
    ///     connection may be idle before it, and as long again.
    init(limit: Int, idleTimeout: Int) {
        self.limit = limit
        headTime = 2000 * Int64(idleTimeout)
        swept = Atomic(MonotonicClock.milliseconds)
    }

    /// Why a request has ended that seems to have ended so: a client that we close looks like one that has left.
    func cause(of ending: DeliveryEnding) -> DeliveryEnding {
        ending == .clientLeft && state.withLock({ $0.isEnding }) ? .stopped : ending
    }

    /// The library has taken a connection, and has read nothing from it.
    ///
    /// - Returns: what is known of it, which is held until it is closed; nil where all connections are being ended.
    func opened(_ descriptor: Int32) -> Visitor? {
        let now = MonotonicClock.milliseconds
        sweep(now)
        return state.withLock { state in
            guard !state.isEnding else {
                // It is told so before it would read.
                end(descriptor)
                return nil
            }
            let visitor = Visitor(isTooMany: state.visitors.count >= limit, headDue: now + headTime)
            state.visitors[descriptor] = visitor
            return visitor
        }
    }

    /// A request is over, and its connection may bring another one.
    func awaitsHead(_ visitor: Visitor) {
        let now = MonotonicClock.milliseconds
        visitor.awaitHead(until: now + headTime)
        sweep(now)
    }

    /// Ends the connections whose heads are overdue, once a second at most. Where no request and no connection comes, nobody
    /// needs their room.
    private func sweep(_ now: Int64) {
        let last = swept.load(ordering: .relaxed)
        guard now - last >= 1000,
            swept.compareExchange(expected: last, desired: now, ordering: .relaxed).exchanged
        else { return }
        state.withLock { state in
            for (descriptor, visitor) in state.visitors where visitor.isOverdue(at: now) { end(descriptor) }
        }
    }

    /// The library is about to close the socket, and does nothing else with the connection.
    func closed(_ descriptor: Int32) {
        state.withLock { state in
            state.visitors[descriptor] = nil
            state.proxied.remove(descriptor)
        }
    }

    /// The library is about to be given a connection by the proxy.
    func comesByProxy(_ descriptor: Int32) { state.withLock { _ = $0.proxied.insert(descriptor) } }

    /// Whether a connection has come by the proxy.
    func hasComeByProxy(_ descriptor: Int32) -> Bool { state.withLock { $0.proxied.contains(descriptor) } }

    /// Ends all connections, those that still come too, and waits until the library has let go of them. None may be
    /// suspended.
    func endAll() {
        state.withLock { state in
            state.isEnding = true
            // Under the lock, so that none of these numbers is another socket by now.
            for descriptor in state.visitors.keys { end(descriptor) }
        }
        let limit = MonotonicClock.milliseconds + OpenSockets.patience
        while count > 0, MonotonicClock.milliseconds < limit {
            MonotonicClock.sleep(untilMillisecond: MonotonicClock.milliseconds + 1)
        }
    }

    var count: Int { state.withLock { $0.visitors.count } }

    /// The library sees both ways closed (POLLHUP) and closes the connection, whatever is unread.
    private func end(_ descriptor: Int32) { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
