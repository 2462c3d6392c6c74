// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What one query parameter says; where it was sent several times, one of them is enough.
struct QueryMatcher: Matcher {
    let name: String
    private let parameter: String
    private let condition: TextCondition
    private let isSecret: Bool

    init(_ pattern: RequestPattern.NamedPattern) {
        name = "query \(Quoted.line(pattern.name, limit: 60))"
        parameter = pattern.name
        condition = TextCondition(pattern.pattern)
        isSecret =
            CredentialFields.queryParameters.contains(pattern.name)
            || CredentialFields.isCredential(named: pattern.name)
    }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let items = request.head.target.query
        let fits = items.contains {
            $0.name == parameter && condition.fits($0.value, within: request.searches)
        }
        return fits ? nil : Miss { details(request.head.target.queryValue(parameter)) }
    }

    private func details(_ value: String?) -> Miss.Details {
        isSecret
            ? TextCondition.secretDetails(isThere: value != nil)
            : condition.details(value, missing: "no such parameter")
    }
}
