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
        /// Without its own name, which may be a key.
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

        fileprivate var rarities: Rarities? {
            let isPlain =
                source == .builtIn && nearMisses.isEmpty && warnings.isEmpty && faults.isEmpty && file == nil
            return isPlain ? nil : Rarities(self)
        }
    }

    /// What few requests have.
    fileprivate final class Rarities: Sendable {
        let source: AnswerSource
        let nearMisses: [NearMiss]
        let warnings: [String]
        let faults: [String]
        let file: (id: String, sha256: String)?

        init(_ facts: Facts) {
            source = facts.source
            nearMisses = facts.nearMisses
            warnings = facts.warnings
            faults = facts.faults
            file = facts.file
        }
    }

    struct Answer: Sendable {
        let status: Int
        let fields: [HTTPFields.Field]
        let framing: ResponsePlan.Framing
        /// How long the body is; nil where that isn't known when it begins.
        let length: Int?
    }

    /// Method, target, fields and body of the request, fields and known pieces of the answer.
    fileprivate let texts: [UInt8]
    fileprivate let rarities: Rarities?
    let time: Int64
    let arrival: Arrival
    let answered: Int64
    let tenant: Tenant?
    let endpoint: String?
    /// Nil where the request never came whole.
    let status: Int?
    let isUnmatched: Bool
    /// Whether the answer's bytes are known only when they are sent.
    let isLive: Bool
    fileprivate let framing: ResponsePlan.Framing
    fileprivate let bodyExtent: JournalBody.Extent
    fileprivate let bodyLength: Int
    private let book: Monitor<JournalBook>
    private let limits: Journal.Limits
    /// Of an answer whose bytes aren't known yet.
    private let redactor: Redactor?

    // MARK: Guarded by the book's lock

    var id = 0
    var operation = 0
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
        texts = JournalRecord.packed(facts, pieces)
        rarities = facts.rarities
        time = facts.time
        arrival = facts.arrival
        answered = facts.answered
        tenant = facts.tenant
        endpoint = facts.endpoint
        status = facts.answer?.status
        isUnmatched = facts.isUnmatched
        isLive = facts.answer.map { $0.length == nil } ?? false
        framing = facts.answer?.framing ?? .length
        bodyExtent = facts.body.extent
        bodyLength = facts.body.length
        length = facts.answer?.length ?? 0
        self.book = book
        self.limits = limits
        self.redactor = isLive ? redactor : nil
    }

    /// What it takes to keep, in bytes; about.
    var cost: Int {
        JournalRecord.fixedCost + texts.count + (rarities == nil ? 0 : JournalRecord.fixedCost)
            + livePieces.reduce(0) { $0 + 48 + $1.count } + 16 * delivery.writes.count
    }

    private static let fixedCost = 600

    // MARK: Packing

    private static func packed(_ facts: Facts, _ pieces: [[UInt8]]) -> [UInt8] {
        TextPacker.packed(room: room(for: facts, pieces)) { packer in
            packer.add(facts.method)
            packer.add(facts.target)
            packer.add(facts.fields.count)
            facts.fields.forEachValue { name, value in
                packer.add(UnsafeRawBufferPointer(name))
                packer.add(UnsafeRawBufferPointer(value))
            }
            packer.add(facts.body.bytes)
            let fields = facts.answer?.fields ?? []
            packer.add(fields.count)
            for field in fields {
                packer.add(field.name)
                packer.add(field.value)
            }
            packer.add(pieces.count)
            for piece in pieces { packer.add(piece) }
        }
    }

    private static func room(for facts: Facts, _ pieces: [[UInt8]]) -> Int {
        let fields = facts.answer?.fields ?? []
        let lengths = 6 + 2 * facts.fields.count + 2 * fields.count + pieces.count
        var room = lengths * TextPacker.lengthSize
        room += facts.method.utf8.count + facts.target.utf8.count + facts.fields.byteCount
        room += facts.body.bytes.count
        for field in fields { room += field.name.utf8.count + field.value.utf8.count }
        for piece in pieces { room += piece.count }
        return room
    }

    /// All of them again, and the pieces of an answer that was known.
    fileprivate var unpacked: (facts: Facts, pieces: [[UInt8]]) {
        var unpacker = TextUnpacker(texts)
        var facts = Facts()
        facts.method = unpacker.text()
        facts.target = unpacker.text()
        for _ in 0..<unpacker.number() {
            let name = unpacker.data()
            facts.fields.append(name: name, value: unpacker.data())
        }
        facts.body = JournalBody(bytes: unpacker.data(), extent: bodyExtent, length: bodyLength)
        let answerFields = (0..<unpacker.number()).map { _ in
            HTTPFields.Field(unpacker.text(), unpacker.text())
        }
        let pieces = (0..<unpacker.number()).map { _ in unpacker.data() }
        facts.time = time
        facts.arrival = arrival
        facts.answered = answered
        facts.tenant = tenant?.withoutSecret
        facts.endpoint = endpoint
        facts.answer = status.map {
            Answer(status: $0, fields: answerFields, framing: framing, length: isLive ? nil : length)
        }
        facts.isUnmatched = isUnmatched
        if let rarities {
            facts.source = rarities.source
            facts.nearMisses = rarities.nearMisses
            facts.warnings = rarities.warnings
            facts.faults = rarities.faults
            facts.file = rarities.file
        }
        return (facts, pieces)
    }

    /// Whether not all of the request's body is kept.
    var isBodyCut: Bool { bodyExtent != .whole }

    /// All facts; each time taken out of the block.
    var facts: Facts { unpacked.facts }

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
                    livePieces.append(Array(bytes.prefix(room)))
                    growth += 48 + min(room, bytes.count)
                }
            }
            book.grow(by: growth, self)
        }
    }

    func ended(_ ending: DeliveryEnding, at time: Int64) {
        // The work is done without the lock; the pieces don't change any more.
        let (live, body) = book.withLock { _ in (isLive ? livePieces : nil, unhashed) }
        let overlaid = live.map { masked($0) }
        let hash = body.map { body in body.withUnsafeBytes { SHA256.hex(of: $0) } }
        book.withLock { book in
            if let overlaid { livePieces = overlaid }
            if let hash { (bodyHash, unhashed) = (hash, nil) }
            delivery.ending = ending
            delivery.ended = time
            book.note(ending, self)
        }
    }

    private func masked(_ pieces: [[UInt8]]) -> [[UInt8]] {
        var pieces = pieces
        redactor?.mask(&pieces)
        return pieces.cut(after: limits.wholeBody)
    }

    // MARK: Reading

    /// Called with the lock held. What takes a while is done by `JournalReading`.
    var snapshot: JournalSnapshot {
        JournalSnapshot(
            record: self, id: id, revision: revision, operation: operation, delivery: delivery,
            livePieces: livePieces, length: length, bodyHash: bodyHash, unhashed: unhashed,
            answerHash: answerHash)
    }

    /// A stream that goes on is masked by who reads it.
    fileprivate func shown(_ pieces: [[UInt8]], isOver: Bool) -> [[UInt8]] {
        isLive && !isOver ? masked(pieces) : pieces
    }
}

/// A record as it is at one moment, still packed.
struct JournalSnapshot: Sendable {
    fileprivate let record: JournalRecord
    fileprivate let id: Int
    fileprivate let revision: Int
    fileprivate let operation: Int
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
    private let pieces: [[UInt8]]

    fileprivate init(_ snapshot: JournalSnapshot) {
        self.snapshot = snapshot
        let (facts, pieces) = snapshot.record.unpacked
        self.facts = facts
        self.pieces = snapshot.record.isLive ? snapshot.livePieces : pieces
    }

    var id: Int { snapshot.id }
    /// Which change of the journal was the last one to it.
    var revision: Int { snapshot.revision }
    var operation: Int { snapshot.operation }
    var delivery: JournalRecord.Delivery { snapshot.delivery }

    var entry: JournalEntry {
        var body = facts.body
        body.sha256 =
            snapshot.bodyHash
            ?? snapshot.unhashed.map { bytes in bytes.withUnsafeBytes { SHA256.hex(of: $0) } }
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
            ended: delivery.ending.map { _ in microseconds(delivery.ended) }, ending: delivery.ending)
    }
}
