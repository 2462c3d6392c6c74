// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import MicroHTTP
import ScenarioEngine

/// What was received and what was answered, as far as there is room: the oldest goes for the newest. No credential is ever
/// in it: they are removed on entry.
public final class Journal: Sendable {
    /// How much is kept.
    public struct Limits: Sendable {
        /// How many requests; 0 keeps none, but counts them.
        public var entries = 10_000
        /// All of them together, in bytes; about.
        public var bytes = 32 << 20
        /// Up to so many bytes a body is kept whole.
        var wholeBody = 64 * 1024
        /// So much is kept of one that is larger and no JSON.
        var beginning = 4 * 1024
        /// In JSON that is larger, strings over so many bytes are cut, to so many.
        var longString = 1024
        var cutString = 256
        /// Of a body that was taken as it arrived so much is kept.
        var received = 1024
        /// So much behind a cut is looked at, too, in bytes: no half of a credential stays before it.
        static let margin = 2048
        /// Of so many writes of one answer the times are kept.
        var writes = 1000

        public init() {}
    }

    private let limits: Limits
    private let book: Monitor<JournalBook>
    private let heads = RedactedHeads()

    init(limits: Limits = Limits()) {
        self.limits = limits
        book = Monitor(JournalBook(limits: limits))
    }

    // The records hold on to the book.
    deinit { book.withLock { $0 = JournalBook(limits: limits) } }

    // MARK: Entering

    /// Takes up a request with its answer before it is sent: who has the answer finds it here.
    ///
    /// - Parameters:
    ///   - plan: what is sent, but that it isn't compressed.
    ///   - time: when it had come, by the server's clock.
    /// - Returns: who is to be told what becomes of the answer; nil where nothing is kept.
    func enter(
        _ request: HTTPRequest, _ plan: ResponsePlan, _ notes: RequestNotes, at time: Int64
    ) -> (any DeliveryWitness)? {
        guard limits.entries > 0 else {
            book.withLock {
                $0.count(endpoint: notes.endpoint, status: plan.head.status, notes.staging.isUnmatched)
            }
            return nil
        }
        let (redacted, isShared) = redacted(request.head, notes)
        let body = body(of: request, notes, redacted.redactor)
        let isLive = plan.actions.contains { if case .live = $0 { true } else { false } }
        let isClean =
            !isLive && plan.head.status == 200 && JournalRecord.answerFollows(from: body, notes)
            // An origin is given back.
            && !redacted.head.namesOrigin
        let answer = JournalRecord.Answer(
            status: plan.head.status,
            fields: isClean ? plan.head.fields : redacted.redactor.fields(plan.head.fields),
            framing: plan.framing, length: isLive ? nil : plan.bodyLength)
        let pieces = isLive ? [] : pieces(of: plan, isClean ? nil : redacted.redactor)
        let record = JournalRecord(
            at: time, request.arrival, answered: MonotonicClock.nanoseconds, redacted, isHeadShared: isShared,
            notes, body, answer, pieces: pieces, book: book, limits: limits)
        record.keys = notes.subjects.compactMap { OperationKey($0, tenant: notes.tenant?.id ?? "") }
        if plan.bodyLength > limits.wholeBody || record.isBodyCut { hash(request, plan, record) }
        // What had to go is let go of without the lock.
        _ = book.withLock { $0.enter(record, body.bytes, pieces: pieces) }
        return record
    }

    /// Takes up a request that never came whole.
    func enter(
        abandoned head: RequestHead, _ notes: RequestNotes, arrival: Arrival, count: Int,
        _ ending: DeliveryEnding, at time: Int64
    ) {
        guard limits.entries > 0 else {
            book.withLock { $0.count(endpoint: notes.endpoint, status: nil, notes.staging.isUnmatched) }
            return
        }
        let (redacted, isShared) = redacted(head, notes)
        let body = JournalBody(bytes: [], extent: count == 0 ? .whole : .beginning, length: count)
        let record = JournalRecord(
            at: time, arrival, answered: arrival.whole, redacted, isHeadShared: isShared, notes, body, nil,
            pieces: [], book: book, limits: limits)
        record.keys = notes.subjects.compactMap { OperationKey($0, tenant: notes.tenant?.id ?? "") }
        record.delivery.end(ending, at: arrival.whole)
        _ = book.withLock { book in
            let evicted = book.enter(record, body.bytes, pieces: [])
            book.note(ending, record)
            return evicted
        }
    }

    private func redacted(
        _ head: RequestHead, _ notes: RequestNotes
    ) -> (RedactedHeads.Redacted, isShared: Bool) {
        let uploads = notes.uploadIDs
        if uploads.isEmpty { return heads.redacted(head) }
        let redactor = Redactor(secrets: Redactor.secrets(of: head) + uploads)
        return (RedactedHeads.Redacted(head, redactor), isShared: false)
    }

    private func body(of request: HTTPRequest, _ notes: RequestNotes, _ redactor: Redactor) -> JournalBody {
        guard case .bytes(let bytes) = request.body else {
            var beginning = request.beginning
            redactor.mask(&beginning)
            beginning = Array(beginning.prefix(limits.received))
            return JournalBody(
                bytes: beginning, extent: beginning.count == request.length ? .whole : .beginning,
                length: request.length)
        }
        return JournalBody(bytes, json: notes.body?.wholeDocument, limits: limits, redactor)
    }

    /// - Parameter redactor: nil where there can't be anything to mask.
    private func pieces(of plan: ResponsePlan, _ redactor: Redactor?) -> [[UInt8]] {
        if plan.framing == .length, plan.actions.count == 1, case .send(var bytes) = plan.actions[0],
            bytes.count <= limits.wholeBody
        {
            redactor?.mask(&bytes)
            return [bytes]
        }
        var room = limits.wholeBody + Limits.margin
        var pieces: [[UInt8]] = []
        for case .send(let bytes) in plan.actions where room > 0 {
            pieces.append(bytes.count <= room ? bytes : Array(bytes.prefix(room)))
            room -= bytes.count
        }
        redactor?.mask(&pieces)
        return room >= Limits.margin ? pieces : pieces.cut(after: limits.wholeBody)
    }

    /// What isn't kept whole has a hash. That of a large request costs as much as answering it, so where the answer goes at
    /// once it is worked out behind it.
    private func hash(_ request: HTTPRequest, _ plan: ResponsePlan, _ record: JournalRecord) {
        if plan.bodyLength > limits.wholeBody {
            record.answerHash = plan.body.withUnsafeBytes { SHA256.hex(of: $0) }
        }
        guard record.isBodyCut, case .bytes(let bytes) = request.body else { return }
        let goesAtOnce =
            plan.delay == .zero && plan.framing == .length
            && plan.actions.allSatisfy { if case .send = $0 { true } else { false } }
        if goesAtOnce {
            record.unhashed = bytes
        } else {
            record.bodyHash = bytes.withUnsafeBytes { SHA256.hex(of: $0) }
        }
    }

    // MARK: Reading

    /// The entries that are kept, oldest first.
    public var entries: [JournalEntry] { readings().map(\.entry) }

    /// - Returns: nil where there is none, or no more.
    public func entry(_ id: Int) -> JournalEntry? {
        reading(id)?.entry
    }

    /// The records whose id is greater, as they are now, oldest first.
    func readings(after id: Int = 0) -> [JournalReading] {
        book.withLock { book in book.records(after: id).map(\.snapshot) }.map(\.reading)
    }

    /// The records that are wanted, as they are now, oldest first. The others aren't unpacked.
    ///
    /// - Parameters:
    ///   - id: those whose id is greater.
    ///   - isWanted: asked with the lock held, by what a record has at hand.
    func readings(after id: Int, where isWanted: (JournalRecord) -> Bool) -> [JournalReading] {
        book.withLock { book in book.records(after: id).filter(isWanted).map(\.snapshot) }.map(\.reading)
    }

    /// The record of that id as it is now; nil where there is none, or no more.
    func reading(_ id: Int) -> JournalReading? { book.withLock { $0.record(id)?.snapshot }?.reading }

    /// Records as they are now, as many as are wanted of those that are.
    ///
    /// - Parameters:
    ///   - last: the id behind which to begin, in the order that is asked for; nil for the beginning.
    ///   - isWanted: asked without the lock.
    func readings(
        isNewestFirst: Bool, behind last: Int?, most: Int, where isWanted: (JournalReading) -> Bool
    ) -> [JournalReading] {
        var found: [JournalReading] = []
        var last = last
        while found.count < most {
            // Few at a time: who wants a page needn't have all of them copied.
            let some = book.withLock { book in
                book.records(isNewestFirst ? .before(last ?? Int.max) : .after(last ?? 0), most: 256)
                    .map(\.snapshot)
            }.map(\.reading)
            guard let end = some.last else { break }
            found += some.lazy.filter(isWanted).prefix(most - found.count)
            last = end.id
        }
        return found
    }

    /// Those that have changed since a revision, oldest first.
    func readings(since revision: Int) -> (readings: [JournalReading], revision: Int) {
        let (changed, now) = book.withLock { book -> ([JournalSnapshot], Int) in
            guard book.revision > revision else { return ([], book.revision) }
            return (book.all.filter { $0.revision > revision }.map(\.snapshot), book.revision)
        }
        return (changed.map(\.reading), now)
    }

    /// Grows with each change: whoever waits for something asks only where it has.
    var revision: Int { book.withLock { $0.revision } }

    /// How many of the requests that are kept each tenant has sent.
    var tenants: [Tenant: Int] {
        book.withLock { book in
            book.all.reduce(into: [:]) { tenants, record in
                if let tenant = record.tenant { tenants[tenant, default: 0] += 1 }
            }
        }
    }

    /// The last change, and the last id that was given.
    var latest: (revision: Int, id: Int) { book.withLock { ($0.revision, $0.lastID) } }

    /// Whether entries behind an id had to go for later ones, or were never kept: then nobody can say how many there were.
    func hasLost(after id: Int) -> Bool { book.withLock { $0.hasLost(after: id) } }

    /// How much there is.
    public var occupancy: Occupancy {
        book.withLock { Occupancy(entries: $0.count, bytes: $0.bytes, forgotten: $0.forgotten) }
    }

    public struct Occupancy: Sendable, Equatable {
        public let entries: Int
        /// About.
        public let bytes: Int
        /// How many entries have gone for later ones.
        public let forgotten: Int
    }

    /// How many requests there were, those that aren't kept too.
    var totals: Totals {
        book.withLock { Totals(answered: $0.totals, abandoned: $0.abandoned, unmatched: $0.unmatched) }
    }

    struct Totals: Sendable {
        let answered: [JournalBook.TotalKey: Int]
        let abandoned: Int
        let unmatched: Int
    }

    /// Forgets all entries and counts from nothing. Ids go on.
    public func reset() { book.withLock { $0.removeAll() } }
}

extension [[UInt8]] {
    /// The pieces up to so many bytes in all.
    func cut(after limit: Int) -> [[UInt8]] {
        var room = limit
        return compactMap { piece in
            defer { room -= piece.count }
            return room > 0 ? (piece.count <= room ? piece : Array<UInt8>(piece.prefix(room))) : nil
        }
    }
}
