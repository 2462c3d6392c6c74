// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class UploadSessionTests: XCTestCase {
    private let piece = UploadAnswer.granularity

    private func make(announced: Int? = nil) -> UploadSession {
        let fields = announced.map { [("header-content-length", String($0))] } ?? []
        return UploadSession(
            id: "I", tenant: Tenant("t"), metadata: FileMetadata(),
            request: makeUploadRequest("start", fields: fields), started: 5, bytes: UploadedBytes(folder: nil)
        )
    }

    private func request(_ command: String, at offset: Int?, length: Int?) -> UploadRequest {
        var fields = offset.map { [("offset", String($0))] } ?? []
        if let length { fields.append(("Content-Length", String(length))) }
        return makeUploadRequest(command, id: "I", fields: fields)
    }

    private func append(_ count: Int, _ session: UploadSession, turn: Int, largest: Int = .max) -> Bool {
        [UInt8](repeating: 7, count: count).withUnsafeBytes {
            session.append($0, turn: turn, largest: largest)
        }
    }

    private func refused(
        file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Any
    ) -> UploadRefusal? {
        do {
            _ = try body()
            XCTFail("not refused", file: file, line: line)
            return nil
        } catch {
            return error as? UploadRefusal
        }
    }

    // MARK: Room

    func test_whatHasArrived_countsAgainstTheTenantsRoom_untilItsUploadEnds() throws {
        var limits = FileStore.Limits()
        limits.tenantBytes = 3 * piece
        let store = FileStore(clock: FixedWallClock(seconds: 1_800_000_000), seed: 0, limits: limits)
        let tenant = Tenant("t")
        func start() -> UploadSession {
            let account = UploadedBytes.Account(store: store, owner: tenant.hash)
            return UploadSession(
                id: "I", tenant: tenant, metadata: FileMetadata(), request: makeUploadRequest("start"),
                started: 1_800_000_000_000_000_000, bytes: UploadedBytes(folder: nil, account: account))
        }
        let (first, second) = (start(), start())
        XCTAssertTrue(append(2 * piece, first, turn: 0))
        XCTAssertNoThrow(try store.checkRoom(for: piece, of: tenant))
        XCTAssertThrowsError(try store.checkRoom(for: piece + 1, of: tenant))
        XCTAssertNoThrow(try store.checkRoom(for: 3 * piece, of: Tenant("other")))
        XCTAssertFalse(append(piece + 1, second, turn: 0))
        XCTAssertEqual(
            refused { try second.endOfChunk(turn: 0, count: 0) }, .noRoom(limit: limits.tenantBytes))
        _ = try first.cancel()
        XCTAssertNoThrow(try store.checkRoom(for: 3 * piece, of: tenant))
        // What becomes a file counts as one, and once.
        let third = start()
        XCTAssertTrue(append(piece, third, turn: 0))
        _ = try third.finalize(turn: nil) { upload in
            _ = try store.add(upload, of: tenant)
            return []
        }
        XCTAssertNoThrow(try store.checkRoom(for: 2 * piece, of: tenant))
        XCTAssertThrowsError(try store.checkRoom(for: 2 * piece + 1, of: tenant))
    }

    private func received(_ session: UploadSession) -> String? { session.query().fields.first?.value }

    // MARK: What is wrong with a head

    func test_begin_wantsTheOffsetThatIsDue_andWholeChunks() throws {
        for (command, offset, length, refusal) in [
            ("upload", 0, piece, nil), ("upload", 0, 0, nil), ("upload", 0, nil, nil),
            ("upload, finalize", 0, 17, nil),
            ("upload", nil, piece, .noOffset), ("upload", 1, piece, .wrongOffset(expected: 0, got: 1)),
            ("upload", 0, 17, .badLength(granularity: 8_388_608)),
            ("upload", 0, piece + 1, .badLength(granularity: 8_388_608)),
            ("upload, finalize", 0, Int.max, .tooLarge(limit: 10 * piece)),
        ] as [(String, Int?, Int?, UploadRefusal?)] {
            let session = make()
            let head = request(command, at: offset, length: length)
            if let refusal {
                XCTAssertEqual(refused { try session.begin(head, largest: 10 * piece) }, refusal)
            } else {
                XCTAssertEqual(try session.begin(head, largest: 10 * piece), 1)
            }
        }
    }

    func test_refusedHead_leavesTheUploadAsItStands() throws {
        let session = make()
        _ = refused { try session.begin(request("upload", at: 3, length: 3), largest: 100) }
        XCTAssertEqual(session.query().status, .active)
        let turn = try session.begin(request("upload, finalize", at: 0, length: 3), largest: 100)
        XCTAssertTrue(append(3, session, turn: turn))
    }

    func test_moreThanAnnounced_endsTheUpload() throws {
        for (announced, largest, refusal) in [
            (5, 100, .tooLong(announced: 5)), (nil, 5, .tooLarge(limit: 5)),
        ] as [(Int?, Int, UploadRefusal)] {
            let told = make(announced: announced)
            XCTAssertEqual(
                refused { try told.begin(request("upload, finalize", at: 0, length: 6), largest: largest) },
                refusal)
            XCTAssertEqual(told.query(), UploadRefusal.terminated.answer(id: "I"))

            for isLast in [true, false] {
                let arriving = make(announced: announced)
                let turn = try arriving.begin(request("upload", at: 0, length: nil), largest: largest)
                XCTAssertTrue(append(5, arriving, turn: turn, largest: largest))
                XCTAssertFalse(append(1, arriving, turn: turn, largest: largest))
                XCTAssertEqual(
                    refused {
                        try isLast
                            ? arriving.finalize(turn: turn) { _ in [] }
                            : arriving.endOfChunk(turn: turn, count: 5)
                    }, refusal)
                XCTAssertEqual(arriving.query(), UploadRefusal.terminated.answer(id: "I"))
            }
        }
    }

    func test_fewerThanAnnounced_endsTheUpload() throws {
        let session = make(announced: 5)
        let turn = try session.begin(request("upload, finalize", at: 0, length: 3), largest: 100)
        XCTAssertTrue(append(3, session, turn: turn))
        XCTAssertEqual(
            refused { try session.finalize(turn: turn) { _ in [] } }, .tooShort(received: 3, announced: 5))
        XCTAssertEqual(refused { try session.finalize(turn: nil) { _ in [] } }, .terminated)
    }

    // MARK: Broken connections

    func test_bytesOfARequestThatNeverEnds_count_andTheRestOfItsChunkIsTaken() throws {
        let session = make()
        let first = try session.begin(request("upload", at: 0, length: piece), largest: .max)
        XCTAssertTrue(append(1000, session, turn: first))
        XCTAssertEqual(received(session), "1000")
        XCTAssertEqual(
            refused { try session.begin(request("upload", at: 0, length: piece), largest: .max) },
            .wrongOffset(expected: 1000, got: 0))
        let second = try session.begin(request("upload", at: 1000, length: piece - 1000), largest: .max)
        XCTAssertTrue(append(piece - 1000, session, turn: second))
        XCTAssertEqual(try session.endOfChunk(turn: second, count: piece - 1000).status, .active)
        XCTAssertEqual(received(session), String(piece))
    }

    func test_latestRequest_shutsOutOneWhoseConnectionIsDead() throws {
        let session = make()
        let dead = try session.begin(request("upload", at: 0, length: piece), largest: .max)
        XCTAssertTrue(append(10, session, turn: dead))
        let live = try session.begin(request("upload, finalize", at: 10, length: 3), largest: .max)
        XCTAssertFalse(append(10, session, turn: dead))
        XCTAssertEqual(refused { try session.endOfChunk(turn: dead, count: 10) }, .terminated)
        XCTAssertEqual(refused { try session.finalize(turn: dead) { _ in [] } }, .terminated)
        session.pause(turn: dead)
        XCTAssertTrue(append(3, session, turn: live))
        let answer = try session.finalize(turn: live) { upload in
            XCTAssertEqual(upload.sizeBytes, 13)
            XCTAssertEqual(upload.started, 5)
            return Array("{}".utf8)
        }
        XCTAssertEqual(answer, .finished(id: "I", json: Array("{}".utf8)))
    }

    func test_chunkWithoutLength_mustBeWholeAtItsEnd() throws {
        let session = make()
        let turn = try session.begin(request("upload", at: 0, length: nil), largest: .max)
        XCTAssertTrue(append(17, session, turn: turn))
        XCTAssertEqual(
            refused { try session.endOfChunk(turn: turn, count: 17) }, .badLength(granularity: 8_388_608))
        XCTAssertEqual(session.query().status, .active)
        XCTAssertEqual(received(session), "17")
    }

    // MARK: After the end

    func test_finished_tellsItsFileAgain_andTakesNothing() throws {
        let session = make()
        _ = try session.finalize(turn: nil) { _ in Array("{}".utf8) }
        XCTAssertEqual(session.query(), .finished(id: "I", json: Array("{}".utf8)))
        XCTAssertEqual(
            refused { try session.begin(request("upload", at: 0, length: 0), largest: 9) }, .terminated)
        XCTAssertEqual(refused { try session.finalize(turn: nil) { _ in [] } }, .terminated)
        XCTAssertEqual(refused { try session.cancel() }, .terminated)
    }

    func test_cancelled_tellsSo_andTakesNothing() throws {
        let session = make()
        let turn = try session.begin(request("upload", at: 0, length: piece), largest: .max)
        XCTAssertTrue(append(10, session, turn: turn))
        XCTAssertEqual(try session.cancel(), .progress(id: "I", status: .cancelled, received: 10))
        XCTAssertEqual(session.query(), .progress(id: "I", status: .cancelled, received: 10))
        XCTAssertFalse(append(10, session, turn: turn))
        XCTAssertEqual(refused { try session.endOfChunk(turn: turn, count: 10) }, .terminated)
        XCTAssertEqual(refused { try session.cancel() }, .terminated)
    }

    func test_fileThatIsRefused_endsTheUpload() {
        let session = make()
        XCTAssertThrowsError(try session.finalize(turn: nil) { _ in throw APIError.fileExists("x") }) {
            XCTAssertEqual($0 as? APIError, .fileExists("x"))
        }
        XCTAssertEqual(session.query(), UploadRefusal.terminated.answer(id: "I"))
    }
}
