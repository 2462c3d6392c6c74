// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import MediaProbe
import TestSupport
import XCTest

@testable import GeminiService

final class FileStoreTests: XCTestCase {
    private let clock = MovableWallClock(FixedWallClock(seconds: 1_800_000_000))
    private let (me, other) = (Tenant("key:made-up"), Tenant("key:another"))

    private func make(
        fileBytes: Int = 100, tenantBytes: Int = 1000, fileCount: Int = 100, seed: UInt64 = 1,
        folder: FileFolder? = nil
    ) -> FileStore {
        var limits = FileStore.Limits()
        (limits.fileBytes, limits.tenantBytes, limits.fileCount) = (fileBytes, tenantBytes, fileCount)
        return FileStore(clock: clock, seed: seed, limits: limits, folder: folder)
    }

    private func add(
        _ store: FileStore, _ text: String = "hello", id: String? = nil, of tenant: Tenant? = nil,
        folder: FileFolder? = nil
    ) throws -> StoredFile {
        let upload = makeUpload(text, id: id, started: clock.nanoseconds, folder: folder)
        return try store.add(upload, of: tenant ?? me)
    }

    // MARK: Names

    func test_ids_followFromSeedKeyAndNumber() throws {
        let (one, same) = (make(), make())
        let ids = try [me, me, other].map { try add(one, of: $0).id }
        XCTAssertEqual(ids, try [me, me, other].map { try add(same, of: $0).id })
        XCTAssertEqual(Set(ids).count, 3)
        XCTAssertNotEqual(try add(make(seed: 2)).id, ids[0])
        for id in ids { XCTAssertNotNil(id.wholeMatch(of: /[a-z0-9]{12}/), id) }
    }

    func test_idThatIsTaken_isPassedOver() throws {
        let ids = try { store in try (0..<2).map { _ in try add(store).id } }(make())
        let store = make()
        _ = try add(store, id: ids[0])
        XCTAssertEqual(try add(store).id, ids[1])
    }

    func test_name_isTakenOnce_untilItsFileIsGone() throws {
        let store = make()
        _ = try add(store, id: "mine")
        XCTAssertEqual(refusal { try add(store, id: "mine") }, .fileExists("mine"))
        try store.delete("mine", of: me)
        _ = try add(store, id: "mine")
        clock.advance(by: .seconds(48 * 3600))
        _ = try add(store, id: "mine")
    }

    // MARK: Whose

    /// Also on the disk, and by the next server that reads it.
    func test_name_isItsTenantsOwn() throws {
        let path = makePath()
        var folder: FileFolder? = try FileFolder(path: path)
        let store = make(folder: folder)
        let third = Tenant("tenant:third")
        for (tenant, text) in [(me, "a"), (other, "bb"), (third, "ccc")] {
            XCTAssertEqual(try add(store, text, id: "x", of: tenant, folder: folder).id, "x")
        }
        XCTAssertEqual(
            try [me, other, third].map { try store.storedFile("x", of: $0).sizeBytes }, [1, 2, 3])
        XCTAssertEqual(names(in: path).count, 6)
        try store.delete("x", of: me)
        XCTAssertEqual(refusal { try store.storedFile("x", of: me) }, .noSuchFile("x"))
        folder?.release()
        folder = try FileFolder(path: path)
        let next = make(folder: folder)
        XCTAssertEqual(refusal { try next.storedFile("x", of: me) }, .noSuchFile("x"))
        XCTAssertEqual(try [other, third].map { try next.storedFile("x", of: $0).sizeBytes }, [2, 3])
        for tenant in [other, third] { try next.delete("x", of: tenant) }
        XCTAssertEqual(names(in: path), [])
    }

    func test_file_isItsKeysAlone() throws {
        let store = make()
        let id = try add(store).id
        XCTAssertEqual(try store.storedFile(id, of: me).id, id)
        XCTAssertEqual(try store.file(id, of: me).sizeBytes, 5)
        XCTAssertEqual(refusal { try store.storedFile(id, of: other) }, .noSuchFile(id))
        XCTAssertEqual(refusal { try store.file(id, of: other) }, .noSuchFile(id))
        XCTAssertEqual(refusal { try store.delete(id, of: other) }, .noSuchFile(id))
        XCTAssertEqual(store.list(of: other, before: nil, size: 10).files, [])
        try store.delete(id, of: me)
        XCTAssertEqual(refusal { try store.delete(id, of: me) }, .noSuchFile(id))
        XCTAssertEqual(refusal { try store.storedFile("never", of: me) }, .noSuchFile("never"))
    }

    // MARK: Time

    /// CORE 3.1: 48 hours from the start of the upload, not from its end.
    func test_file_expires48HoursAfterItsUploadBegan() throws {
        let store = make()
        let upload = makeUpload(started: clock.nanoseconds)
        clock.advance(by: .seconds(3600))
        let file = try store.add(upload, of: me)
        XCTAssertEqual(file.created, upload.started + 3600 * 1_000_000_000)
        XCTAssertEqual(file.expires, upload.started + 48 * 3600 * 1_000_000_000)
        clock.advance(by: .seconds(47 * 3600 - 1))
        XCTAssertEqual(try store.storedFile(file.id, of: me), file)
        clock.advance(by: .seconds(1))
        XCTAssertEqual(refusal { try store.storedFile(file.id, of: me) }, .noSuchFile(file.id))
        XCTAssertEqual(store.list(of: me, before: nil, size: 10).files, [])
    }

    func test_film_isProcessedForTwoSeconds() throws {
        let store = make()
        let id = try store.add(makeUpload(type: "video/mp4", started: clock.nanoseconds), of: me).id
        XCTAssertEqual(try store.file(id, of: me).state, .processing)
        clock.advance(by: .seconds(2))
        XCTAssertEqual(try store.file(id, of: me).state, .active)
    }

    // MARK: Room

    func test_room_isBounded() throws {
        let store = make(fileBytes: 10, tenantBytes: 12, fileCount: 3)
        XCTAssertEqual(refusal { try store.checkRoom(for: 11, of: me) }, .fileTooLarge(limit: 10))
        XCTAssertEqual(refusal { try add(store, "eleven byte") }, .fileTooLarge(limit: 10))
        let id = try add(store, "0123456789").id
        XCTAssertEqual(refusal { try store.checkRoom(for: 3, of: me) }, .fileStorageQuota(limit: 12))
        XCTAssertEqual(refusal { try add(store, "abc") }, .fileStorageQuota(limit: 12))
        try store.checkRoom(for: 2, of: me)
        try store.checkRoom(for: 10, of: other)
        try store.delete(id, of: me)
        for text in ["0123456789", "ab", ""] { _ = try add(store, text) }
        XCTAssertEqual(refusal { try store.checkRoom(for: 0, of: other) }, .resourceExhausted)
        XCTAssertEqual(refusal { try add(store, "", of: other) }, .resourceExhausted)
        clock.advance(by: .seconds(48 * 3600))
        try store.checkRoom(for: 10, of: me)
    }

    func test_uploadsThatEndTogether_shareTheRoom() throws {
        let store = make(fileBytes: 10, tenantBytes: 50)
        let failures = Monitor(0)
        DispatchQueue.concurrentPerform(iterations: 20) { [me, now = clock.nanoseconds] _ in
            do {
                _ = try store.add(makeUpload("0123456789", started: now), of: me)
            } catch {
                failures.withLock { $0 += 1 }
            }
        }
        XCTAssertEqual(store.list(of: me, before: nil, size: 100).files.count, 5)
        XCTAssertEqual(failures.withLock { $0 }, 15)
    }

    // MARK: Folder

    func test_restart_keepsFilesWithFactsAndOwner() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        let first = try add(store, id: "first", folder: folder)
        clock.advance(by: .seconds(1))
        let second = try add(store, "", of: other, folder: folder)
        let third = try add(store, id: "third", folder: folder)
        folder.release()
        let next = make(folder: try FileFolder(path: path))
        XCTAssertEqual(next.list(of: me, before: nil, size: 10).files, [third, first])
        XCTAssertEqual(try next.storedFile(second.id, of: other), second)
        XCTAssertEqual(refusal { try next.storedFile("first", of: other) }, .noSuchFile("first"))
        try next.checkRoom(for: 100, of: me)
    }

    func test_filesThatAreGone_leaveTheFolder() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        _ = try add(store, id: "a", folder: folder)
        _ = try add(store, id: "b", folder: folder)
        XCTAssertEqual(names(in: path), ["a", "a.json", "b", "b.json"])
        try store.delete("a", of: me)
        XCTAssertEqual(names(in: path), ["b", "b.json"])
        clock.advance(by: .seconds(48 * 3600))
        _ = store.list(of: other, before: nil, size: 1)
        XCTAssertEqual(names(in: path), [])
    }

    func test_refusedFile_leavesNothing() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        _ = try add(store, id: "a", folder: folder)
        XCTAssertEqual(refusal { try add(store, "other", id: "a", folder: folder) }, .fileExists("a"))
        XCTAssertEqual(names(in: path), ["a", "a.json"])
        XCTAssertEqual(try String(contentsOfFile: "\(path)/a", encoding: .utf8), "hello")
    }

    func test_failedWrite_isAnError_andLeavesTheNameFree() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        let kept = try add(store, id: "kept", folder: folder)
        let upload = makeUpload(id: "a", started: clock.nanoseconds, folder: folder)
        try FileManager.default.removeItem(atPath: path)
        XCTAssertThrowsError(try store.add(upload, of: me)) { XCTAssertTrue($0 is FileFolderError, "\($0)") }
        XCTAssertEqual(try store.storedFile("kept", of: me), kept)
        XCTAssertEqual(refusal { try store.storedFile("a", of: me) }, .noSuchFile("a"))
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        XCTAssertEqual(try add(store, id: "a", folder: folder).id, "a")
    }

    /// One request's removal never takes what another has just kept under the same name.
    func test_sameName_onManyThreads_isWholeOnTheDisk() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        let errors = Monitor<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2000) { [me, other, now = clock.nanoseconds] index in
            let tenant = index % 4 < 2 ? me : other
            if index % 2 > 0 { try? store.delete("x", of: tenant) }
            do {
                _ = try store.add(makeUpload(id: "x", started: now, folder: folder), of: tenant)
            } catch is APIError {
                // The name is taken.
            } catch {
                errors.withLock { $0.append("\(error)") }
            }
        }
        XCTAssertEqual(errors.withLock { $0 }, [])
        let files = [me, other].flatMap { store.list(of: $0, before: nil, size: 10).files }
        XCTAssertEqual(files.map(\.id), ["x", "x"])
        XCTAssertEqual(names(in: path).count, 4)
        XCTAssertEqual(folder.load().count, 2)
    }

    // MARK: Fates

    private func state(_ file: StoredFile) -> FileState { file.state(at: clock.nanoseconds) }

    func test_polls_areCountedByGetsAlone() throws {
        let store = make()
        let fate = FileFate(processing: .polls(2), end: .failed)
        let id = try store.add(makeUpload(started: clock.nanoseconds), of: me, fate: fate).id
        for _ in 0..<2 {
            for _ in 0..<5 {
                XCTAssertEqual(store.list(of: me, before: nil, size: 9).files.map(state), [.processing])
                XCTAssertEqual(try store.file(id, of: me).state, .processing)
            }
            XCTAssertEqual(refusal { try store.polledFile(id, of: other) }, .noSuchFile(id))
            XCTAssertEqual(state(try store.polledFile(id, of: me)), .processing)
        }
        XCTAssertEqual(state(try store.polledFile(id, of: me)), .failed)
        XCTAssertEqual(try store.file(id, of: me).state, .failed)
    }

    func test_polls_onManyThreads_areCountedOnceEach() throws {
        for end in FileFate.End.allCases {
            let store = make()
            let fate = FileFate(processing: .polls(500), end: end)
            let id = try store.add(makeUpload(started: clock.nanoseconds), of: me, fate: fate).id
            let states = Monitor<[FileState?]>([])
            DispatchQueue.concurrentPerform(iterations: 2000) { [me, now = clock.nanoseconds] _ in
                let state = (try? store.polledFile(id, of: me))?.state(at: now)
                states.withLock { $0.append(state) }
            }
            let told = states.withLock { $0 }
            XCTAssertEqual(told.count { $0 == .processing }, 500)
            // One that has expired is gone for all.
            XCTAssertEqual(told.count { $0 == FileState(rawValue: end.rawValue) }, 1500, "\(end)")
        }
    }

    func test_expiredFile_isGone_andItsBytes() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        let add = { [me, clock] (id: String, processing: FileFate.Processing?) throws in
            let upload = makeUpload(id: id, started: clock.nanoseconds, folder: folder)
            _ = try store.add(upload, of: me, fate: FileFate(processing: processing, end: .expired))
        }
        try add("at-once", nil)
        XCTAssertEqual(refusal { try store.file("at-once", of: me) }, .noSuchFile("at-once"))
        try add("timed", .time(.seconds(5)))
        XCTAssertEqual(try store.file("timed", of: me).state, .processing)
        clock.advance(by: .seconds(5))
        XCTAssertEqual(refusal { try store.polledFile("timed", of: me) }, .noSuchFile("timed"))
        try add("polled", .polls(1))
        XCTAssertEqual(state(try store.polledFile("polled", of: me)), .processing)
        XCTAssertEqual(refusal { try store.polledFile("polled", of: me) }, .noSuchFile("polled"))
        XCTAssertEqual(names(in: path), [])
    }

    func test_fate_isAtItsEnd_afterTheNextStart() throws {
        let path = makePath()
        do {
            let folder = try FileFolder(path: path)
            let store = make(folder: folder)
            for (id, end) in [("a", .active), ("f", .failed), ("x", .expired)] as [(String, FileFate.End)] {
                let upload = makeUpload(id: id, started: clock.nanoseconds, folder: folder)
                let fate = FileFate(processing: .polls(9), end: end)
                XCTAssertEqual(state(try store.add(upload, of: me, fate: fate)), .processing)
            }
        }
        let store = make(folder: try FileFolder(path: path))
        XCTAssertEqual(try store.file("a", of: me).state, .active)
        XCTAssertEqual(try store.file("f", of: me).state, .failed)
        XCTAssertEqual(refusal { try store.file("x", of: me) }, .noSuchFile("x"))
        XCTAssertEqual(names(in: path), ["a", "a.json", "f", "f.json"])
    }

    /// Keys are looked for in all names and all bytes.
    func test_folder_neverHasAKey() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = make(folder: folder)
        let tenant = Tenant.ofKey("AIzaSecretMadeUp")
        _ = try add(store, of: tenant, folder: folder)
        let waiting = makeBytes(folder: folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
            XCTAssertNil(bytes.range(of: Data("SecretMadeUp".utf8)), name)
            XCTAssertFalse(name.contains("SecretMadeUp"))
        }
        XCTAssertEqual(waiting.count, 5)
    }

    // MARK: Taking away

    func test_removeAll_takesATenantsFiles_orAll_andTheirBytes() throws {
        let folder = try FileFolder(path: makePath())
        let store = make(folder: folder)
        let first = try add(store, folder: folder)
        for tenant in [me, other, other] { _ = try add(store, of: tenant, folder: folder) }
        store.removeAll(of: me)
        XCTAssertEqual(
            store.entries(of: nil, before: nil, size: 9).entries.map(\.owner), [other.hash, other.hash])
        XCTAssertEqual(store.list(of: me, before: nil, size: 9).files, [])
        XCTAssertEqual(folder.load().map(\.owner), [other.hash, other.hash])
        XCTAssertEqual(try add(store, folder: folder).id, first.id, "ids begin anew")
        store.removeAll()
        XCTAssertEqual(store.entries(of: nil, before: nil, size: 9).entries.count, 0)
        XCTAssertEqual(folder.load().count, 0)
        clock.advance(by: .seconds(48 * 3600))
        XCTAssertEqual(store.owners.count, 0, "nothing is left to expire")
    }

    func test_entries_areThoseOfAll_theNewestFirst() throws {
        let store = make()
        let ids = try [me, other, me].map { try add(store, of: $0).id }
        let first = store.entries(of: nil, before: nil, size: 2)
        XCTAssertEqual(first.entries.map(\.file.id), [ids[2], ids[1]])
        XCTAssertEqual(first.entries.map(\.tenant), [me, other])
        let rest = store.entries(of: nil, before: first.next, size: 2)
        XCTAssertEqual(rest.entries.map(\.file.id), [ids[0]])
        XCTAssertNil(rest.next)
        let owners = store.owners.sorted { $0.files < $1.files }
        XCTAssertEqual(owners.map(\.tenant), [other, me])
        XCTAssertEqual(owners.map(\.bytes), [5, 10])
    }
}
