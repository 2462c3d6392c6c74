// SPDX-License-Identifier: Apache-2.0

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
final class OpenSockets: Sendable {
    private struct State {
        /// Those of before the end.
        var descriptors: Set<Int32> = []
        var isEnding = false
        /// Those that the proxy has given to the library, without TLS.
        var proxied: Set<Int32> = []
    }

    /// How long the library may take to notice, in milliseconds; it does at once, unless a handler takes its time. Then the
    /// stop goes on.
    private static let patience: Int64 = 10_000

    private let state = Monitor(State())

    /// Why a request has ended that seems to have ended so: a client that we close looks like one that has left.
    func cause(of ending: DeliveryEnding) -> DeliveryEnding {
        ending == .clientLeft && state.withLock({ $0.isEnding }) ? .stopped : ending
    }

    /// The library has taken a connection, and has read nothing from it.
    func opened(_ descriptor: Int32) {
        state.withLock { state in
            if state.isEnding {
                // It is told so before it would read.
                end(descriptor)
            } else {
                state.descriptors.insert(descriptor)
            }
        }
    }

    /// The library is about to close the socket, and does nothing else with the connection.
    func closed(_ descriptor: Int32) {
        state.withLock { state in
            state.descriptors.remove(descriptor)
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
            for descriptor in state.descriptors { end(descriptor) }
        }
        let limit = MonotonicClock.milliseconds + OpenSockets.patience
        while count > 0, MonotonicClock.milliseconds < limit {
            MonotonicClock.sleep(untilMillisecond: MonotonicClock.milliseconds + 1)
        }
    }

    var count: Int { state.withLock { $0.descriptors.count } }

    /// The library sees both ways closed (POLLHUP) and closes the connection, whatever is unread.
    private func end(_ descriptor: Int32) { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
