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
        ErrorEntry(
            "file-exists", "CORE 2.6, message and code seen, status assumed", status: { .fileExists($0.file) }
        ),
        ErrorEntry("file-exists-2025", "CORE 2.6, seen mid-2025 (googleapis/python-genai#913): no status") {
            subject in
            .object(
                http: 409,
                ["error": ["message": .string(APIError.fileExists(subject.file).message), "code": 409]]
            )
        },
        ErrorEntry(
            "file-name-invalid", "CORE 3.1, rule documented, words assumed", status: { _ in .badFileName }),
        ErrorEntry(
            "file-display-name-too-long", "CORE 3.1, limit documented, words assumed",
            status: { _ in .badDisplayName }
        ),
        ErrorEntry(
            "file-too-large", "CORE 2.6, limit documented, words assumed",
            status: { _ in .fileTooLarge(limit: 2_147_483_648) }
        ),
        ErrorEntry(
            "file-not-downloadable", "CORE 3.2, refusal known, words assumed",
            status: { .notDownloadable($0.file) }
        ),
        ErrorEntry(
            "file-storage-full", "CORE 6.6, seen (googleapis/python-genai#1172)",
            status: { _ in .fileStorageQuota(limit: 21_474_836_480) }
        ),
        upload("upload-terminated", "CORE 2.6, seen 2026-08-25 and in eight projects", .terminated),
        upload("upload-unknown", "CORE 2.6, words assumed", .unknownUpload),
        upload("upload-command-invalid", "CORE 9.1, words assumed", .noCommand),
        upload("upload-offset-missing", "CORE 9.1, words assumed", .noOffset),
        upload("upload-offset-wrong", "CORE 9.1, words assumed", .wrongOffset(expected: 8_388_608, got: 0)),
        upload(
            "upload-chunk-length", "CORE 9.1, words assumed",
            .badLength(granularity: UploadRefusal.granularity)),
        upload(
            "upload-too-short", "CORE 9.1, words assumed",
            .tooShort(received: 8_388_608, announced: 9_000_000)),
        upload("upload-too-long", "CORE 9.1, words assumed", .tooLong(announced: 9_000_000)),
        upload("upload-multipart-invalid", "CORE 9.1, words assumed", .badMultipart(.missingPart)),
    ]

    /// A refusal by the upload server.
    private static func upload(_ name: String, _ source: String, _ why: UploadRefusal) -> ErrorEntry {
        ErrorEntry(name, source) { _ in .text(http: why.http, why.text) }
    }
}
