// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How many requests have come: `requests: 1`, `requests: {min: 2, max: 5}`.
struct RequestsRule: CheckRule {
    static let keyword = "requests"
    static let parameters = ["of"]

    private let counts: ClosedRange<Int>
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        let problems = decoder.problems
        if case .int(let count) = value.kind, count >= 0 {
            counts = count...count
        } else {
            guard let range = CaseFields(value, as: CaseForm.range, problems) else { return nil }
            let least = range["min"].flatMap { problems.count($0) } ?? 0
            let most = range["max"].flatMap { problems.count($0) } ?? Int.max
            guard least <= most else {
                problems.add(value, "the least is over the most")
                return nil
            }
            counts = least...most
        }
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String {
        let count =
            counts.lowerBound == counts.upperBound
            ? "\(counts.lowerBound)"
            : counts.upperBound == Int.max
                ? "at least \(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
        let last = counts.upperBound == Int.max ? counts.lowerBound : counts.upperBound
        return "\(count) \(selector.text(count: last))"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        let found = selector.chosen(from: evidence.log)
        guard counts.contains(found.count) else {
            let one = found.count > counts.upperBound ? found[counts.upperBound].number : found.last?.number
            return .failed(got: "\(found.count)", exchange: one)
        }
        // A client that wasn't driven and asked for nothing has shown nothing.
        if case .notDriven = evidence.outcome, evidence.log.exchanges.isEmpty {
            return .notObserved(why: "nothing was sent")
        }
        return .passed(got: "\(found.count)")
    }
}
