// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The records that are kept, oldest first, and which operations they belong to.
struct JournalBook {
    /// Requests by endpoint and status, of those that are forgotten too.
    struct TotalKey: Hashable {
        let endpoint: String
        let status: Int
    }

    let limits: Journal.Limits
    /// Those before `head` are gone.
    private var records: [JournalRecord?] = []
    private var head = 0
    private var nextID = 1
    private var operations: [OperationKey: Step] = [:]
    private(set) var bytes = 0
    /// Grows with each change of a record.
    private(set) var revision = 0
    /// But for those of the last key: most requests are counted with the one before them.
    private var otherTotals: [TotalKey: Int] = [:]
    private var lastTotal: (key: TotalKey, count: Int)?
    private(set) var abandoned = 0
    private(set) var unmatched = 0
    /// How many records had to go for later ones.
    private(set) var forgotten = 0
    private var pages = BytePages()
    /// Those of the record that was entered last: others that have the same share them.
    private var answerFields: [HTTPFields.Field] = []

    /// The last request of an operation that can be gone on with.
    private struct Step {
        let operation: Int
        let id: Int
    }

    /// Records that had to go. To find all that they hold takes a while: it has left the processor's caches.
    struct Evicted {
        /// Mostly there is one, which takes no block of its own so.
        private var first: JournalRecord?
        private var others: [JournalRecord] = []

        fileprivate mutating func add(_ record: JournalRecord) {
            if first == nil { first = record } else { others.append(record) }
        }
    }

    init(limits: Journal.Limits) {
        self.limits = limits
    }

    var count: Int { records.count - head }

    var totals: [TotalKey: Int] {
        var totals = otherTotals
        if let lastTotal { totals[lastTotal.key, default: 0] += lastTotal.count }
        return totals
    }

    /// Of the oldest; that of the next one where there is none. Ids have no gaps. The oldest isn't asked: it has long left
    /// the processor's caches.
    private var firstID: Int { nextID - count }

    /// 0 before the first.
    var lastID: Int { nextID - 1 }

    /// Whether records behind an id had to go for later ones, or were never kept.
    func hasLost(after id: Int) -> Bool {
        if limits.entries == 0 { return true }
        return forgotten > 0 && firstID - 1 > id
    }

    /// The records, oldest first.
    var all: some Sequence<JournalRecord> { records[head...].lazy.compactMap(\.self) }

    /// Those whose id is greater, oldest first.
    func records(after id: Int) -> some Sequence<JournalRecord> {
        let start = min(records.count, head + max(0, min(id, lastID) + 1 - firstID))
        return records[start...].lazy.compactMap(\.self)
    }

    /// Where a walk through the records goes on.
    enum Direction {
        /// From the one with the next greater id on.
        case after(Int)
        /// From the one with the next smaller id back.
        case before(Int)
    }

    /// Some of them, in the order of the walk.
    func records(_ direction: Direction, most: Int) -> [JournalRecord] {
        switch direction {
        case .after(let id): return Array(records(after: id).prefix(most))
        case .before(let id):
            guard id > firstID else { return [] }
            let end = head + min(count, id - firstID)
            return records[max(head, end - most)..<end].reversed().compactMap(\.self)
        }
    }

    func record(_ id: Int) -> JournalRecord? {
        guard id >= firstID else { return nil }
        var found = records(after: id - 1).makeIterator()
        return found.next().flatMap { $0.id == id ? $0 : nil }
    }

    // MARK: Changes

    /// - Parameters:
    ///   - body: what is kept of the request's body.
    ///   - pieces: the known pieces of the answer's.
    /// - Returns: what had to go, to be let go of without the lock.
    mutating func enter(_ record: JournalRecord, _ body: [UInt8], pieces: [[UInt8]]) -> Evicted {
        record.blocks = pages.pack(body, pieces)
        if record.answerFields == answerFields {
            record.answerFields = answerFields
        } else {
            answerFields = record.answerFields
        }
        record.id = nextID
        nextID += 1
        count(endpoint: record.endpoint, status: record.status, record.isUnmatched)
        join(record)
        touch(record)
        records.append(record)
        bytes += record.cost
        return makeRoom()
    }

    /// A record has become larger.
    ///
    /// - Returns: like `enter`.
    mutating func grow(by count: Int, _ record: JournalRecord) -> Evicted {
        guard isKept(record) else { return Evicted() }
        record.cost += count
        bytes += count
        touch(record)
        return makeRoom()
    }

    /// An answer has come to its end.
    mutating func note(_ ending: DeliveryEnding, _ record: JournalRecord) {
        guard isKept(record) else { return }
        touch(record)
        if ending != .complete { mayBeSentAgain(record) }
    }

    /// Forgets all records. Their numbers don't come back.
    mutating func removeAll() {
        for record in all { record.blocks = nil }
        (records, head, bytes, operations, failures) = ([], 0, 0, [:], 0)
        (otherTotals, lastTotal, abandoned, unmatched, forgotten) = ([:], nil, 0, 0, 0)
        (pages, answerFields) = (BytePages(), [])
        revision += 1
    }

    private mutating func touch(_ record: JournalRecord) {
        revision += 1
        record.revision = revision
    }

    /// - Parameter status: nil for a request that never came whole.
    mutating func count(endpoint: String?, status: Int?, _ isUnmatched: Bool) {
        if isUnmatched { unmatched += 1 }
        guard let status else {
            abandoned += 1
            return
        }
        let key = TotalKey(endpoint: endpoint ?? "", status: status)
        if lastTotal?.key == key {
            lastTotal?.count += 1
        } else {
            if let lastTotal { otherTotals[lastTotal.key, default: 0] += lastTotal.count }
            lastTotal = (key, 1)
        }
    }

    private func isKept(_ record: JournalRecord) -> Bool {
        record.id >= firstID
    }

    /// The newest stays, however large it is.
    private mutating func makeRoom() -> Evicted {
        var evicted = Evicted()
        while count > limits.entries || bytes > limits.bytes && count > 1 {
            guard let record = records[head] else { break }
            records[head] = nil
            head += 1
            forgotten += 1
            bytes -= record.cost
            for key in record.keys where operations[key]?.id == record.id { operations[key] = nil }
            if let blocks = record.blocks.take() { pages.takeBack(blocks) }
            evicted.add(record)
        }
        // Each place is moved once for each that was emptied.
        if head > 1024, head * 2 > records.count {
            records.removeFirst(head)
            head = 0
        }
        return evicted
    }

    // MARK: Operations

    private mutating func join(_ record: JournalRecord) {
        record.operation = record.id
        if !operations.isEmpty {
            // Which of them is a retry is found by what it says, so only where something has failed.
            let retry = failures > 0 ? OperationKey.request(record.fingerprint) : nil
            let known = record.keys + (retry.map { [$0] } ?? [])
            let step = known.compactMap { operations[$0] }.first
            if let step { record.operation = step.operation }
            if let retry, operations.removeValue(forKey: retry) != nil { failures -= 1 }
        }
        for key in record.keys { operations[key] = Step(operation: record.operation, id: record.id) }
        if let status = record.status, OperationKey.isWorthRetrying(status) {
            mayBeSentAgain(record)
        }
    }

    /// How many keys of requests that may be sent again there are.
    private var failures = 0

    private mutating func mayBeSentAgain(_ record: JournalRecord) {
        let key = OperationKey.request(record.fingerprint)
        guard !record.keys.contains(key) else { return }
        if operations[key] == nil { failures += 1 }
        record.keys.append(key)
        operations[key] = Step(operation: record.operation, id: record.id)
    }
}
