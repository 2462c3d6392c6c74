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

    /// The upload that it is a step of, whose id is a credential.
    var uploadIDs: [String] {
        subjects.compactMap { if case .upload(let id) = $0 { id } else { nil } }
    }
}
