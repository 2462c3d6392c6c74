// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// When a reply's bytes come, and in which pieces; nil leaves it as it is.
public struct MockWire: Sendable {
    public enum Writes: Sendable {
        /// So many bytes a write.
        case bytes(Int)
        /// So many events a write.
        case events(Int)
        /// The body is cut at these offsets; ascending.
        case at([Int])
    }

    /// Before the head.
    public var delay: Duration?
    /// Between the head and the first event.
    public var firstEvent: Duration?
    /// Before each further event; the last one holds for all that follow.
    public var intervals: [Duration]
    /// The share of itself by which a wait may be longer or shorter, 0 to 1.
    public var jitter: Double?
    /// Bytes of the body a second.
    public var bytesPerSecond: Int?
    /// Bytes a second that are read of a request of an upload.
    public var uploadBytesPerSecond: Int?
    public var writes: Writes?

    public init(
        delay: Duration? = nil, firstEvent: Duration? = nil, intervals: [Duration] = [],
        jitter: Double? = nil, bytesPerSecond: Int? = nil, uploadBytesPerSecond: Int? = nil,
        writes: Writes? = nil
    ) {
        self.delay = delay
        self.firstEvent = firstEvent
        self.intervals = intervals
        self.jitter = jitter
        self.bytesPerSecond = bytesPerSecond
        self.uploadBytesPerSecond = uploadBytesPerSecond
        self.writes = writes
    }

    var members: [JSON.Member] {
        let text = { (duration: Duration) in JSON.string(MapBuilder.text(duration)) }
        let cut: JSON? =
            switch writes {
            case .bytes(let count): ["bytes": .int(count)]
            case .events(let count): ["events": .int(count)]
            case .at(let offsets): ["at": .array(offsets.map { .int($0) })]
            case nil: nil
            }
        let members: [JSON.Member?] = [
            delay.map { .init("delay", text($0)) }, firstEvent.map { .init("firstEvent", text($0)) },
            intervals.isEmpty ? nil : .init("interval", .array(intervals.map(text))),
            jitter.map { .init("jitter", .double($0)) },
            bytesPerSecond.map { .init("bytesPerSecond", .int($0)) },
            uploadBytesPerSecond.map { .init("uploadBytesPerSecond", .int($0)) },
            cut.map { .init("writes", $0) },
        ]
        return members.compactMap(\.self)
    }
}
