// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// What the pipeline finds out about one request on its way: what the journal keeps of it besides the bytes.
///
/// `@unchecked Sendable`: only the thread that answers the request touches it.
final class RequestNotes: CallNotes, @unchecked Sendable {
    /// The method, as the API spells it; nil where the path is none of the API's.
    var endpoint: String?
    /// Nil where it was refused before that was known.
    var tenant: Tenant?
    /// Held from when the tenant is known until the answer has ended.
    var turn: TenantTurns.Turn?
    /// The parsed body; nil where it is none that was kept, or no JSON.
    var body: JSONView?
    var staging = Staging()
    private(set) var warnings: [String] = []
    private(set) var subjects: [CallSubject] = []

    /// More of them hardly say more.
    private static let mostWarnings = 20

    func warn(_ text: String) {
        if warnings.count < RequestNotes.mostWarnings { warnings.append(LogText.plain(text)) }
    }

    func concerns(_ subject: CallSubject) { subjects.append(subject) }

    /// Whether there is nothing to be said but that the built-in answer was given.
    var isPlain: Bool {
        staging.source == .builtIn && staging.nearMisses.isEmpty && staging.faults.isEmpty && warnings.isEmpty
            && subjects.isEmpty
    }

    /// The last file that it was about.
    var file: (id: String, sha256: String)? {
        for case .file(let id, let sha256) in subjects.reversed() { return (id, sha256) }
        return nil
    }

    /// The upload that it is a step of, whose id is a credential.
    var uploadIDs: [String] {
        subjects.compactMap { if case .upload(let id) = $0 { id } else { nil } }
    }
}
