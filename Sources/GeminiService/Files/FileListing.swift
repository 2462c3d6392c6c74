// SPDX-License-Identifier: Apache-2.0

/// What there is to say of a file that is kept. Times are nanoseconds since 1970.
public struct FileListing: Sendable, Equatable {
    public let tenant: Tenant
    public let id: String
    public let displayName: String?
    public let mimeType: String
    public let sizeBytes: Int
    /// In lower-case hex.
    public let sha256: String
    /// As the API tells it: `PROCESSING`, `ACTIVE`, `FAILED`.
    public let state: String
    public let created: Int64
    public let expires: Int64

    init(_ entry: FileIndex.Entry, at now: Int64) {
        let file = entry.file
        tenant = entry.tenant
        id = file.id
        displayName = file.displayName
        mimeType = file.mimeType
        sizeBytes = file.sizeBytes
        sha256 = file.sha256
        state = file.state(at: now).rawValue
        created = file.created
        expires = file.expires
    }
}
