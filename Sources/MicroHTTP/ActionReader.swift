// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire
import Synchronization

/// Plays a plan's actions when the library asks for more of a body.
///
/// Used by one thread at a time: the connection's, or none while the connection is suspended.
final class ActionReader {
    private let actions: [WireAction]
    private let connection: ConnectionHandle
    private let wheel: TimerWheel
    private let live: LiveObjects
    private var next = 0
    /// The action that is being played.
    private var current: WireAction?
    /// Where the live action stands that is being played.
    private var livePosition = 0
    /// How much of the current `send` has been handed over.
    private var sent = 0
    /// When the current wait ends; waits follow each other without adding up their delays.
    private var due: Int64?
    private var lastDue: Int64?

    init(_ actions: [WireAction], connection: ConnectionHandle, wheel: TimerWheel, live: LiveObjects) {
        self.actions = actions
        self.connection = connection
        self.wheel = wheel
        self.live = live
        live.readers.add(1, ordering: .relaxed)
    }

    deinit { live.readers.subtract(1, ordering: .relaxed) }

    /// Fills `buffer` with up to `size` bytes.
    ///
    /// - Returns: their number, 0 after suspending the connection, or one of the library's two ends.
    func read(into buffer: UnsafeMutableRawPointer, size: Int) -> Int {
        while let action = current ?? advance() {
            current = action
            switch action {
            case .send(let bytes) where sent == bytes.count:
                sent = 0
                current = nil
            case .send(let bytes):
                let count = min(size, bytes.count - sent)
                bytes.withUnsafeBytes { source in
                    buffer.copyMemory(from: source.baseAddress! + sent, byteCount: count)
                }
                sent += count
                return count
            case .wait(let duration):
                if let result = wait(duration) { return result }
                current = nil
            case .truncate:
                return MHD_CONTENT_READER_END_WITH_ERROR
            case .reset:
                connection.reset()
                return MHD_CONTENT_READER_END_WITH_ERROR
            case .live:
                // Only from another one, which is against the agreement.
                current = nil
            }
        }
        return MHD_CONTENT_READER_END_OF_STREAM
    }

    /// The next action to play.
    private func advance() -> WireAction? {
        while next < actions.count {
            guard case .live(let live) = actions[next] else {
                defer { next += 1 }
                return actions[next]
            }
            if let action = live.next(&livePosition) { return action }
            livePosition = 0
            next += 1
        }
        return nil
    }

    /// - Returns: what to tell the library, or nil where the wait is over.
    private func wait(_ duration: Duration) -> Int? {
        let now = MonotonicClock.nanoseconds
        let end = due ?? ActionReader.end(of: duration, after: lastDue, now: now)
        due = end
        guard end > now else {
            (lastDue, due) = (end, nil)
            return nil
        }
        if connection.peerHasLeft || !wheel.suspend(connection, until: end) {
            return MHD_CONTENT_READER_END_WITH_ERROR
        }
        return 0
    }

    /// Counted from the end of the wait before, so that a stream keeps its pace; from now where it has fallen behind by
    /// more than the wait itself.
    private static func end(of duration: Duration, after last: Int64?, now: Int64) -> Int64 {
        let length = nanoseconds(duration)
        guard let last, last + length > now else { return now + length }
        return last + length
    }

    /// Not more than 30 years, so that adding to a clock can't overflow.
    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(0, min(seconds, 1 << 30)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}

/// How many objects the library holds for us; back at zero when nothing is under way. Tests watch it.
final class LiveObjects: Sendable {
    let exchanges = Atomic<Int>(0)
    let readers = Atomic<Int>(0)
}
