// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Whether the body fulfils a JSON Schema. Members go by their exact names, as JSON Schema has it.
struct SchemaMatcher: Matcher {
    let name = "schema"
    private let rules: SchemaRules

    init(_ schema: JSON) { rules = SchemaRules(schema) }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let body = request.body
        var check = SchemaCheck(rules)
        let verdict = check.verdict(body)
        let passed = check.passed
        if verdict == .fits { return nil }
        return Miss(differences: { differences(body) }) { SchemaMatcher.details(verdict, passed) }
    }

    private func differences(_ body: JSONView) -> [JSONDifference] {
        // Once more, and this time beyond the first: who asks only whether it fits shouldn't pay for that.
        var check = SchemaCheck(rules, most: JSONDifference.most)
        _ = check.verdict(body)
        return check.differences
    }

    /// - Parameter passed: how many parts of the schema were fulfilled before; the more, the nearer.
    private static func details(_ verdict: SchemaCheck.Verdict, _ passed: Int) -> Miss.Details {
        switch verdict {
        case .differs(let expected, let got):
            Miss.Details(distance: 1 / Double(1 + passed), expected: expected, got: got)
        case .givenUp, .fits:
            Miss.Details(
                distance: 1, expected: "a body that fulfils the schema",
                got: "a body that takes too many steps to check")
        }
    }
}
