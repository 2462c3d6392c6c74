// SPDX-License-Identifier: Apache-2.0

/// Whose request it is. A tenant's name may be an API key, so neither it nor what is asked for ever shows.
struct TenantMatcher: Matcher {
    let name = "tenant"
    private let condition: TextCondition

    init(_ pattern: TextPattern) { condition = TextCondition(pattern) }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let tenant = request.tenantName
        guard !condition.fits(tenant, within: request.searches) else { return nil }
        return Miss { TextCondition.secretDetails(isThere: !tenant.isEmpty) }
    }
}
