// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class RecordedUploadTests: XCTestCase {
    private func start(id: String = "REDACTED") -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(
                method: "POST", target: "/upload/v1beta/files",
                fields: [HTTPFields.Field("X-Goog-Upload-Command", "start")]),
            answer: RecordedAnswer(
                status: 200,
                fields: [
                    HTTPFields.Field("X-Goog-Upload-URL", "https://host/upload/v1beta/files?upload_id=\(id)")
                ]))
    }

    private func step(_ command: String, _ offset: Int, _ bytes: String, id: String = "REDACTED")
        -> RecordedExchange
    {
        RecordedExchange(
            request: RecordedRequest(
                method: "POST", target: "/upload/v1beta/files?upload_id=\(id)",
                fields: [
                    HTTPFields.Field("X-Goog-Upload-Command", command),
                    HTTPFields.Field("X-Goog-Upload-Offset", "\(offset)"),
                ], body: RecordedBody(Array(bytes.utf8))),
            answer: RecordedAnswer(status: 200))
    }

    func test_all_knowsLengthAndHash() throws {
        let found = RecordedUpload.all(in: [
            start(), step("upload", 0, "abc"), step("upload, finalize", 3, "de"),
        ])
        let upload = try XCTUnwrap(found.byStart[0])
        XCTAssertEqual(found.further, [1, 2])
        XCTAssertEqual(upload.length, 5)
        XCTAssertEqual(upload.sha256, ContentHash.hex(of: Array("abcde".utf8)))
        XCTAssertEqual(upload.last?.exchange, 2)
    }

    func test_atTheSameTime_toldByTheirIDs_orByTheirOffsets() throws {
        let named = RecordedUpload.all(in: [
            start(id: "a"), start(id: "b"), step("upload, finalize", 0, "of a", id: "a"),
            step("upload, finalize", 0, "b", id: "b"),
        ])
        XCTAssertEqual([named.byStart[0]?.length, named.byStart[1]?.length], [4, 1])
        let nameless = RecordedUpload.all(in: [
            start(), start(), step("upload", 0, "abc"), step("upload, finalize", 3, "d"),
            step("upload, finalize", 0, "x"),
        ])
        XCTAssertEqual([nameless.byStart[0]?.length, nameless.byStart[1]?.length], [1, 4])
    }

    func test_aPartThatWasLeftOut() throws {
        var only = step("upload, finalize", 0, "")
        only.request.body = RecordedBody(leftOut: 7, sha256: "abc")
        XCTAssertEqual(RecordedUpload.all(in: [start(), only]).byStart[0]?.sha256, "abc")
        XCTAssertEqual(RecordedUpload.all(in: [start(), only]).byStart[0]?.length, 7)
        var second = step("upload, finalize", 3, "")
        second.request.body = RecordedBody(leftOut: 4, sha256: "abc")
        let upload = RecordedUpload.all(in: [start(), step("upload", 0, "abc"), second]).byStart[0]
        XCTAssertEqual(upload?.length, 7)
        XCTAssertNil(upload?.sha256)
    }

    func test_whatWasSentAgain_isOfUnknownLength() {
        let upload = RecordedUpload.all(in: [
            start(), step("upload", 0, "abc"), step("query", 0, ""), step("upload, finalize", 2, "cd"),
        ]).byStart[0]
        XCTAssertNil(upload?.length)
        XCTAssertEqual(upload?.steps.count, 3)
    }

    func test_withoutCommands_theAnswersTell() throws {
        var exchanges = [
            start(id: "a"), step("upload", 0, "abc", id: "a"), step("query", 0, "", id: "a"),
            step("upload, finalize", 3, "de", id: "a"),
        ]
        for index in exchanges.indices {
            exchanges[index].request.fields = []
            let status = index == 3 ? "final" : "active"
            exchanges[index].answer.fields.append(HTTPFields.Field("X-Goog-Upload-Status", status))
        }
        let upload = try XCTUnwrap(RecordedUpload.all(in: exchanges).byStart[0])
        XCTAssertEqual(upload.steps.map(\.head.commands), [.upload, .query, [.upload, .finalize]])
        XCTAssertEqual(upload.steps.map(\.head.offset), [0, nil, 3])
        XCTAssertEqual(upload.steps.map(\.isSupposed), [true, true, true])
        XCTAssertEqual(upload.sha256, ContentHash.hex(of: Array("abcde".utf8)))
    }
}
