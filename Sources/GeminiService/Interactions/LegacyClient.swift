// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Clients that still speak the schema of before June 2026 (INTERACTIONS 1). That the real service knows them by these
/// fields is assumed: they send nothing else that tells them.
enum LegacyClient {
    /// The last revision with the old schema; all others are ignored, as documented.
    private static let lastRevision = "2026-05-07"
    private static let marks = [
        "google-genai-sdk/1.", "google-genai-sdk/0.", "GeminiNextGenAPIClient/Python 1.",
    ]

    /// - Throws: the refusal of such a client.
    static func refuse(_ head: RequestHead) throws(APIError) {
        if head.fields["api-revision"] == lastRevision { throw .legacyInteractions }
        for name in ["x-goog-api-client", "user-agent"] {
            for value in head.fields.values(name) where marks.contains(where: { isMarked(value, $0) }) {
                throw .legacyInteractions
            }
        }
    }

    private static func isMarked(_ value: String, _ mark: String) -> Bool {
        value.utf8.count < 1000 && Substrings.first(mark, in: value) != nil
    }
}
