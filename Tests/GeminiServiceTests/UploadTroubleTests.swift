// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class UploadTroubleTests: XCTestCase {
    private func answer(
        _ head: RequestHead, body: String = "", _ trouble: UploadTrouble, _ service: FakeService
    ) throws -> UploadAnswer {
        let fields = head.fields.all.map { ($0.name, $0.value) }
        let (call, endpoint) = try makeCall(
            "POST", head.target.raw, fields, body: body.isEmpty ? "{}" : body, service: service)
        let scripted = call.scripted(.builtIn(AnswerOverrides()), trouble: trouble)
        guard case .upload(let answer) = try service.answer(scripted, by: endpoint) else {
            throw NoEndpoint(target: head.target.raw)
        }
        return answer
    }

    private func value(_ name: String, _ answer: UploadAnswer) -> String? {
        answer.fields.first { $0.name == name }?.value
    }

    func test_granularity_isNamed_andCounts() throws {
        let service = makeService()
        let start = makeUploadHead("start", fields: [("protocol", "resumable")])
        let started = try answer(start, UploadTrouble(granularity: 4), service)
        XCTAssertEqual(value("X-Goog-Upload-Chunk-Granularity", started), "4")
        let id = try XCTUnwrap(started.id)
        let odd = try sendChunk("upload", id, at: 0, [Array("hello".utf8)], to: service)
        XCTAssertEqual(odd, UploadRefusal.badLength(granularity: 4).answer(id: id))
        let good = try sendChunk("upload", id, at: 0, [Array("hell".utf8)], to: service)
        XCTAssertEqual(good?.code, 200)
        XCTAssertEqual(
            try sendChunk("upload, finalize", id, at: 4, [Array("o".utf8)], to: service)?.status, .final)
    }

    func test_unavailable_tellsWhereTheUploadStands_orNot() throws {
        let service = makeService()
        let id = try startUpload(service)
        let chunk = makeUploadHead(
            "upload, finalize", id: id, fields: [("offset", "0"), ("Content-Length", "5")])
        let told = try answer(chunk, body: "hello", UploadTrouble(unavailableAfter: 5), service)
        XCTAssertEqual(told.code, 503)
        XCTAssertEqual(told.status, .active)
        XCTAssertEqual(value("X-Goog-Upload-Size-Received", told), "5")
        let next = makeUploadHead(
            "upload, finalize", id: id, fields: [("offset", "5"), ("Content-Length", "0")])
        let silent = try answer(
            next, UploadTrouble(unavailableAfter: 0, tellsStanding: false), service)
        XCTAssertEqual(silent.code, 503)
        XCTAssertNil(silent.status)
        XCTAssertTrue(silent.fields.isEmpty)
        // Nothing is lost of what was stored.
        XCTAssertEqual(try sendChunk("finalize", id, to: service)?.status, .final)
    }
}
