// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Several ways that are all right, each a list of checks of which all must hold: `anyOf: [[…], […]]`.
struct AlternativesRule: CheckRule {
    static let keyword = "anyOf"
    static let parameters: [String] = []

    private let ways: [[Check]]

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        ways = decoder.problems.list(value).map { decoder.checks($0, .must, steps: 0) }
        if ways.count < 2 { decoder.problems.add(value, "there are two alternatives at least") }
    }

    var expected: String {
        ways.map { way in way.map(\.rule.expected).joined(separator: ", ") }.joined(separator: "; or ")
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        var reasons: [String] = []
        var place: Int?
        var isUnseen = true
        for way in ways {
            let results = way.map { $0.result(evidence) }
            if results.allSatisfy(\.isPassed) {
                return .passed(got: results.map(\.name).joined(separator: ", "))
            }
            for case .failed(let got, let exchange) in results.map(\.outcome) {
                reasons.append(got)
                place = place ?? exchange
            }
            isUnseen = isUnseen && !results.contains(where: \.isFailed)
        }
        if isUnseen { return .notObserved(why: "none of the ways can be told") }
        return .failed(got: reasons.joined(separator: "; "), exchange: place)
    }
}
