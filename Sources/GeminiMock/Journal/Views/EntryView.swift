// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import ScenarioEngine

/// An entry of the journal as JSON: on a line's worth of members for lists and streams, or whole. All of it is made of what
/// the journal keeps, which has no credentials.
struct EntryView {
    enum Extent: String, CaseIterable {
        case summary
        case full
    }

    let entry: JournalEntry
    /// The request as stubs see it; nil where it is none of the API's.
    let subject: RequestSubject?

    init(_ reading: JournalReading, _ subjects: JournalSubjects) {
        entry = reading.entry
        subject = subjects.subject(of: reading)
    }

    func json(_ extent: Extent) -> JSON { extent == .full ? full : summary }

    // MARK: On a line

    var summary: JSON { .object(line) }

    private var line: [JSON.Member] {
        var members: [JSON.Member] = [
            .init("id", .int(entry.id)), .init("operation", .int(entry.operation)),
            .init("time", .string(EntryView.time(entry.time))),
        ]
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        add("tenant", entry.tenant.map { .string($0) })
        add("endpoint", entry.endpoint.map { .string($0) })
        add("model", subject?.model.map { .string(Redactor().text($0)) })
        add("method", .string(entry.request.method))
        add("path", .string(String(RequestTarget(entry.request.target).path)))
        add("status", entry.answer.map { .int($0.status) })
        add("source", .string(entry.source.name))
        add("stub", entry.source.stub.map { EntryView.stub($0) })
        if case .recording(let name, let exchange) = entry.source {
            add("recording", ["name": .string(name), "exchange": .int(exchange)])
        }
        add("unmatched", .bool(entry.isUnmatched))
        add("faults", entry.faults.isEmpty ? nil : .array(entry.faults.map { .string($0) }))
        add("ending", entry.timing.ending.map { .string($0.rawValue) })
        add("duration", entry.timing.ended.map { .int($0) })
        add("bytes", entry.answer.map { .int($0.body.length) })
        return members
    }

    /// RFC 3339, by the server's clock.
    static func time(_ nanoseconds: Int64) -> String { Timestamp.text(nanoseconds, decimals: 6) }

    static func stub(_ stub: StubIdentity) -> JSON {
        ["scenario": .string(stub.scenario), "name": .string(stub.name), "place": .string(stub.place)]
    }

    /// A line's worth, and why no stub has matched.
    var unmatched: JSON { .object(line + near) }

    private var near: [JSON.Member] {
        let draft = subject.map { JSON.Member("stubDraft", .string(StubDraft($0).stub)) }
        return [.init("nearMisses", .array(entry.nearMisses.map { NearMissView.json($0) }))]
            + (draft.map { [$0] } ?? [])
    }

    // MARK: Whole

    private var full: JSON {
        var members = line
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        add("request", request)
        add("answer", entry.answer.map { answer($0) })
        if entry.isUnmatched { members += near }
        if !entry.warnings.isEmpty { add("warnings", .array(entry.warnings.map { .string($0) })) }
        add("file", entry.file.map { ["name": .string("files/\($0.id)"), "sha256": .string($0.sha256)] })
        add("timing", EntryView.timing(entry.timing))
        return .object(members)
    }

    private var request: JSON {
        let target = RequestTarget(entry.request.target)
        var members: [JSON.Member] = [
            .init("method", .string(entry.request.method)), .init("target", .string(entry.request.target)),
            .init("path", .string(String(target.path))),
            .init("query", .array(target.query.map { EntryView.pair($0.name, $0.value) })),
            .init("fields", .array(entry.request.fields.map { EntryView.pair($0.name, $0.value) })),
            .init("body", EntryView.body(entry.request.body)),
        ]
        if let subject { members.append(.init("parsed", EntryView.parsed(subject))) }
        return .object(members)
    }

    private static func pair(_ name: String, _ value: String) -> JSON {
        ["name": .string(name), "value": .string(value)]
    }

    /// JSON as it is, another text as it is, all else as base64.
    private static func body(_ body: JournalBody) -> JSON {
        var members: [JSON.Member] = [
            .init("length", .int(body.length)), .init("extent", .string(body.extent.rawValue)),
        ]
        if let hash = body.sha256 { members.append(.init("sha256", .string(hash))) }
        guard !body.bytes.isEmpty else { return .object(members) }
        if let document = try? JSONDocument(parsing: body.bytes, grammar: .strict) {
            members.append(.init("json", JSON(document.root)))
        } else if let text = String(validating: body.bytes, as: UTF8.self) {
            members.append(.init("text", .string(text)))
        } else {
            members.append(.init("base64", .string(Base64Encoding.standard(body.bytes))))
        }
        return .object(members)
    }

    /// What conditions of scenarios look at.
    private static func parsed(_ subject: RequestSubject) -> JSON {
        let conversation = subject.conversation
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        func texts(_ texts: [String]) -> JSON? { texts.isEmpty ? nil : .array(texts.map { .string($0) }) }
        add("model", subject.model.map { .string(Redactor().text($0)) })
        add("stream", .bool(subject.isStream))
        add("step", subject.step.map { .string($0.rawValue) })
        // Put together of parts: what was told piece by piece is whole here.
        add("system", conversation.system.map { .string(Redactor().text($0)) })
        add("lastText", conversation.lastText.map { .string(Redactor().text($0)) })
        add("turn", conversation.turn > 0 ? .int(conversation.turn) : nil)
        add("tools", texts(conversation.tools))
        add("functionResponses", texts(conversation.functionResponses))
        let files = subject.attachments.files
        add("files", files.isEmpty ? nil : .array(files.map { file($0) }))
        add("inlineBytes", subject.attachments.inlineBytes > 0 ? .int(subject.attachments.inlineBytes) : nil)
        return .object(members)
    }

    private static func file(_ file: CallFile) -> JSON {
        var members: [JSON.Member] = []
        if !file.mimeType.isEmpty { members.append(.init("mimeType", .string(file.mimeType))) }
        if let size = file.size { members.append(.init("size", .int(size))) }
        if let sha256 = file.sha256 { members.append(.init("sha256", .string(sha256))) }
        if let seconds = file.seconds { members.append(.init("seconds", .double(seconds))) }
        return .object(members)
    }

    // MARK: The answer

    private func answer(_ answer: JournalEntry.Answer) -> JSON {
        let bytes = AnswerBytes(answer)
        let events = bytes.events(isStream: subject?.isStream ?? false)
        let documents = events.map { try? JSONDocument(parsing: $0.data, grammar: .strict) }
        var members: [JSON.Member] = [
            .init("status", .int(answer.status)),
            .init("fields", .array(answer.fields.map { EntryView.pair($0.name, $0.value) })),
            .init("framing", .string(EntryView.name(answer.framing))),
            .init("body", EntryView.body(answer.body)),
        ]
        if !events.isEmpty {
            let values = zip(events, documents).map { event($0, $1, answer, isAsWritten: bytes.isAsWritten) }
            members.append(.init("events", .array(values)))
        }
        let whole = events.isEmpty ? try? JSONDocument(parsing: bytes.bytes, grammar: .strict) : nil
        let messages = (documents + [whole]).compactMap { $0?.root }
        return .object(members + (AnswerDigest(messages).json ?? []))
    }

    private static func name(_ framing: ResponsePlan.Framing) -> String {
        switch framing {
        case .length: "length"
        case .chunked: "chunked"
        case .raw: "raw"
        case .pending: "pending"
        }
    }

    /// One event, with the time of the write in which it ends.
    private func event(
        _ event: AnswerBytes.Event, _ document: JSONDocument?, _ answer: JournalEntry.Answer,
        isAsWritten: Bool
    ) -> JSON {
        var members: [JSON.Member] = []
        if let name = event.name { members.append(.init("event", .string(name))) }
        if let id = event.id { members.append(.init("id", .string(id))) }
        if isAsWritten, let write = EntryView.write(behind: event.range.upperBound, answer.writeEnds),
            entry.timing.writes.indices.contains(write)
        {
            members.append(.init("at", .int(entry.timing.writes[write].at)))
        }
        members.append(.init("bytes", .int(event.range.count)))
        if let document {
            members.append(.init("json", JSON(document.root)))
        } else {
            members.append(.init("text", .string(String(decoding: event.data, as: UTF8.self))))
        }
        return .object(members)
    }

    /// The first write that ends at a place or behind it; they are in order.
    private static func write(behind place: Int, _ ends: [Int]) -> Int? {
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < ends.count ? low : nil
    }

    private static func timing(_ timing: JournalEntry.Timing) -> JSON {
        var members: [JSON.Member] = [
            .init("received", .int(timing.received)), .init("answered", .int(timing.answered)),
            .init("writes", .array(timing.writes.map { [.int($0.at), .int($0.bytes)] })),
            .init("writeCount", .int(timing.writeCount)),
        ]
        if let ended = timing.ended { members.append(.init("ended", .int(ended))) }
        if let ending = timing.ending { members.append(.init("ending", .string(ending.rawValue))) }
        return .object(members)
    }
}

extension AnswerSource {
    /// As the admin API calls it.
    var name: String {
        switch self {
        case .builtIn: "builtIn"
        case .stub: "stub"
        case .spentStub: "spentStub"
        case .noStub: "noStub"
        case .recording: "recording"
        case .noRecording: "noRecording"
        case .upstream: "upstream"
        case .none: "none"
        }
    }

    static let names = [
        "builtIn", "stub", "spentStub", "noStub", "recording", "noRecording", "upstream", "none",
    ]

    /// The stub that has decided; nil where none has.
    var stub: StubIdentity? {
        switch self {
        case .stub(let stub), .spentStub(let stub): stub
        case .builtIn, .noStub, .recording, .noRecording, .upstream, .none: nil
        }
    }
}
