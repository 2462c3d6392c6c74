// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire

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
/// It also counts them. A thread, asleep while there are none, looks at them once a second: it ends those whose head comes
/// too slowly, for to the library every byte is a sign of life, shows it the ends of clients that it hasn't seen, and has the
/// memory of many that have gone given back.
final class OpenSockets: Sendable {
    private struct State {
        /// Those of before the end.
        var visitors: [Int32: Visitor] = [:]
        var isEnding = false
        /// Those that the proxy has given to the library, without TLS.
        var proxied: Set<Int32> = []
        var peak = PeakCount()
        var watch: WorkerThread?
    }

    /// How long the library may take to notice, in milliseconds; it does at once, unless a handler takes its time. Then the
    /// stop goes on.
    private static let patience: Int64 = 10_000

    private let state = Monitor(State())
    /// More than these are told so.
    private let limit: Int
    /// How long a head may take from when it could have begun, in milliseconds.
    private let headTime: Int64
    /// Between two looks at all connections.
    private static let watchPause = Duration.seconds(1)

    /// - Parameters:
    ///   - limit: how many connections are served at once.
    ///   - idleTimeout: seconds of silence after which the library closes one. A head may take twice that: as long as a
    ///     connection may be idle before it, and as long again.
    init(limit: Int, idleTimeout: Int) {
        self.limit = limit
        headTime = 2000 * Int64(idleTimeout)
    }

    /// Starts the watch, which `endAll` ends.
    func start() {
        state.withLock { $0.watch = WorkerThread { self.watch() } }
    }

    /// Why a request has ended that seems to have ended so: a client that we close looks like one that has left.
    func cause(of ending: DeliveryEnding) -> DeliveryEnding {
        ending == .clientLeft && state.withLock({ $0.isEnding }) ? .stopped : ending
    }

    /// The library has taken a connection, and has read nothing from it.
    ///
    /// - Returns: what is known of it, which is held until it is closed; nil where all connections are being ended.
    func opened(_ descriptor: Int32) -> Visitor? {
        let due = MonotonicClock.milliseconds + headTime
        let (visitor, isFirst) = state.withLock { state -> (Visitor?, Bool) in
            guard !state.isEnding else {
                // It is told so before it would read.
                end(descriptor)
                return (nil, false)
            }
            let visitor = Visitor(isTooMany: state.visitors.count >= limit, headDue: due)
            state.visitors[descriptor] = visitor
            state.peak.rise(to: state.visitors.count)
            return (visitor, state.visitors.count == 1)
        }
        // The watch is asleep without any. It needn't be woken by each.
        if isFirst { state.signal { _ in } }
        return visitor
    }

    /// A request is over, and its connection may bring another one.
    func awaitsHead(_ visitor: Visitor) {
        visitor.awaitHead(until: MonotonicClock.milliseconds + headTime)
    }

    // MARK: The watch

    private func watch() {
        while true {
            state.wait(while: { $0.visitors.isEmpty && !$0.isEnding }) { _ in }
            let isEnding = state.wait(until: .now + OpenSockets.watchPause) { $0.isEnding ? true : nil }
            if isEnding ?? false { return }
            sweep(MonotonicClock.milliseconds)
            if state.withLock({ $0.peak.hasFallen(to: $0.visitors.count) }) { gm_give_memory_back() }
        }
    }

    /// Ends the connections whose heads are overdue, and looks for clients that have left.
    private func sweep(_ now: Int64) {
        let rest = state.withLock { state in
            state.visitors.filter { descriptor, visitor in
                guard visitor.isOverdue(at: now) else { return true }
                end(descriptor)
                return false
            }
        }
        showEnds(of: rest)
    }

    /// Of an end that came together with a part of a head, or with a head and nothing of its body, nobody else learns: see
    /// `ConnectionHandle.showEnd`.
    private func showEnds(of visitors: [Int32: Visitor]) {
        #if os(Linux)
            var looks = visitors.keys.map { pollfd(fd: $0, events: OpenSockets.peerEnd, revents: 0) }
            guard poll(&looks, nfds_t(looks.count), 0) > 0 else { return }
            for look in looks where look.revents & OpenSockets.peerEnd != 0 {
                state.withLock { state in
                    // By now the number may be another socket's.
                    guard let visitor = state.visitors[look.fd], visitor === visitors[look.fd] else { return }
                    OpenSockets.showEnd(look.fd)
                }
            }
        #endif
    }

    #if os(Linux)
        /// POLLRDHUP, which Swift sees only where all of GNU is asked for.
        static let peerEnd: Int16 = 0x2000
    #endif

    /// Raises an event of a socket whose client has ended.
    static func showEnd(_ descriptor: Int32) { shutdown(descriptor, Int32(SHUT_RD)) }

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

    /// Ends all connections, those that still come too, and the watch, and waits until the library has let go of them. None may
    /// be suspended.
    func endAll() {
        let watch = state.signal { state in
            state.isEnding = true
            // Under the lock, so that none of these numbers is another socket by now.
            for descriptor in state.visitors.keys { end(descriptor) }
            return state.watch.take()
        }
        watch?.join()
        let limit = MonotonicClock.milliseconds + OpenSockets.patience
        while count > 0, MonotonicClock.milliseconds < limit {
            MonotonicClock.sleep(untilMillisecond: MonotonicClock.milliseconds + 1)
        }
    }

    var count: Int { state.withLock { $0.visitors.count } }

    /// The library sees both ways closed (POLLHUP) and closes the connection, whatever is unread.
    private func end(_ descriptor: Int32) { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
