// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A value that each request has, or its answer: what a check puts its condition to.
protocol ExchangeValue: Sendable {
    /// The name in a check's map that stands for it.
    static var keyword: String { get }

    /// - Parameter value: of the keyword.
    /// - Returns: nil where something is wrong, which is told.
    init?(_ value: LocatedJSON, _ problems: CaseProblemList)

    /// What it is, for people.
    ///
    /// - Parameter requests: which ones, for people.
    func text(of requests: String) -> String

    /// - Returns: nil where there is none.
    func value(in exchange: WireExchange) -> JSON?
}

/// That a condition holds of a value in all requests that are chosen: `header: x-goog-api-key`, `equals: …`.
struct ValueRule<Value: ExchangeValue>: CheckRule {
    static var keyword: String { Value.keyword }
    static var parameters: [String] { ["of"] + ValueCondition.names }

    private let value: Value
    private let condition: ValueCondition
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let value = Value(value, decoder.problems) else { return nil }
        self.value = value
        condition = ValueCondition(fields, decoder.problems)
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String { "\(value.text(of: selector.text)) is \(condition.text)" }

    /// Where no request is chosen, there is nothing that the condition could hold of.
    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        let chosen = selector.chosen(from: evidence.log)
        guard let last = chosen.last else { return evidence.lacks("no such request") }
        for (number, exchange) in chosen {
            let found = value.value(in: exchange)
            guard condition.holds(found) else {
                return .failed(got: ValueText.text(found), exchange: number)
            }
        }
        return .passed(got: ValueText.text(value.value(in: last.exchange)))
    }
}
