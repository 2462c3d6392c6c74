// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import TestSupport
import XCTest

@testable import GeminiService

final class ChunkReceiverTests: XCTestCase {
    private func makeSession(announced: Int? = nil) -> UploadSession {
        let fields = announced.map { [("header-content-length", String($0))] } ?? []
        return UploadSession(
            id: "I", tenant: Tenant("t"), metadata: FileMetadata(),
            request: makeUploadRequest("start", fields: fields), started: 0, bytes: UploadedBytes(folder: nil)
        )
    }

    private func make(
        _ command: String, _ fields: [(String, String)] = [], session: UploadSession?, largest: Int = 100
    ) -> ChunkReceiver {
        ChunkReceiver(
            makeUploadRequest(command, id: "I", fields: fields), session: session, largest: largest)
    }

    private func receive(_ text: String, _ receiver: ChunkReceiver) {
        Array(text.utf8).withUnsafeBytes { receiver.receive($0) }
    }

    func test_bytes_areWantedOnlyWhereTheyHaveAPlace() {
        for (command, fields, session, wantsMore, refusal) in [
            ("upload", [("offset", "0")], makeSession(), true, nil),
            ("upload, finalize", [("offset", "0")], makeSession(), true, nil),
            ("upload", [], makeSession(), false, .noOffset),
            ("upload", [("offset", "1")], makeSession(), false, .wrongOffset(expected: 0, got: 1)),
            ("upload", [("offset", "0")], nil, false, .unknownUpload),
            ("query", [], nil, false, .unknownUpload), ("query", [], makeSession(), false, nil),
            ("finalize", [("offset", "0")], makeSession(), false, nil), ("", [], makeSession(), false, nil),
        ] as [(String, [(String, String)], UploadSession?, Bool, UploadRefusal?)] {
            let receiver = make(command, fields, session: session)
            XCTAssertEqual(receiver.wantsMore, wantsMore, command)
            XCTAssertEqual(receiver.refusal, refusal, command)
            XCTAssertEqual(receiver.turn, wantsMore ? 1 : nil, command)
        }
    }

    func test_count_isWhatWasTaken() {
        let receiver = make("upload", [("offset", "0")], session: makeSession(announced: 5))
        receive("hel", receiver)
        receive("lo", receiver)
        XCTAssertTrue(receiver.wantsMore)
        receive("!", receiver)
        receive("?", receiver)
        XCTAssertFalse(receiver.wantsMore)
        XCTAssertEqual(receiver.count, 5)
    }

    func test_nothingIsTaken_onceALaterRequestHasItsTurn() {
        let session = makeSession()
        let dead = make("upload", [("offset", "0")], session: session)
        receive("hel", dead)
        let live = make("upload, finalize", [("offset", "3")], session: session)
        receive("xx", dead)
        XCTAssertFalse(dead.wantsMore)
        XCTAssertEqual(dead.count, 3)
        receive("lo", live)
        XCTAssertEqual(live.count, 2)
    }

    /// An upload that waits for its next chunk, for a week perhaps, holds no descriptor.
    func test_descriptor_isGivenBack_withTheRequest() throws {
        let folder = try FileFolder(path: makePath())
        let sessions = (0..<1500).map { _ in
            UploadSession(
                id: "I", tenant: Tenant("t"), metadata: FileMetadata(), request: makeUploadRequest("start"),
                started: 0, bytes: UploadedBytes(folder: folder))
        }
        for session in sessions { receive("hello", make("upload", [("offset", "0")], session: session)) }
        for session in sessions {
            _ = try session.finalize(turn: nil) { upload in
                try upload.content?.keep(makeStoredFile("f"), owner: "o")
                upload.content?.delete()
                return []
            }
        }
    }
}
