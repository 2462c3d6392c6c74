// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire
import Synchronization

/// Plays a plan's actions when the library asks for more of a body.
///
/// Used by one thread at a time: the connection's, or none while the connection is suspended.
final class ActionReader {
    private let cursor: ActionCursor
    private let connection: ConnectionHandle
    private let wheel: TimerWheel
    private let live: LiveObjects
    private let delivery: Delivery?

    init(
        _ actions: [WireAction], connection: ConnectionHandle, wheel: TimerWheel, live: LiveObjects,
        delivery: Delivery? = nil
    ) {
        cursor = ActionCursor(actions, wheel.clock)
        self.connection = connection
        self.wheel = wheel
        self.live = live
        self.delivery = delivery
        live.readers.add(1, ordering: .relaxed)
    }

    deinit { live.readers.subtract(1, ordering: .relaxed) }

    /// Fills `buffer` with up to `size` bytes.
    ///
    /// - Returns: their number, 0 after suspending the connection, or one of the library's two ends.
    func read(into buffer: UnsafeMutableRawPointer, size: Int) -> Int {
        switch cursor.step() {
        case .send(let bytes, let sent):
            let count = min(size, bytes.count - sent)
            bytes.withUnsafeBytes { source in
                let part = UnsafeRawBufferPointer(rebasing: source[sent..<(sent + count)])
                buffer.copyMemory(from: part.baseAddress!, byteCount: count)
                delivery?.sent(part)
            }
            cursor.move(by: count)
            return count
        case .wait(let end):
            if connection.peerHasLeft { return broken(.clientLeft, buffer) }
            return wheel.suspend(connection, until: end, looksAgain: cursor.isLive)
                ? 0 : broken(.stopped, buffer)
        case .nap(let end, let wakeUp):
            if connection.peerHasLeft { return broken(.clientLeft, buffer) }
            return wheel.suspend(connection, untilMonotonic: end, wokenBy: wakeUp)
                ? 0 : broken(.stopped, buffer)
        case .truncate:
            return broken(.broken, buffer)
        case .reset:
            connection.reset()
            return broken(.broken, buffer)
        case nil:
            return MHD_CONTENT_READER_END_OF_STREAM
        }
    }

    /// Ends the connection where it is.
    ///
    /// The library (0.9.75) marks a connection as closed that its reader ends, and looks at it again only when something
    /// happens on its socket. Where the client has left before, nothing does: it would stay until the time-out. So there
    /// is a byte instead that can't be sent any more, and the library lets go of it at once.
    private func broken(_ ending: DeliveryEnding, _ buffer: UnsafeMutableRawPointer) -> Int {
        delivery?.end(ending)
        connection.endOutput()
        buffer.storeBytes(of: 0, as: UInt8.self)
        return 1
    }
}

/// How many objects the library holds for us; back at zero when nothing is under way. Tests watch it.
final class LiveObjects: Sendable {
    let exchanges = Atomic<Int>(0)
    let readers = Atomic<Int>(0)
}
