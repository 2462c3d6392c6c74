// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// The tenants of API keys that came lately: to work out a key's hash costs 3 % of a small request.
final class KeyTenants: Sendable {
    private static let most = 256

    private let tenants = Monitor<[String: Tenant]>([:])

    func tenant(of key: String) -> Tenant {
        if let tenant = tenants.withLock({ $0[key] }) { return tenant }
        let tenant = Tenant.ofKey(key)
        tenants.withLock { tenants in
            // All at once: who comes again is there again at once, and nobody has to remember who was here last.
            if tenants.count >= KeyTenants.most { tenants.removeAll(keepingCapacity: true) }
            tenants[key] = tenant
        }
        return tenant
    }
}
