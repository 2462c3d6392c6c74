// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A value in what the client made of it: `result: /text` and a condition; of the last step, or of `step` (from 0).
struct ResultRule: CheckRule {
    static let keyword = "result"
    static let parameters = ["step"] + ValueCondition.names

    private let path: JSONPath
    private let condition: ValueCondition
    private let step: Int?

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let path = JSONPath(value, decoder.problems) else { return nil }
        self.path = path
        condition = ValueCondition(fields, decoder.problems)
        step = fields["step"].flatMap { decoder.problems.count($0) }
    }

    var expected: String {
        "\(path.text) of the result\(step.map { " of step \($0)" } ?? "") is \(condition.text)"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        switch evidence.outcome {
        case .notDriven: return .notObserved(why: "nobody tells what the client makes of it")
        case .finished(let results):
            guard let result = step.map({ results.indices.contains($0) ? results[$0] : nil }) ?? results.last
            else { return .failed(got: "no result of this step", exchange: nil) }
            let value = path.value(in: result)
            let got = ValueText.text(value)
            return condition.holds(value) ? .passed(got: got) : .failed(got: got, exchange: nil)
        case .unsupported, .silent, .died, .notJudgeable:
            return .failed(got: "no result", exchange: nil)
        }
    }
}
