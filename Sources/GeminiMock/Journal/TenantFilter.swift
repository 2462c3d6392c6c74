// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Whose requests are meant, as people say it: by the tenant's name, by its label (`key:` and the beginning of a hash,
/// `project:P`), or by an API key, which is hashed for the comparison.
struct TenantFilter: Sendable {
    private let label: String
    private let key: Tenant

    init(_ text: String) {
        label = text
        key = Tenant.ofKey(text)
    }

    func fits(_ tenant: Tenant?) -> Bool {
        guard let tenant else { return false }
        return tenant.id == key.id || tenant.label == label
    }
}
