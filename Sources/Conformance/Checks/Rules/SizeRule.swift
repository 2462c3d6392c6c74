// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How many bytes the bodies of all requests that are chosen have: `size: {max: 20MiB}`. Where none is chosen it holds.
struct SizeRule: CheckRule {
    static let keyword = "size"
    static let parameters = ["of"]

    private let least: Int
    private let most: Int
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let range = CaseFields(value, as: CaseForm.range, decoder.problems) else { return nil }
        least = range["min"].flatMap { decoder.problems.size($0) } ?? 0
        most = range["max"].flatMap { decoder.problems.size($0) } ?? Int.max
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String {
        var words: [String] = []
        if least > 0 { words.append("at least \(least) bytes") }
        if most < Int.max { words.append("at most \(most) bytes") }
        return "the bodies of \(selector.text) have \(words.joined(separator: ", "))"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        let chosen = selector.chosen(from: evidence.log)
        for (number, exchange) in chosen where !(least...most).contains(exchange.request.length) {
            return .failed(got: "\(exchange.request.length) bytes", exchange: number)
        }
        guard let largest = chosen.map(\.exchange.request.length).max() else {
            if case .notDriven = evidence.outcome, evidence.log.exchanges.isEmpty {
                return .notObserved(why: "nothing was sent")
            }
            return .passed(got: "no such request")
        }
        return .passed(got: "\(largest) bytes")
    }
}
