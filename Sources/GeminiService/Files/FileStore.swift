// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// The uploaded files of all tenants, until they expire.
///
/// The bytes themselves aren't needed once they are hashed and looked at, since the API never gives them back; they are
/// kept only where there is a folder for them.
final class FileStore: FileDirectory {
    struct Limits: Sendable {
        /// CORE 2.6: 2 GB a file, 20 GB a key.
        var fileBytes = 2_147_483_648
        var tenantBytes = 21_474_836_480
        /// No limit is known; this one keeps the server's memory bounded.
        var fileCount = 100_000
    }

    /// CORE 2.6.
    static let lifetime: Int64 = 48 * 3600 * 1_000_000_000

    let limits: Limits
    private let clock: any WallClock
    private let seed: UInt64
    private let index: Monitor<FileIndex>
    /// Held while index and folder change together: else one request could remove what another has just kept under the
    /// same name. Taken before the index's own lock, so that who only looks something up never waits for a disk.
    ///
    /// It holds a value that takes room: the thread sanitizer would take an empty one's place for its neighbour's.
    private let changes = Monitor(false)

    /// - Parameter folder: where bytes and facts are kept; what it holds is known from now on.
    init(clock: any WallClock, seed: UInt64, limits: Limits = Limits(), folder: FileFolder? = nil) {
        self.clock = clock
        self.seed = seed
        self.limits = limits
        var loaded = FileIndex(mostShelves: limits.fileCount)
        for (file, owner, content) in folder?.load() ?? [] where loaded[file.id, owner] == nil {
            loaded.insert(file, owner: owner, content: content)
        }
        index = Monitor(loaded)
    }

    // MARK: Looking up

    func file(_ id: String, of tenant: Tenant) throws(APIError) -> FileEntry {
        let file = try storedFile(id, of: tenant)
        return FileEntry(
            mimeType: file.mimeType, sizeBytes: file.sizeBytes, sha256: file.sha256, facts: file.facts,
            state: file.state(at: clock.nanoseconds)
        )
    }

    /// - Throws: the 403 for what isn't there, or is another's.
    func storedFile(_ id: String, of tenant: Tenant) throws(APIError) -> StoredFile {
        let owner = tenant.hash
        removeExpired()
        return try index.withLock { index throws(APIError) in
            try entry(id, of: owner, in: index).file
        }
    }

    /// The file for who asks how far it is: counted, where a scenario wants it asked for a number of times.
    ///
    /// - Throws: the 403 for what isn't there, or is another's.
    func polledFile(_ id: String, of tenant: Tenant) throws(APIError) -> StoredFile {
        let owner = tenant.hash
        removeExpired()
        return try index.withLock { index throws(APIError) in
            let file = try entry(id, of: owner, in: index).file
            index.poll(id, of: owner, at: clock.nanoseconds)
            return file
        }
    }

    /// A page of a tenant's files, the newest first.
    ///
    /// - Parameter before: the serial with which the page before ended.
    /// - Returns: the files, and the serial with which the page ends where there are more.
    func list(of tenant: Tenant, before: Int?, size: Int) -> (files: [StoredFile], next: Int?) {
        let owner = tenant.hash
        removeExpired()
        return index.withLock { $0.page(of: owner, before: before, size: size) }
    }

    // MARK: Changing

    /// Takes room for bytes of an upload that have arrived, until `giveBack`.
    ///
    /// - Returns: false where there is none.
    func hold(_ count: Int, of owner: String) -> Bool {
        index.withLock { index in
            guard count <= limits.tenantBytes - index.bytes(of: owner) else { return false }
            index.hold(count, of: owner)
            return true
        }
    }

    func giveBack(_ count: Int, of owner: String) { index.withLock { $0.giveBack(count, of: owner) } }

    /// - Throws: the refusal of a file that would be too large, or for which there is no room.
    func checkRoom(for bytes: Int, of tenant: Tenant) throws(APIError) {
        let owner = tenant.hash
        removeExpired()
        try index.withLock { index throws(APIError) in try checkRoom(for: bytes, of: owner, in: index) }
    }

    /// Takes up a file whose bytes have all arrived.
    ///
    /// - Parameters:
    ///   - fate: what a scenario says of it.
    ///   - check: asked when nobody else changes anything any more; refuses what isn't wanted any more.
    /// - Throws: the refusal of a taken name, or for want of room; `FileFolderError` where it can't be written.
    func add(
        _ upload: FinishedUpload, of tenant: Tenant, fate: FileFate? = nil, check: () throws -> Void = {}
    ) throws -> StoredFile {
        let owner = tenant.hash
        removeExpired()
        return try changes.withLock { _ in
            try check()
            let file = try newFile(upload, tenant, fate)
            let isHeld = index.withLock { $0.isHeld(file.id) }
            try upload.content?.keep(file, owner: owner, isBesideOthers: isHeld)
            index.withLock { $0.insert(file, owner: owner, content: upload.content) }
            return file
        }
    }

    /// - Throws: the 403 for what isn't there, or is another's.
    func delete(_ id: String, of tenant: Tenant) throws(APIError) {
        let owner = tenant.hash
        removeExpired()
        try changes.withLock { _ throws(APIError) in
            let content = try index.withLock { index throws(APIError) in
                let entry = try entry(id, of: owner, in: index)
                index.remove(id, of: owner)
                return entry.content
            }
            content?.delete()
        }
    }

    /// Removes the files of a tenant, or of all.
    func removeAll(of tenant: Tenant? = nil) {
        let owner = tenant?.hash
        changes.withLock { _ in
            for content in index.withLock({ $0.removeAll(of: owner) }) { content.delete() }
        }
    }

    // MARK: For who looks at all of it

    /// A page of a tenant's files, or of all, the newest first.
    func entries(of tenant: Tenant?, before: Int?, size: Int) -> (entries: [FileIndex.Entry], next: Int?) {
        let owner = tenant?.hash
        removeExpired()
        return index.withLock { $0.entries(of: owner, before: before, size: size) }
    }

    func entry(_ id: String, of tenant: Tenant) -> FileIndex.Entry? {
        let owner = tenant.hash
        removeExpired()
        return index.withLock { $0[id, owner] }
    }

    /// The tenants that have files, in no order.
    var owners: [(tenant: Tenant, files: Int, bytes: Int)] {
        removeExpired()
        return index.withLock { $0.owners }
    }

    private func removeExpired() {
        let now = clock.nanoseconds
        guard index.withLock({ $0.hasExpired(at: now) }) else { return }
        changes.withLock { _ in
            for content in index.withLock({ $0.sweep(now) }) { content.delete() }
        }
    }

    // MARK: Checks

    private func entry(
        _ id: String, of owner: String, in index: FileIndex
    ) throws(APIError) -> FileIndex.Entry {
        // It may have expired since the others were removed.
        guard let entry = index[id, owner], entry.file.expires > clock.nanoseconds else {
            throw .noSuchFile(id)
        }
        return entry
    }

    private func checkRoom(for bytes: Int, of owner: String, in index: FileIndex) throws(APIError) {
        guard bytes <= limits.fileBytes else { throw .fileTooLarge(limit: limits.fileBytes) }
        guard index.count < limits.fileCount else { throw .resourceExhausted }
        guard bytes <= limits.tenantBytes - index.bytes(of: owner) else {
            throw .fileStorageQuota(limit: limits.tenantBytes)
        }
    }

    private func newFile(
        _ upload: FinishedUpload, _ tenant: Tenant, _ fate: FileFate?
    ) throws(APIError) -> StoredFile {
        let (now, owner) = (clock.nanoseconds, tenant.hash)
        return try index.withLock { index throws(APIError) in
            try checkRoom(for: upload.sizeBytes, of: owner, in: index)
            let id = upload.metadata.id ?? index.makeID(for: owner, seed: seed)
            guard index[id, owner] == nil else { throw .fileExists(id) }
            return StoredFile(
                id: id, displayName: upload.metadata.displayName, mimeType: upload.mimeType,
                sizeBytes: upload.sizeBytes, created: now, expires: upload.started + FileStore.lifetime,
                sha256: upload.sha256, facts: upload.facts, fate: fate, tenantID: tenant.id
            )
        }
    }
}
