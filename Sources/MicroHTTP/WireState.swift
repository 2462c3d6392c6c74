// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The clock by which a server waits, and what it has in hand. It is there before its server, so that who answers requests can
/// look at it.
public final class WireState: Sendable {
    let wheel = TimerWheel()
    let live = LiveObjects()

    public init() {}

    /// The clock of all waits.
    public var clock: WireClock { wheel.clock }

    /// Connections that wait for the clock.
    public var waitingConnections: Int { wheel.count }

    /// Requests under way and bodies being sent, as held by the library. Both are 0 when the server has stopped.
    public var liveObjects: (exchanges: Int, readers: Int) {
        (live.exchanges.load(ordering: .acquiring), live.readers.load(ordering: .relaxed))
    }
}
