// SPDX-License-Identifier: Apache-2.0

import HTTPWire
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
}
