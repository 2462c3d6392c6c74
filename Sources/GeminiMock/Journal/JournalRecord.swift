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
        var time: Int64 = 0
        var arrival = Arrival()
        var answered: Int64 = 0
        /// Without its name, which may be a key.
        var tenant: Tenant?
        var endpoint: String?
        var method = ""
        var target = ""
        var fields = HTTPFields()
        var body = JournalBody.empty
        var answer: Answer?
        var source = AnswerSource.builtIn
        var isUnmatched = false
        var nearMisses: [NearMiss] = []
        var warnings: [String] = []
        var faults: [String] = []
        var file: (id: String, sha256: String)?

        /// Whether the answer, if it is no refusal, is made of nothing but this request, in which nothing was masked: then
        /// there is nothing to mask in it either, and to look would cost more than to keep it.
        var followsFromItself: Bool {
            guard source == .builtIn, !body.isMasked, body.extent == .whole, let endpoint else {
                return false
            }
            return Facts.selfContained.contains(endpoint)
        }

        private static let selfContained: Set = ["generateContent", "streamGenerateContent", "countTokens"]
    }

    struct Answer: Sendable {
        let status: Int
        let fields: [HTTPFields.Field]
        let framing: ResponsePlan.Framing
        /// How long the body is; nil where that isn't known when it begins.
        let length: Int?
    }

    /// The fields of an answer without credentials. Those that are the same in all answers of ours aren't looked at.
    static func fields(of head: ResponseHead, _ redactor: Redactor) -> [HTTPFields.Field] {
        guard head.fields.contains(where: { !plainFields.contains($0.name) }) else { return head.fields }
        return redactor.fields(head.fields)
    }

    private static let plainFields: Set = [
        "Content-Type", "Vary", "Date", "Server", "X-XSS-Protection", "X-Frame-Options",
        "X-Content-Type-Options", "Server-Timing", "X-Gemini-Service-Tier", "Content-Disposition",
        "Content-Encoding",
    ]

    let facts: Facts
    private let book: Monitor<JournalBook>
    private let limits: Journal.Limits
    private let redactor: Redactor

    // MARK: Guarded by the book's lock

    var id = 0
    var operation = 0
    /// Which change of the journal was the last one to this record.
    var revision = 0
    /// The operations that later requests may go on with by it.
    var keys: [OperationKey] = []
    var delivery = Delivery()
    /// The answer's bytes, as far as they are kept: those of a stream piece by piece.
    var pieces: [[UInt8]]
    /// How many bytes the answer has, as far as is known.
    var length = 0
    /// Of an answer that isn't kept whole.
    var answerHash: String?
    /// A large body, until its hash is worked out.
    var unhashed: [UInt8]?
    var bodyHash: String?

    /// What has become of the answer so far. Times are those of the monotonic clock.
    struct Delivery: Sendable {
        var writes: [(time: Int64, count: Int)] = []
        var writeCount = 0
        var ending: DeliveryEnding?
        var ended: Int64 = 0
    }

    /// - Parameter pieces: what is sent, masked; empty where that isn't known yet.
    init(
        _ facts: Facts, pieces: [[UInt8]], book: Monitor<JournalBook>, limits: Journal.Limits,
        _ redactor: Redactor
    ) {
        self.facts = facts
        self.pieces = pieces
        self.book = book
        self.limits = limits
        self.redactor = redactor
    }

    /// Whether the answer's bytes are known only when they are sent.
    var isLive: Bool { facts.answer.map { $0.length == nil } ?? false }

    /// What it takes to keep, in bytes; about.
    var cost: Int {
        JournalRecord.fixedCost + facts.target.utf8.count + facts.fields.byteCount + facts.body.bytes.count
            + pieces.reduce(0) { $0 + 48 + $1.count } + 16 * delivery.writes.count
    }

    private static let fixedCost = 1200

    // MARK: Witness

    func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) {
        book.withLock { book in
            delivery.writeCount += 1
            if delivery.writes.count < limits.writes { delivery.writes.append((time, bytes.count)) }
            var growth = 16
            if isLive {
                let room = limits.wholeBody + Journal.Limits.margin - length
                length += bytes.count
                if room > 0 {
                    pieces.append(Array(bytes.prefix(room)))
                    growth += 48 + min(room, bytes.count)
                }
            }
            book.grow(by: growth, self)
        }
    }

    func ended(_ ending: DeliveryEnding, at time: Int64) {
        // The work is done without the lock; the pieces don't change any more.
        let (live, body) = book.withLock { _ in (isLive ? pieces : nil, unhashed) }
        let overlaid = live.map { masked($0) }
        let hash = body.map { body in body.withUnsafeBytes { SHA256.hex(of: $0) } }
        book.withLock { book in
            if let overlaid { pieces = overlaid }
            if let hash { (bodyHash, unhashed) = (hash, nil) }
            delivery.ending = ending
            delivery.ended = time
            book.note(ending, self)
        }
    }

    private func masked(_ pieces: [[UInt8]]) -> [[UInt8]] {
        var pieces = pieces
        redactor.mask(&pieces)
        return pieces.cut(after: limits.wholeBody)
    }

    // MARK: Reading

    /// Called with the lock held. What takes a while is done by the `JournalReading`.
    var reading: JournalReading {
        JournalReading(
            record: self, id: id, revision: revision, operation: operation, delivery: delivery,
            pieces: pieces, length: length,
            bodyHash: bodyHash, unhashed: unhashed, answerHash: answerHash)
    }

    /// A stream that goes on is masked by who reads it.
    fileprivate func shown(_ pieces: [[UInt8]], isOver: Bool) -> [[UInt8]] {
        isLive && !isOver ? masked(pieces) : pieces
    }
}

/// A record as it was at one moment.
struct JournalReading: Sendable {
    fileprivate let record: JournalRecord
    let id: Int
    /// Which change of the journal was the last one to it.
    let revision: Int
    let operation: Int
    let delivery: JournalRecord.Delivery
    fileprivate let pieces: [[UInt8]]
    fileprivate let length: Int
    fileprivate let bodyHash: String?
    fileprivate let unhashed: [UInt8]?
    fileprivate let answerHash: String?

    var facts: JournalRecord.Facts { record.facts }

    var entry: JournalEntry {
        var body = facts.body
        body.sha256 = bodyHash ?? unhashed.map { bytes in bytes.withUnsafeBytes { SHA256.hex(of: $0) } }
        return JournalEntry(
            id: id, operation: operation, time: facts.time, tenant: facts.tenant?.name,
            endpoint: facts.endpoint,
            request: JournalEntry.Request(
                method: facts.method, target: facts.target, fields: facts.fields.all, body: body),
            answer: facts.answer.map { answer($0) }, source: facts.source, isUnmatched: facts.isUnmatched,
            nearMisses: facts.nearMisses, warnings: facts.warnings, faults: facts.faults, file: facts.file,
            timing: timing)
    }

    private func answer(_ answer: JournalRecord.Answer) -> JournalEntry.Answer {
        let shown = record.shown(pieces, isOver: delivery.ending != nil)
        var end = 0
        let ends = shown.map { piece in
            end += piece.count
            return end
        }
        let whole = answer.length ?? length
        return JournalEntry.Answer(
            status: answer.status, fields: answer.fields, framing: answer.framing,
            body: JournalBody(
                bytes: shown.flatMap(\.self), extent: end == whole ? .whole : .beginning, length: whole,
                sha256: answerHash),
            writeEnds: ends)
    }

    private var timing: JournalEntry.Timing {
        let start = facts.arrival.head
        func microseconds(_ time: Int64) -> Int { Int((time - start) / 1000) }
        return JournalEntry.Timing(
            received: microseconds(facts.arrival.whole), answered: microseconds(facts.answered),
            writes: delivery.writes.map { JournalEntry.Write(at: microseconds($0.time), bytes: $0.count) },
            writeCount: delivery.writeCount,
            ended: delivery.ending.map { _ in microseconds(delivery.ended) }, ending: delivery.ending)
    }
}
