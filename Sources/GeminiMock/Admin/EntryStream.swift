// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP

/// The server-sent events of one who watches: `entry` when there is a new one, `ended` when its answer has come to its end.
///
/// An event's id is a revision of the journal and the last entry that was told: a client that comes back with it misses
/// nothing and gets nothing twice, as far as the journal has it.
struct EntryStream: Sendable {
    /// How often it looks, and how often it says that it is still there; by real time.
    private static let look = Duration.milliseconds(100)
    private static let heartbeat: Int64 = 15_000_000_000
    /// So many at a time: others wait for the thread.
    private static let batch = 50

    struct Position: Sendable, Equatable {
        var revision: Int
        var entry: Int

        var text: String { "\(revision).\(entry)" }

        init(revision: Int, entry: Int) {
            self.revision = revision
            self.entry = entry
        }

        /// - Parameter text: the id of an event.
        init?(_ text: String) {
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 2, let revision = numbers[0], let entry = numbers[1], revision >= 0,
                entry >= 0
            else { return nil }
            self.init(revision: revision, entry: entry)
        }
    }

    private enum Event: Sendable {
        case entry(JournalReading, Position)
        case ended(JournalReading, Position)
    }

    private let server: AdminServer
    private let filter: EntryFilter
    private let view: EntryView.Extent
    private var position: Position
    /// Last one first.
    private var waiting: [Event] = []
    private var lastSend: Int64 = 0

    init(_ server: AdminServer, _ filter: EntryFilter, _ view: EntryView.Extent, from position: Position) {
        self.server = server
        self.filter = filter
        self.view = view
        self.position = position
    }

    mutating func next() -> WireAction {
        // At once, so that the client knows that it is heard.
        if lastSend == 0 { return send("retry: 1000\n: new entries as they come\n\n") }
        if waiting.isEmpty { gather() }
        guard waiting.isEmpty else { return send(batch()) }
        let isSilent = MonotonicClock.nanoseconds - lastSend > EntryStream.heartbeat
        return isSilent ? send(": still here\n\n") : .nap(EntryStream.look)
    }

    private mutating func send(_ text: String) -> WireAction {
        lastSend = MonotonicClock.nanoseconds
        return .send(Array(text.utf8))
    }

    private mutating func gather() {
        let (changed, revision) = server.journal.readings(since: position.revision)
        guard revision != position.revision else { return }
        var events: [Event] = []
        for reading in changed where reading.id > position.entry {
            position.entry = reading.id
            events.append(.entry(reading, position))
        }
        // Of what has ended the end was the last change.
        for reading in changed.sorted(by: { $0.revision < $1.revision })
        where reading.delivery.ending != nil {
            position.revision = reading.revision
            events.append(.ended(reading, position))
        }
        position.revision = revision
        waiting = events.reversed()
    }

    private mutating func batch() -> String {
        var text = ""
        for _ in 0..<min(EntryStream.batch, waiting.count) {
            switch waiting.removeLast() {
            case .entry(let reading, let position): text += event("entry", reading, position)
            case .ended(let reading, let position): text += event("ended", reading, position)
            }
        }
        // Where nobody wants any of them, the client is still to know where it is.
        return text.isEmpty ? ": other entries\n\n" : text
    }

    private func event(_ name: String, _ reading: JournalReading, _ position: Position) -> String {
        guard filter.fits(reading, server.subjects) else { return "" }
        let json = EntryView(reading, server.subjects).json(view).bytes(.singleLine)
        return "event: \(name)\nid: \(position.text)\ndata: \(String(decoding: json, as: UTF8.self))\n\n"
    }
}
