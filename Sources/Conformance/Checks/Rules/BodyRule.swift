// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A value in the JSON bodies of all requests that are chosen: `body: /contents/0/role` and a condition.
struct BodyRule: CheckRule {
    static let keyword = "body"
    static let parameters = ["of"] + ValueCondition.names

    private let path: JSONPath
    private let condition: ValueCondition
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let path = JSONPath(value, decoder.problems) else { return nil }
        self.path = path
        condition = ValueCondition(fields, decoder.problems)
        selector = fields["of"].flatMap { RequestSelector($0, decoder) } ?? RequestSelector()
    }

    var expected: String {
        "\(path.text.isEmpty ? "the body" : path.text) in \(selector.text) is \(condition.text)"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        selector.judge(evidence, condition) { exchange in
            guard let document = try? JSONDocument(parsing: exchange.request.body, grammar: .strict) else {
                return nil
            }
            return path.value(in: JSON(document.root))
        }
    }
}
