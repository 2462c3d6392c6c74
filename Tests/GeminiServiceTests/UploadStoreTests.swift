// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiService

final class UploadStoreTests: XCTestCase {
    private let clock = MovableWallClock(FixedWallClock(seconds: 1_800_000_000))

    private func start(_ store: UploadStore, _ tenant: String = "t", _ folder: FileFolder? = nil)
        -> UploadSession
    {
        store.start(
            makeUploadRequest("start"), FileMetadata(), of: Tenant(tenant), bytes: makeBytes(folder: folder))
    }

    func test_ids_areLongURLSafe_andTheSameForTheSameSeedKeyAndNumber() {
        let (one, other) = (UploadStore(clock: clock, seed: 1), UploadStore(clock: clock, seed: 1))
        let ids = ["t", "t", "u"].map { start(one, $0).id }
        XCTAssertEqual(ids, ["t", "t", "u"].map { start(other, $0).id })
        XCTAssertEqual(Set(ids).count, 3)
        XCTAssertNotEqual(start(UploadStore(clock: clock, seed: 2)).id, ids[0])
        for id in ids {
            XCTAssertEqual(id.count, 110)
            XCTAssertNotNil(id.wholeMatch(of: /[A-Za-z0-9_-]+/), id)
        }
    }

    /// CORE 2.5.
    func test_upload_isKnownForAWeek() {
        let store = UploadStore(clock: clock, seed: 1)
        let id = start(store).id
        clock.advance(by: .seconds(7 * 24 * 3600 - 1))
        XCTAssertEqual(store.session(id)?.id, id)
        clock.advance(by: .seconds(1))
        XCTAssertNil(store.session(id))
        XCTAssertNil(store.session("AJnever"))
    }

    func test_oldest_goWhenThereAreTooMany() {
        let store = UploadStore(clock: clock, seed: 1)
        let ids = (0..<UploadStore.maximumCount).map { _ in start(store).id }
        for id in [ids[0], ids[1], ids[ids.count - 1]] {
            XCTAssertNotNil(store.session(id), "looking up makes no room")
        }
        let more = (0..<(2 * UploadStore.maximumCount)).map { _ in start(store).id }
        XCTAssertNil(store.session(ids[0]))
        XCTAssertNil(store.session(more[UploadStore.maximumCount - 1]))
        XCTAssertNotNil(store.session(more[UploadStore.maximumCount]))
    }

    func test_bytesOfForgottenUploads_areGone() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let store = UploadStore(clock: clock, seed: 1)
        for _ in 0..<3 { _ = start(store, "t", folder) }
        XCTAssertEqual(names(in: path).count, 3)
        clock.advance(by: .seconds(8 * 24 * 3600))
        _ = store.session("x")
        XCTAssertEqual(names(in: path), [])
        let id = start(store, "t", folder).id
        store.removeAll()
        XCTAssertNil(store.session(id))
        XCTAssertEqual(names(in: path), [])
    }

    func test_removed_isUnknown_alsoToThoseWhoHaveItInHand() throws {
        let store = UploadStore(clock: clock, seed: 1)
        let (mine, other) = (start(store), start(store, "u"))
        let upload = makeUploadRequest(
            "upload", id: mine.id, fields: [("offset", "0"), ("Content-Length", "10")])
        let turn = try mine.begin(
            makeUploadRequest("upload, finalize", id: mine.id, fields: [("offset", "0")]), largest: 100)
        store.removeAll(of: Tenant("t"))
        XCTAssertNil(store.session(mine.id))
        XCTAssertNotNil(store.session(other.id))
        XCTAssertFalse([1].withUnsafeBytes { mine.append($0, turn: turn, largest: 100) })
        XCTAssertThrowsError(try mine.begin(upload, largest: 100)) {
            XCTAssertEqual($0 as? UploadRefusal, .unknownUpload)
        }
        XCTAssertThrowsError(try mine.endOfChunk(turn: turn, count: 0)) {
            XCTAssertEqual($0 as? UploadRefusal, .unknownUpload)
        }
        XCTAssertThrowsError(try mine.cancel()) { XCTAssertEqual($0 as? UploadRefusal, .unknownUpload) }
        XCTAssertThrowsError(try mine.finalize(turn: turn) { _ in [] }) {
            XCTAssertEqual($0 as? UploadRefusal, .unknownUpload)
        }
        XCTAssertEqual(mine.query(), UploadRefusal.unknownUpload.answer(id: nil))
        store.removeAll()
        XCTAssertNil(store.session(other.id))
    }

    /// Its bytes are all there, and it is being made a file.
    func test_removed_whileItIsFinished_becomesNoFile() throws {
        let service = makeService()
        let session = service.uploads.start(
            makeUploadRequest("start"), FileMetadata(), of: Tenant("t"), bytes: makeBytes())
        XCTAssertThrowsError(
            try session.finalize(turn: nil) { upload in
                service.removeAll(of: Tenant("t"))
                _ = try service.fileStore.add(upload, of: session.tenant) { try session.checkIsKnown() }
                return []
            }
        ) { XCTAssertEqual($0 as? UploadRefusal, .unknownUpload) }
        XCTAssertEqual(service.files(of: nil, before: nil, size: 10).files, [])
        XCTAssertThrowsError(try session.checkIsKnown(), "it doesn't come back")
    }

    func test_page_isBounded_andTheNewestFirst() throws {
        let store = UploadStore(clock: clock, seed: 1)
        let ids = ["t", "u", "t", "t"].map { start(store, $0).id }
        let first = store.page(of: Tenant("t"), before: nil, size: 2)
        XCTAssertEqual(first.sessions.map(\.session.id), [ids[3], ids[2]])
        let second = store.page(of: Tenant("t"), before: first.next, size: 2)
        XCTAssertEqual(second.sessions.map(\.session.id), [ids[0]])
        XCTAssertNil(second.next)
        store.removeAll(of: Tenant("u"))
        XCTAssertEqual(
            store.page(of: nil, before: nil, size: 9).sessions.map(\.session.id), [ids[3], ids[2], ids[0]])
        XCTAssertEqual(store.open, [Tenant("t"): 3])
    }
}
