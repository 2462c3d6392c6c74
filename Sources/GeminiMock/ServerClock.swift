// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP

/// The clock of a server: of all that has a date or lasts, and of waits on the wire, changed together.
final class ServerClock: Sendable {
    let dates: MovableWallClock
    let wire: WireState
    /// Held while both are changed, so that all changes come to both in the same order.
    ///
    /// It holds a value that takes room: the thread sanitizer would take an empty one's place for its neighbour's.
    private let changes = Monitor(false)

    /// - Parameter base: what dates run like until they are moved.
    init(_ base: any WallClock) {
        dates = MovableWallClock(base)
        wire = WireState()
    }

    /// As far as it goes: by a century in all.
    func advance(by duration: Duration) { changes.withLock { _ in move(by: duration) } }

    /// - Returns: false, and nothing is changed, where the clock doesn't go so far (`ClockShift.furthest`).
    func advanceWhole(by duration: Duration) -> Bool {
        changes.withLock { _ in
            guard dates.offset + duration <= ClockShift.furthest else { return false }
            move(by: duration)
            return true
        }
    }

    private func move(by duration: Duration) {
        dates.advance(by: duration)
        // After the dates: who is woken may ask for them.
        wire.clock.advance(by: duration)
    }

    func freeze() {
        changes.withLock { _ in
            // Before the dates: what the wire finds over is over by them too.
            wire.clock.freeze()
            dates.freeze()
        }
    }

    func resume() {
        changes.withLock { _ in
            dates.resume()
            wire.clock.resume()
        }
    }

    /// How many requests wait for it.
    var waiting: Int { wire.waitingConnections }

    /// Requests under way and bodies being sent.
    var liveObjects: (exchanges: Int, readers: Int) { wire.liveObjects }

    var state: ClockState { changes.withLock { _ in dates.state } }
}
