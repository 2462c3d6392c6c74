// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import ScenarioEngine

/// A request in the journal, and the witness of its answer.
///
/// `@unchecked Sendable`: what changes is touched with the journal's lock held; all else is constant.
final class JournalRecord: DeliveryWitness, @unchecked Sendable {
    /// What is known when the record is made; without credentials.
    struct Facts: Sendable {
        let time: Int64
        let arrival: Arrival
        let answered: Int64
        /// Not its name, which may be a key.
        fileprivate let tenantID: String?
        fileprivate let scenario: String?
        let endpoint: String?
        let head: RedactedHead
        let isUnmatched: Bool
        private let rarities: Rarities?

        /// - Parameters:
        ///   - time: when the request had come, by the server's clock.
        ///   - answered: when its answer was known, by the monotonic clock.
        ///   - isWhole: whether it came whole, and has an answer.
        init(
            at time: Int64, _ arrival: Arrival, answered: Int64, _ redacted: RedactedHeads.Redacted,
            _ notes: RequestNotes, isWhole: Bool
        ) {
            self.time = time
            self.arrival = arrival
            self.answered = answered
            head = redacted.head
            tenantID = notes.tenant?.id
            scenario = notes.tenant?.scenario
            endpoint = notes.endpoint
            isUnmatched = notes.staging.isUnmatched
            let isPlain = isWhole && notes.isPlain
            rarities = isPlain ? nil : Rarities(notes, isWhole: isWhole, redacted.redactor)
        }

        /// With a name that may be shown.
        var tenant: Tenant? { tenantID.map { Tenant($0, scenario: scenario).withoutSecret } }
        var method: String { head.method }
        var target: String { head.target }
        var fields: HTTPFields { head.fields }
        var source: AnswerSource { rarities?.source ?? .builtIn }
        var nearMisses: [NearMiss] { rarities?.nearMisses ?? [] }
        var warnings: [String] { rarities?.warnings ?? [] }
        var faults: [String] { rarities?.faults ?? [] }
        var file: (id: String, sha256: String)? { rarities?.file }
        fileprivate var isRare: Bool { rarities != nil }
    }

    /// What few requests have.
    private final class Rarities: Sendable {
        let source: AnswerSource
        let nearMisses: [NearMiss]
        let warnings: [String]
        let faults: [String]
        let file: (id: String, sha256: String)?

        init(_ notes: RequestNotes, isWhole: Bool, _ redactor: Redactor) {
            let staging = notes.staging
            source = isWhole ? staging.source : .none
            nearMisses = staging.nearMisses
            faults = staging.faults
            warnings = notes.warnings.map { redactor.text($0) }
            file = notes.file
        }
    }

    /// Whether the answer, if it is no refusal, is made of nothing but this request, in which nothing was masked: then there is
    /// nothing to mask in it either, and to look would cost more than to keep it.
    static func answerFollows(from body: JournalBody, _ notes: RequestNotes) -> Bool {
        guard notes.staging.source == .builtIn, !body.isMasked, body.extent == .whole,
            let endpoint = notes.endpoint
        else { return false }
        // Compared where they are: to look one up in a set, its hash is worked out.
        return switch endpoint {
        case "generateContent", "streamGenerateContent", "countTokens": true
        default: false
        }
    }

    struct Answer: Sendable {
        let status: Int
        let fields: [HTTPFields.Field]
        let framing: ResponsePlan.Framing
        /// How long the body is; nil where that isn't known when it begins.
        let length: Int?
    }

    let facts: Facts
    private let bodyExtent: JournalBody.Extent
    let bodyLength: Int
    /// Nil where the request never came whole.
    let status: Int?
    private let framing: ResponsePlan.Framing
    /// Whether the answer's bytes are known only when they are sent.
    let isLive: Bool
    private let book: Monitor<JournalBook>
    /// Up to so many bytes an answer is kept whole.
    private let wholeBody: Int
    /// Of an answer whose bytes aren't known yet.
    private let redactor: Redactor?

    // MARK: Guarded by the book's lock

    var id = 0
    var operation = 0
    /// The request's body and the known pieces of the answer's; nil before the record is entered and when it is gone: who still
    /// waits for the end of its answer holds no page back.
    var blocks: PackedBlocks?
    var answerFields: [HTTPFields.Field]
    /// What it takes to keep, in bytes; about.
    var cost: Int
    /// Which change of the journal was the last one to this record.
    var revision = 0
    /// The operations that later requests may go on with by it.
    var keys: [OperationKey] = []
    var delivery = Delivery()
    /// What has been sent so far of an answer whose bytes weren't known, as far as it is kept.
    var livePieces: [[UInt8]] = []
    /// How many bytes the answer has, as far as is known.
    var length: Int
    /// Of an answer that isn't kept whole.
    var answerHash: String?
    /// A large body, until its hash is worked out.
    var unhashed: [UInt8]?
    var bodyHash: String?

    /// What has become of the answer so far. Times are those of the monotonic clock.
    struct Delivery: Sendable {
        /// Most answers have one, which takes no block of its own so.
        private var first: (time: Int64, count: Int)?
        private var others: [(time: Int64, count: Int)] = []
        private(set) var writeCount = 0
        /// Those whose times are kept.
        var writes: [(time: Int64, count: Int)] { [first].compactMap(\.self) + others }

        private(set) var ending: DeliveryEnding?
        private(set) var ended: Int64 = 0

        /// - Parameter most: of so many the times are kept.
        mutating func end(_ ending: DeliveryEnding, at time: Int64) {
            self.ending = ending
            ended = time
        }

        mutating func add(at time: Int64, _ count: Int, most: Int) {
            if first == nil {
                first = (time, count)
            } else if writeCount < most {
                others.append((time, count))
            }
            writeCount += 1
        }
    }

    /// - Parameters:
    ///   - time: when the request had come, by the server's clock.
    ///   - answered: when its answer was known, by the monotonic clock.
    ///   - answer: nil where the request never came whole.
    ///   - pieces: what is sent, masked; empty where that isn't known yet.
    init(
        at time: Int64, _ arrival: Arrival, answered: Int64, _ head: RedactedHeads.Redacted,
        isHeadShared: Bool, _ notes: RequestNotes, _ body: JournalBody, _ answer: Answer?,
        pieces: [[UInt8]], book: Monitor<JournalBook>, limits: Journal.Limits
    ) {
        // Made in its place: a copy would be made part by part.
        facts = Facts(at: time, arrival, answered: answered, head, notes, isWhole: answer != nil)
        let length = answer?.length
        isLive = answer != nil && length == nil
        self.length = length ?? 0
        status = answer?.status
        framing = answer?.framing ?? .length
        bodyExtent = body.extent
        bodyLength = body.length
        answerFields = answer?.fields ?? []
        self.book = book
        wholeBody = limits.wholeBody
        redactor = isLive ? head.redactor : nil
        cost = JournalRecord.fixedCost + PackedBlocks.size(of: body.bytes, pieces) + 32 * answerFields.count
        if facts.isRare { cost += JournalRecord.fixedCost }
        if !isHeadShared { cost += head.head.cost }
    }

    private static let fixedCost = 500

    /// Known by its id alone.
    var tenant: Tenant? { facts.tenantID.map { Tenant($0, scenario: facts.scenario) } }
    var endpoint: String? { facts.endpoint }
    var isUnmatched: Bool { facts.isUnmatched }
    /// Whether not all of the request's body is kept.
    var isBodyCut: Bool { bodyExtent != .whole }

    fileprivate func body(_ bytes: [UInt8]) -> JournalBody {
        JournalBody(bytes: bytes, extent: bodyExtent, length: bodyLength)
    }

    fileprivate func answer(_ fields: [HTTPFields.Field]) -> Answer? {
        status.map { Answer(status: $0, fields: fields, framing: framing, length: isLive ? nil : length) }
    }

    // MARK: Witness

    func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) {
        _ = book.withLock { book in
            delivery.add(at: time, bytes.count, most: book.limits.writes)
            var growth = delivery.writeCount > 1 ? 16 : 0
            if isLive {
                let room = wholeBody + Journal.Limits.margin - length
                length += bytes.count
                if room > 0 {
                    livePieces.append(Array(bytes.prefix(room)))
                    growth += 48 + min(room, bytes.count)
                }
            }
            return book.grow(by: growth, self)
        }
    }

    func ended(_ ending: DeliveryEnding, at time: Int64) {
        guard isLive || isBodyCut else {
            return book.withLock { note(ending, at: time, &$0) }
        }
        // The work is done without the lock; the pieces don't change any more.
        let (live, body) = book.withLock { _ in (isLive ? livePieces : nil, unhashed) }
        let overlaid = live.map { masked($0) }
        let hash = body.map { body in body.withUnsafeBytes { SHA256.hex(of: $0) } }
        book.withLock { book in
            if let overlaid { livePieces = overlaid }
            if let hash { (bodyHash, unhashed) = (hash, nil) }
            note(ending, at: time, &book)
        }
    }

    private func note(_ ending: DeliveryEnding, at time: Int64, _ book: inout JournalBook) {
        delivery.end(ending, at: time)
        book.note(ending, self)
    }

    private func masked(_ pieces: [[UInt8]]) -> [[UInt8]] {
        var pieces = pieces
        redactor?.mask(&pieces)
        return pieces.cut(after: wholeBody)
    }

    // MARK: Reading

    /// Called with the lock held. What takes a while is done by `JournalReading`.
    var snapshot: JournalSnapshot {
        JournalSnapshot(
            record: self, id: id, revision: revision, operation: operation, blocks: blocks?.lent,
            answerFields: answerFields, delivery: delivery, livePieces: livePieces, length: length,
            bodyHash: bodyHash, unhashed: unhashed,
            answerHash: answerHash)
    }

    /// A stream that goes on is masked by who reads it.
    fileprivate func shown(_ pieces: [[UInt8]], isOver: Bool) -> [[UInt8]] {
        isLive && !isOver ? masked(pieces) : pieces
    }
}

/// A record as it is at one moment.
struct JournalSnapshot: Sendable {
    fileprivate let record: JournalRecord
    fileprivate let id: Int
    fileprivate let revision: Int
    fileprivate let operation: Int
    fileprivate let blocks: PackedBlocks?
    fileprivate let answerFields: [HTTPFields.Field]
    fileprivate let delivery: JournalRecord.Delivery
    fileprivate let livePieces: [[UInt8]]
    fileprivate let length: Int
    fileprivate let bodyHash: String?
    fileprivate let unhashed: [UInt8]?
    fileprivate let answerHash: String?

    /// To be asked without the lock.
    var reading: JournalReading { JournalReading(self) }
}

/// A record as it was at one moment.
struct JournalReading: Sendable {
    private let snapshot: JournalSnapshot
    let facts: JournalRecord.Facts
    let body: JournalBody
    /// Nil where the request never came whole.
    let answer: JournalRecord.Answer?
    private let pieces: [[UInt8]]

    fileprivate init(_ snapshot: JournalSnapshot) {
        self.snapshot = snapshot
        let record = snapshot.record
        facts = record.facts
        let (bytes, others) = snapshot.blocks?.unpacked ?? ([], [])
        (body, answer) = (record.body(bytes), record.answer(snapshot.answerFields))
        pieces = record.isLive ? snapshot.livePieces : others
    }

    var id: Int { snapshot.id }
    /// Which change of the journal was the last one to it.
    var revision: Int { snapshot.revision }
    var operation: Int { snapshot.operation }
    var delivery: JournalRecord.Delivery { snapshot.delivery }

    var entry: JournalEntry {
        var body = body
        body.sha256 =
            snapshot.bodyHash
            ?? snapshot.unhashed.map { bytes in bytes.withUnsafeBytes { SHA256.hex(of: $0) } }
        return JournalEntry(
            id: id, operation: operation, time: facts.time, tenant: facts.tenant?.name,
            endpoint: facts.endpoint,
            request: JournalEntry.Request(
                method: facts.method, target: facts.target, fields: facts.fields.all, body: body),
            answer: answer.map { shown($0) }, source: facts.source, isUnmatched: facts.isUnmatched,
            nearMisses: facts.nearMisses, warnings: facts.warnings, faults: facts.faults, file: facts.file,
            timing: timing)
    }

    private func shown(_ answer: JournalRecord.Answer) -> JournalEntry.Answer {
        let shown = snapshot.record.shown(pieces, isOver: delivery.ending != nil)
        var end = 0
        let ends = shown.map { piece in
            end += piece.count
            return end
        }
        let whole = answer.length ?? snapshot.length
        return JournalEntry.Answer(
            status: answer.status, fields: answer.fields, framing: answer.framing,
            body: JournalBody(
                bytes: shown.flatMap(\.self), extent: end == whole ? .whole : .beginning, length: whole,
                sha256: snapshot.answerHash),
            writeEnds: ends)
    }

    private var timing: JournalEntry.Timing {
        let start = facts.arrival.head
        func microseconds(_ time: Int64) -> Int { Int((time - start) / 1000) }
        return JournalEntry.Timing(
            received: microseconds(facts.arrival.whole), answered: microseconds(facts.answered),
            writes: delivery.writes.map { JournalEntry.Write(at: microseconds($0.time), bytes: $0.count) },
            writeCount: delivery.writeCount,
            ended: delivery.ending.map { _ in microseconds(delivery.ended) }, ending: delivery.ending,
            head: start)
    }
}
