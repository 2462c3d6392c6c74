// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// Which entries of the journal somebody wants to see. What is nil isn't asked for.
struct EntryFilter: Sendable {
    /// The parameters of a query that make one.
    static let parameters = [
        "after", "before", "endpoint", "method", "model", "operation", "path", "scenario", "since", "source",
        "status", "stub", "tenant", "text", "unmatched", "until",
    ]

    var after: Int?
    var before: Int?
    var endpoint: String?
    var method: String?
    var model: Glob?
    var operation: Int?
    /// Of the target without its query.
    var path: Glob?
    var scenario: String?
    /// By the server's clock, in nanoseconds since 1970; so is `until`, which is no part of the time.
    var since: Int64?
    var source: String?
    var status: ClosedRange<Int>?
    var stub: String?
    var tenant: TenantFilter?
    /// Somewhere in the body of the request or the answer, as it was sent.
    var text: ByteSearch?
    var isUnmatched: Bool?
    var until: Int64?

    init() {}

    init(_ call: AdminCall) throws(AdminError) {
        after = try call.int("after", 0...Int.max)
        before = try call.int("before", 0...Int.max)
        endpoint = try EntryFilter.endpoint(call)
        method = try call.text("method")?.uppercased()
        model = try call.text("model").map { Glob($0) }
        operation = try call.int("operation", 1...Int.max)
        path = try call.text("path").map { Glob($0) }
        scenario = try call.text("scenario")
        since = try call.time("since")
        source = try call.choice("source", AnswerSource.names)
        status = try call.text("status").map { text throws(AdminError) in try EntryFilter.statuses(text) }
        stub = try call.text("stub")
        tenant = try call.text("tenant").map { TenantFilter($0) }
        text = try call.text("text").map { ByteSearch($0) }
        isUnmatched = try call.bool("unmatched")
        until = try call.time("until")
    }

    /// A method of the API, nil for any.
    static func endpoint(_ call: AdminCall) throws(AdminError) -> String? {
        try call.choice("endpoint", ScenarioVocabulary.ofThisServer.endpoints)
    }

    /// `429`, `5xx`.
    private static func statuses(_ text: String) throws(AdminError) -> ClosedRange<Int> {
        if let status = Int(text), (100...599).contains(status) { return status...status }
        let first = text.utf8.first.map { Int($0) - 48 } ?? 0
        guard text.utf8.count == 3, (1...5).contains(first), text.lowercased().hasSuffix("xx") else {
            throw AdminCall.wrong("status", "a status such as 429, or 5xx", text)
        }
        return (first * 100)...(first * 100 + 99)
    }

    /// What costs least is asked first: most entries are passed over.
    func fits(_ reading: JournalReading, _ subjects: JournalSubjects) -> Bool {
        fitsNumbers(reading) && fitsFacts(reading.facts) && fitsStub(reading.facts.source)
            && fitsModel(reading, subjects) && fitsText(reading)
    }

    private func fitsNumbers(_ reading: JournalReading) -> Bool {
        reading.id > after ?? 0 && reading.id < before ?? Int.max
            && operation.map { $0 == reading.operation } ?? true
            && status.map { $0.contains(reading.answer?.status ?? 0) } ?? true
    }

    private func fitsFacts(_ facts: JournalRecord.Facts) -> Bool {
        facts.time >= since ?? 0 && facts.time < until ?? Int64.max
            && endpoint.map { $0 == facts.endpoint } ?? true && method.map { $0 == facts.method } ?? true
            && isUnmatched.map { $0 == facts.isUnmatched } ?? true
            && source.map { $0 == facts.source.name } ?? true
            && tenant.map { $0.fits(facts.tenant) } ?? true
            && path.map { $0.matches(String(facts.target.prefix { $0 != "?" })) } ?? true
    }

    private func fitsStub(_ source: AnswerSource) -> Bool {
        stub.map { $0 == source.stub?.name } ?? true && scenario.map { $0 == source.stub?.scenario } ?? true
    }

    private func fitsModel(_ reading: JournalReading, _ subjects: JournalSubjects) -> Bool {
        guard let model else { return true }
        return subjects.subject(of: reading)?.model.map { model.matches($0) } ?? false
    }

    private func fitsText(_ reading: JournalReading) -> Bool {
        guard let text else { return true }
        if text.isFound(in: reading.body.bytes) { return true }
        return reading.entry.answer.map { text.isFound(in: $0.body.bytes) } ?? false
    }
}
