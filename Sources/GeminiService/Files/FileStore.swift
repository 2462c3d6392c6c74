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

    private struct Entry {
        let file: StoredFile
        let owner: String
        /// Counts up: of two files the later one has the greater.
        let serial: Int
        let content: FileFolder.Content?
    }

    private struct Shelf {
        /// Serials of the tenant's files, the oldest first.
        var serials: [Int] = []
        var bytes = 0
        /// How many files it has ever had: what their ids follow from.
        var made: UInt64 = 0
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var ids: [Int: String] = [:]
        var shelves: [String: Shelf] = [:]
        var nextSerial = 1
        /// When the first of the files expires.
        var nextExpiry = Int64.max
    }

    /// CORE 2.6.
    static let lifetime: Int64 = 48 * 3600 * 1_000_000_000

    let limits: Limits
    private let clock: any WallClock
    private let seed: UInt64
    private let state = Monitor(State())

    /// - Parameter folder: where bytes and facts are kept; what it holds is known from now on.
    init(clock: any WallClock, seed: UInt64, limits: Limits = Limits(), folder: FileFolder? = nil) {
        self.clock = clock
        self.seed = seed
        self.limits = limits
        state.withLock { state in
            for (file, owner, content) in folder?.load() ?? [] {
                FileStore.insert(file, owner, content, &state)
            }
        }
    }

    // MARK: Looking up

    func file(_ id: String, of tenant: Tenant) throws(APIError) -> FileEntry {
        let file = try storedFile(id, of: tenant)
        return FileEntry(
            mimeType: file.mimeType, sizeBytes: file.sizeBytes, facts: file.facts,
            state: file.state(at: clock.nanoseconds)
        )
    }

    /// - Throws: the 403 for what isn't there, or is another's.
    func storedFile(_ id: String, of tenant: Tenant) throws(APIError) -> StoredFile {
        let owner = FileStore.owner(tenant)
        let entry = current { state in state.entries[id].flatMap { $0.owner == owner ? $0 : nil } }
        guard let entry else { throw .noSuchFile(id) }
        return entry.file
    }

    /// A page of a tenant's files, the newest first.
    ///
    /// - Parameter before: the serial with which the page before ended.
    /// - Returns: the files, and the serial with which the page ends where there are more.
    func list(of tenant: Tenant, before: Int?, size: Int) -> (files: [StoredFile], next: Int?) {
        current { state in
            let serials = state.shelves[FileStore.owner(tenant)]?.serials ?? []
            let end = before.map { FileStore.position(of: $0, in: serials) } ?? serials.count
            let start = max(0, end - size)
            let files = serials[start..<end].reversed().compactMap { serial in
                state.ids[serial].flatMap { state.entries[$0]?.file }
            }
            return (files, start > 0 ? serials[start] : nil)
        }
    }

    // MARK: Changing

    /// - Throws: the refusal of a file that would be too large, or for which there is no room.
    func checkRoom(for bytes: Int, of tenant: Tenant) throws(APIError) {
        guard bytes <= limits.fileBytes else { throw .fileTooLarge(limit: limits.fileBytes) }
        let (used, count) = current { state in
            (state.shelves[FileStore.owner(tenant)]?.bytes ?? 0, state.entries.count)
        }
        guard count < limits.fileCount else { throw .resourceExhausted }
        guard bytes <= limits.tenantBytes - used else { throw .fileStorageQuota(limit: limits.tenantBytes) }
    }

    /// Takes up a file whose bytes have all arrived.
    ///
    /// - Throws: the refusal of a taken name, or for want of room.
    func add(_ upload: FinishedUpload, of tenant: Tenant) throws -> StoredFile {
        try checkRoom(for: upload.sizeBytes, of: tenant)
        let owner = FileStore.owner(tenant)
        let now = clock.nanoseconds
        let file = try current { state throws(APIError) -> StoredFile in
            let id = upload.metadata.id ?? madeID(owner, &state)
            guard state.entries[id] == nil else { throw .fileExists(id) }
            let file = StoredFile(
                id: id, displayName: upload.metadata.displayName, mimeType: upload.mimeType,
                sizeBytes: upload.sizeBytes, created: now, expires: upload.started + FileStore.lifetime,
                sha256: upload.sha256, facts: upload.facts
            )
            FileStore.insert(file, owner, upload.content, &state)
            return file
        }
        do {
            try upload.content?.keep(file, owner: owner)
        } catch {
            remove(file.id)
            throw error
        }
        return file
    }

    /// - Throws: the 403 for what isn't there, or is another's.
    func delete(_ id: String, of tenant: Tenant) throws(APIError) {
        _ = try storedFile(id, of: tenant)
        remove(id)
    }

    private func remove(_ id: String) {
        let content = state.withLock { FileStore.remove(id, &$0) }
        content?.delete()
    }

    // MARK: State

    /// Gives the state to `body`, what has expired left out.
    private func current<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let now = clock.nanoseconds
        let gone = state.withLock { FileStore.sweep(&$0, now) }
        for content in gone { content.delete() }
        return try state.withLock { state throws(Failure) -> Result in try body(&state) }
    }

    private static func sweep(_ state: inout State, _ now: Int64) -> [FileFolder.Content] {
        guard now >= state.nextExpiry else { return [] }
        let expired = state.entries.values.filter { $0.file.expires <= now }.map(\.file.id)
        let contents = expired.compactMap { remove($0, &state) }
        state.nextExpiry = state.entries.values.map(\.file.expires).min() ?? .max
        return contents
    }

    private static func insert(
        _ file: StoredFile, _ owner: String, _ content: FileFolder.Content?, _ state: inout State
    ) {
        let serial = state.nextSerial
        state.nextSerial += 1
        state.entries[file.id] = Entry(file: file, owner: owner, serial: serial, content: content)
        state.ids[serial] = file.id
        state.shelves[owner, default: Shelf()].serials.append(serial)
        state.shelves[owner, default: Shelf()].bytes += file.sizeBytes
        state.nextExpiry = min(state.nextExpiry, file.expires)
    }

    private static func remove(_ id: String, _ state: inout State) -> FileFolder.Content? {
        guard let entry = state.entries.removeValue(forKey: id) else { return nil }
        state.ids[entry.serial] = nil
        let at = position(of: entry.serial, in: state.shelves[entry.owner]?.serials ?? [])
        state.shelves[entry.owner]?.serials.remove(at: at)
        state.shelves[entry.owner]?.bytes -= entry.file.sizeBytes
        return entry.content
    }

    /// Where `serial` stands in sorted serials, or would.
    private static func position(of serial: Int, in serials: [Int]) -> Int {
        var (low, high) = (0, serials.count)
        while low < high {
            let middle = (low + high) / 2
            if serials[middle] < serial { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The same server, key and number of file give the same id.
    private func madeID(_ owner: String, _ state: inout State) -> String {
        while true {
            let number = state.shelves[owner, default: Shelf()].made
            state.shelves[owner, default: Shelf()].made += 1
            var generator = SeededGenerator(
                seed: Fingerprint.of(owner, seed: SeededGenerator.mix(seed &+ number)))
            let id = FileName.made(&generator)
            if state.entries[id] == nil { return id }
        }
    }

    /// A tenant's name has an API key in it, which is neither kept nor written to a disk.
    private static func owner(_ tenant: Tenant) -> String { SHA256.hex(of: tenant.id) }
}
