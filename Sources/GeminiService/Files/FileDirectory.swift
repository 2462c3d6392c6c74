// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe

/// Where uploaded files are looked up.
protocol FileDirectory: Sendable {
    /// - Parameter id: the name without `files/`.
    /// - Throws: `APIError.noSuchFile` for an id that is unknown, deleted, expired or another tenant's.
    func file(_ id: String, of tenant: Tenant) throws(APIError) -> FileEntry
}

/// What a request that names a file needs to know of it.
struct FileEntry: Sendable {
    /// The stored type: it rules, whatever the request says.
    let mimeType: String
    let sizeBytes: Int
    /// In lower-case hex.
    let sha256: String
    let facts: MediaFacts
    let state: FileState
}

/// What can be done with a file (CORE 3.1).
enum FileState: String, Sendable {
    /// Not yet to be used: films take a while.
    case processing = "PROCESSING"
    case active = "ACTIVE"
    case failed = "FAILED"
}
