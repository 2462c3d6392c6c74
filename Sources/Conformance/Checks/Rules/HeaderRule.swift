// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A header field of all requests that are chosen: `header: x-goog-api-key` and a condition.
struct HeaderRule: CheckRule {
    static let keyword = "header"
    static let parameters = ["of"] + ValueCondition.names

    private let name: String
    private let condition: ValueCondition
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let name = decoder.problems.text(value) else { return nil }
        self.name = name
        condition = ValueCondition(fields, decoder.problems)
        selector = fields["of"].flatMap { RequestSelector($0, decoder) } ?? RequestSelector()
    }

    var expected: String { "\(name) of \(selector.text) is \(condition.text)" }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        selector.judge(evidence, condition) { $0.request.field(name).map { .string($0) } }
    }
}

/// A parameter of the query of all requests that are chosen.
struct QueryRule: CheckRule {
    static let keyword = "query"
    static let parameters = ["of"] + ValueCondition.names

    private let name: String
    private let condition: ValueCondition
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let name = decoder.problems.text(value) else { return nil }
        self.name = name
        condition = ValueCondition(fields, decoder.problems)
        selector = fields["of"].flatMap { RequestSelector($0, decoder) } ?? RequestSelector()
    }

    var expected: String { "the parameter \(name) of \(selector.text) is \(condition.text)" }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        selector.judge(evidence, condition) { exchange in
            RequestTarget(exchange.request.target).queryValue(name).map { .string($0) }
        }
    }
}

extension RequestSelector {
    /// Whether a condition holds of each request that is chosen; where none is, there is nothing that it could hold of.
    func judge(
        _ evidence: Evidence, _ condition: ValueCondition, _ value: (WireExchange) -> JSON?
    ) -> CheckResult.Outcome {
        let chosen = chosen(from: evidence.log)
        guard !chosen.isEmpty else {
            if case .notDriven = evidence.outcome { return .notObserved(why: "no such request was sent") }
            return .failed(got: "no such request", exchange: nil)
        }
        for (number, exchange) in chosen {
            let found = value(exchange)
            guard condition.holds(found) else {
                return .failed(got: ValueText.text(found), exchange: number)
            }
        }
        return .passed(got: ValueText.text(chosen.last.flatMap { value($0.exchange) }))
    }
}
