// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// What a client says of a file before its bytes (CORE 2.2).
struct FileMetadata: Sendable {
    /// The name without `files/`; nil to have one made.
    var id: String?
    var displayName: String?
    /// Nil where it isn't told.
    var mimeType: String?

    init() {}

    /// - Parameters:
    ///   - json: a CreateFileRequest's text; none is an empty message.
    ///   - check: refuses what doesn't fit its message.
    init(json: [UInt8], checking check: (JSONView) throws(APIError) -> Void = { _ in }) throws(APIError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: json.isEmpty ? Array("{}".utf8) : json)
        } catch {
            throw .malformed(error)
        }
        try check(document.root)
        try self.init(document.root)
    }

    /// - Parameter body: a CreateFileRequest.
    /// - Throws: the refusal of a bad name.
    init(_ body: JSONView) throws(APIError) {
        guard let file = body.field("file") else { return }
        displayName = file.field("displayName")?.string
        mimeType = file.field("mimeType")?.string.flatMap { $0.isEmpty ? nil : $0 }
        // Both are kept as long as the file is. Scalars: one character can have a million of them.
        guard (displayName?.unicodeScalars.count ?? 0) <= 512 else { throw .badDisplayName }
        try FileMetadata.checkLength(ofType: mimeType)
        if let name = file.field("name")?.string, !name.isEmpty {
            let id = name.hasPrefix("files/") ? String(name.dropFirst(6)) : name
            guard FileName.isValid(id) else { throw .badFileName }
            self.id = id
        }
    }

    /// - Throws: the refusal of a type with more than 255 bytes; no name has more (RFC 6838, 4.2).
    static func checkLength(ofType mimeType: String?) throws(APIError) {
        if let mimeType, mimeType.utf8.count > 255 { throw .unsupportedType(mimeType) }
    }
}

/// A file whose bytes have all arrived.
struct FinishedUpload {
    let metadata: FileMetadata
    let mimeType: String
    let sizeBytes: Int
    let sha256: String
    let facts: MediaFacts
    /// When the upload began: a file expires 48 hours after that (CORE 3.1).
    let started: Int64
    /// Nil where bytes aren't kept.
    let content: FileFolder.Content?
}

/// The bytes of an upload on their way: hashed and looked at as they arrive, so that nothing is left to do at the end.
///
/// Used by one thread at a time.
final class UploadedBytes {
    private(set) var count = 0
    private let hash = SHA256()
    private var probe = MediaProbe()
    private let content: FileFolder.Content?
    /// Where what has arrived counts; nil where it counts only as a file.
    private let account: Account?

    /// Whose bytes they are, and who counts them.
    struct Account {
        let store: FileStore
        let owner: String
    }

    init(folder: FileFolder?, account: Account? = nil) {
        content = folder?.makeContent()
        self.account = account
    }

    // However the upload ends: as a file they are counted again.
    deinit { account?.store.giveBack(count, of: account?.owner ?? "") }

    /// - Returns: false where the owner has no room for them; they aren't taken then.
    @discardableResult
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let account, !account.store.hold(bytes.count, of: account.owner) { return false }
        count += bytes.count
        hash.update(bytes)
        probe.consume(bytes)
        content?.append(bytes)
        return true
    }

    /// The most that an owner may have in all.
    var limit: Int { account?.store.limits.tenantBytes ?? .max }

    /// No more bytes come for a while.
    func pause() { content?.pause() }

    /// - Parameter mimeType: what is told of the type, in the order of its weight; what the bytes say comes after that.
    func finished(_ metadata: FileMetadata, mimeType: String?, started: Int64) -> FinishedUpload {
        let facts = probe.finish()
        return FinishedUpload(
            metadata: metadata,
            mimeType: metadata.mimeType ?? mimeType ?? facts.mimeType ?? "application/octet-stream",
            sizeBytes: count, sha256: hash.hex(), facts: facts, started: started, content: content
        )
    }
}
