// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which requests of a log a check is about. What is nil isn't asked for.
struct RequestSelector: Sendable {
    private var calls: [String]?
    private var method: String?
    private var path: WireGlob?
    private var host: WireGlob?
    private var status: ClosedRange<Int>?
    private var command: String?
    /// Which of those that fit.
    private var choice = Choice.all

    enum Choice: Sendable, Equatable {
        case all, first, last
        /// From 1.
        case number(Int)
    }

    /// All requests.
    init() {}

    /// Those of a check's `of`; all where it has none.
    init(of fields: CaseFields, _ decoder: SuiteDecoder) {
        self = fields["of"].flatMap { RequestSelector($0, decoder) } ?? RequestSelector()
    }

    init?(_ value: LocatedJSON, _ decoder: SuiteDecoder) {
        let problems = decoder.problems
        guard let fields = CaseFields(value, as: CaseForm.selector, problems) else { return nil }
        if let value = fields["call"] {
            calls = problems.texts(value)
            for name in calls ?? [] where !WireCall.names.contains(name) {
                problems.add(
                    value, "the API has no call “\(name)”",
                    suggestion: Suggestion.nearest(to: name, among: WireCall.names))
            }
        }
        method = fields["method"].flatMap { problems.text($0) }
        path = fields["path"].flatMap { problems.text($0) }.map { WireGlob($0) }
        host = fields["host"].flatMap { problems.text($0) }.map { WireGlob($0) }
        command = fields["command"].flatMap { problems.text($0) }
        if let value = fields["status"] { status = RequestSelector.status(value, problems) }
        if let value = fields["which"] { choice = RequestSelector.choice(value, problems) }
    }

    private static func status(_ value: LocatedJSON, _ problems: CaseProblemList) -> ClosedRange<Int>? {
        if case .int(let status) = value.kind { return status...status }
        if case .string(let text) = value.kind, text.hasSuffix("xx"), let first = Int(text.dropLast(2)),
            1...5 ~= first
        {
            return (first * 100)...(first * 100 + 99)
        }
        problems.add(value, "a status such as 429 or 5xx is expected here, found \(value.found)")
        return nil
    }

    private static func choice(_ value: LocatedJSON, _ problems: CaseProblemList) -> Choice {
        switch value.kind {
        case .string("all"): return .all
        case .string("first"): return .first
        case .string("last"): return .last
        case .int(let number) where number > 0: return .number(number)
        default:
            problems.add(value, "first, last, all or a number from 1 is expected here, found \(value.found)")
            return .all
        }
    }

    /// Those that fit, with their numbers in the log.
    func chosen(from log: WireLog) -> [(number: Int, exchange: WireExchange)] {
        let fitting = log.exchanges.enumerated().filter { fits($0.element) }.map { ($0.offset, $0.element) }
        switch choice {
        case .all: return fitting
        case .first: return Array(fitting.prefix(1))
        case .last: return Array(fitting.suffix(1))
        case .number(let number): return Array(fitting.dropFirst(number - 1).prefix(1))
        }
    }

    func fits(_ exchange: WireExchange) -> Bool {
        let request = exchange.request
        if let calls {
            guard let name = WireCall.name(request), calls.contains(name) else { return false }
        }
        if let method, method != request.method { return false }
        if let path, !path.matches(String(RequestTarget(request.target).path)) { return false }
        if let host, !host.matches(request.field("host") ?? "") { return false }
        if let status {
            guard let answer = exchange.answer, status.contains(answer.status) else { return false }
        }
        if let command {
            let sent = request.field("x-goog-upload-command") ?? ""
            let words = sent.split(separator: ",").map { $0.filter { $0 != " " } }
            return words.contains(command)
        }
        return true
    }

    /// For people: `generateContent requests`.
    var text: String { text(count: 2) }

    /// `generateContent request` of one, else as `text`.
    func text(count: Int) -> String {
        var words: [String] = []
        switch choice {
        case .all: break
        case .first: words.append("first")
        case .last: words.append("last")
        case .number(let number): words.append("number \(number)")
        }
        if let calls { words.append(calls.joined(separator: " or ")) }
        if let method { words.append(method) }
        if let path { words.append(path.text) }
        if let command { words.append("“\(command)”") }
        words.append(count == 1 ? "request" : "requests")
        if let host { words.append("to \(host.text)") }
        if let status {
            words.append(
                "answered by \(status.count == 1 ? "\(status.lowerBound)" : "\(status.lowerBound / 100)xx")")
        }
        return words.joined(separator: " ")
    }
}
