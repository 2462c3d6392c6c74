// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A value in the JSON bodies of the answers to all requests that are chosen: `answer: /file/sha256Hash` and a condition. It
/// tells what the server has made of what the client sent.
struct AnswerRule: CheckRule {
    static let keyword = "answer"
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

    var expected: String { "\(path.text) in the answers to \(selector.text) is \(condition.text)" }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        selector.judge(evidence, condition) { exchange in
            guard let body = exchange.answer?.body,
                let document = try? JSONDocument(parsing: body, grammar: .strict)
            else { return nil }
            return path.value(in: JSON(document.root))
        }
    }
}
