// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What one header field says; where it was sent several times, one of them is enough.
struct HeaderMatcher: Matcher {
    let name: String
    private let field: String
    private let condition: TextCondition
    private let isSecret: Bool

    init(_ pattern: RequestPattern.NamedPattern) {
        name = "header \(Quoted.line(pattern.name, limit: 60))"
        field = pattern.name
        condition = TextCondition(pattern.pattern)
        isSecret = CredentialFields.isCredential(named: pattern.name)
    }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let values = request.head.fields.values(field)
        return values.contains { condition.fits($0, within: request.searches) }
            ? nil : Miss { details(values.first) }
    }

    private func details(_ value: String?) -> Miss.Details {
        isSecret
            ? TextCondition.secretDetails(isThere: value != nil)
            : condition.details(value, missing: "no such header")
    }
}
