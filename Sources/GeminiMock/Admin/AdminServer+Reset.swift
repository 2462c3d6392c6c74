// SPDX-License-Identifier: Apache-2.0

import GeminiService

extension AdminServer {
    /// Forgets the files, uploads, turns and progress of a tenant, or of all.
    func reset(stateOf tenant: Tenant?) {
        service.removeAll(of: tenant)
        if let tenant { player.resetProgress(of: tenant.id) } else { player.resetProgress() }
    }
}
