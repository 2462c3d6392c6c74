// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ErrorCatalog {
    /// Files and uploads (CORE 2.6, 3.3).
    static let files: [ErrorEntry] = [
        ErrorEntry(
            "file-not-found", "CORE 3.3, seen (googleapis/python-genai#1218)",
            status: { .noSuchFile($0.file) }),
        ErrorEntry(
            "file-not-active", "CORE 3.3, seen 2026 (edsl#1907)", status: { .fileNotActive($0.file) }),
        ErrorEntry("file-uri-invalid", "CORE 3.3, seen; tail assumed", status: { .badFileURI($0.uri) }),
        ErrorEntry("file-exists", "CORE 2.6, seen mid-2025 (googleapis/python-genai#913): no status") {
            subject in
            .object(
                http: 409,
                ["error": ["message": .string("\(subject.file) already exists."), "code": 409]]
            )
        },
        ErrorEntry("upload-terminated", "CORE 2.6, seen 2026-08-25 and in eight projects") { _ in
            .text(http: 400, "Upload has already been terminated.")
        },
        ErrorEntry(
            "file-storage-full", "CORE 6.6, seen (googleapis/python-genai#1172)",
            status: { _ in .fileStorageFull }
        ),
    ]
}
