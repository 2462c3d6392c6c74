// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// By what a request is known to go on with an operation.
enum OperationKey: Hashable, Sendable {
    /// The hash of the upload's id, which is a credential.
    case upload(Int)
    case interaction(tenant: String, id: String)
    /// The hash of a request that failed: the same one may come again.
    case request(Int)

    init?(_ subject: CallSubject, tenant: String) {
        switch subject {
        case .upload(let id): self = .upload(id.hashValue)
        case .interaction(let id): self = .interaction(tenant: tenant, id: id)
        case .file: return nil
        }
    }

    /// Whether clients send a request again that was answered so: what Google's clients do (CORE 7), and 500.
    static func isWorthRetrying(_ status: Int) -> Bool { status == 408 || status == 429 || status >= 500 }
}

extension JournalRecord {
    /// The same for requests that say the same, as far as they are kept. Asked with the book's lock held.
    var fingerprint: Int {
        var hasher = Hasher()
        hasher.combine(tenant?.id)
        hasher.combine(facts.method)
        hasher.combine(facts.target)
        hasher.combine(bodyLength)
        hasher.combine(blocks?.first)
        return hasher.finalize()
    }
}
