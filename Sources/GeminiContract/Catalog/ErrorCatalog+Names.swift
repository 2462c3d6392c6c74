// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ErrorCatalog {
    /// What isn't there (CORE 5.5, 6.5).
    static let names: [ErrorEntry] = [
        ErrorEntry(
            "model-not-found", "CORE 6.5, seen since mid-2026",
            status: { .modelNotFound("models/\($0.model)", version: $0.version, method: "generateContent") }
        ),
        ErrorEntry(
            "model-not-found-2025", "CORE 6.5, seen 2025-08; countTokens and embedContent still",
            status: {
                .modelNotFound(
                    "models/\($0.model)", version: $0.version, method: $0.method, list: "ListModels")
            }
        ),
        ErrorEntry(
            "model-unknown", "CORE 5.5, seen 2026-10-03",
            status: { .noSuchModel("models/\($0.model)", version: $0.version) }),
        ErrorEntry(
            "model-retired", "CORE 6.5, seen in public logs",
            status: { .retired($0, "is no longer available.") }
        ),
        ErrorEntry(
            "model-retired-for-new-users", "CORE 6.5, seen (goruck#575)",
            status: { .retired($0, "is no longer available to new users.") }
        ),
        ErrorEntry("method-not-found", "CORE 6.5, seen", status: { _ in .noSuchMethod }),
        ErrorEntry("path-not-found", "CORE 6.5, seen at Google's front end") { _ in
            .page(
                http: 404, title: "Error 404 (Not Found)!!1",
                sentence: "The requested URL was not found on this server.  That’s all we know."
            )
        },
        ErrorEntry("path-not-found-empty", "CORE 6.5, seen (googleapis/js-genai#930)") { _ in
            .text(http: 404, "")
        },
    ]
}

extension APIError {
    /// CORE 6.5.
    fileprivate static func retired(_ subject: ErrorSubject, _ what: String) -> APIError {
        APIError(
            .notFound,
            "This model models/\(subject.model) \(what) Please update your code to use a newer model for the latest "
                + "features and improvements."
        )
    }
}
