// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import TestSupport
import XCTest

@testable import GeminiMock

/// Uploads that were recorded in some pieces, and are replayed in others.
final class ReplayedUploadsTests: ScenarioTestCase {
    private static let recorded =
        "{\n  \"file\": {\"name\": \"files/abc\",  \"uri\": \"https://host/v1beta/files/abc\"}\n}\n"
    private static let metadata = #"{"file": {"display_name": "x"}}"#

    private func step(
        _ command: String, _ offset: Int?, _ body: String, _ answer: String = "", id: String? = "REDACTED",
        fields: [HTTPFields.Field] = []
    ) -> RecordedExchange {
        let offsets = offset.map { [HTTPFields.Field("X-Goog-Upload-Offset", "\($0)")] } ?? []
        return RecordedExchange(
            request: RecordedRequest(
                method: "POST", target: "/upload/v1beta/files" + (id.map { "?upload_id=\($0)" } ?? ""),
                fields: [HTTPFields.Field("X-Goog-Upload-Command", command)] + offsets,
                body: RecordedBody(Array(body.utf8))),
            answer: RecordedAnswer(
                status: 200, fields: [HTTPFields.Field("X-Recorded", command)] + fields,
                body: RecordedBody(Array(answer.utf8))))
    }

    private func server(strict: Bool = true) throws -> MockServer {
        let address = HTTPFields.Field(
            "X-Goog-Upload-URL",
            "https://host/upload/v1beta/files?upload_id=REDACTED&upload_protocol=resumable")
        let recording = Recording(
            name: "upload",
            exchanges: [
                step("start", nil, Self.metadata, id: nil, fields: [address]),
                step("upload", 0, "abcd"), step("upload, finalize", 4, "efgh", Self.recorded),
                RecordedExchange(
                    request: RecordedRequest(method: "GET", target: "/v1beta/files/abc"),
                    answer: RecordedAnswer(status: 200, body: RecordedBody(Array("the file".utf8)))),
            ])
        return try serve {
            $0.recordings = [MockRecording(recording)]
            $0.refusesUnmatched = strict
        }
    }

    private func send(
        _ server: MockServer, _ target: String, _ command: String, _ offset: Int? = nil, _ body: String = ""
    ) throws -> RawAnswer {
        let offset = offset.map { "X-Goog-Upload-Offset: \($0)\r\n" } ?? ""
        return try call(
            server, "POST", target, "X-Goog-Upload-Command: \(command)\r\n\(offset)", Array(body.utf8))
    }

    private func start(_ server: MockServer) throws -> String {
        let answer = try send(server, "/upload/v1beta/files", "start", nil, #"{"file":{"displayName":"x"}}"#)
        XCTAssertEqual(answer["x-recorded"], "start")
        let address = try XCTUnwrap(answer["x-goog-upload-url"])
        XCTAssertTrue(address.hasPrefix("http://x/upload/v1beta/files?upload_id="), address)
        XCTAssertFalse(address.contains("REDACTED"))
        return String(address.dropFirst("http://x".count))
    }

    func test_asRecorded() throws {
        let server = try server()
        let address = try start(server)
        XCTAssertEqual(try send(server, address, "upload", 0, "abcd")["x-recorded"], "upload")
        let last = try send(server, address, "upload, finalize", 4, "efgh")
        XCTAssertEqual(last.text, Self.recorded)
        XCTAssertEqual(try get(server, "files/abc").text, "the file")
        XCTAssertEqual(server.unusedExchanges, [])
        XCTAssertEqual(server.unmatchedRequests.count, 0)
    }

    func test_inOtherPieces() throws {
        for cuts in [[8], [1, 7], [2, 2, 2, 2], [3, 5, 0]] {
            let server = try server()
            let address = try start(server)
            var (rest, offset) = ("abcdefgh"[...], 0)
            for (index, count) in cuts.enumerated() {
                let isLast = index == cuts.count - 1
                let answer = try send(
                    server, address, isLast ? "upload, finalize" : "upload", offset,
                    String(rest.prefix(count)))
                rest = rest.dropFirst(count)
                offset += count
                XCTAssertEqual(answer.status, 200)
                if isLast {
                    XCTAssertEqual(answer.text, Self.recorded)
                } else {
                    XCTAssertEqual(answer["x-goog-upload-status"], "active")
                    XCTAssertEqual(answer["x-goog-upload-size-received"], "\(offset)")
                    XCTAssertEqual(
                        try send(server, address, "query")["x-goog-upload-size-received"], "\(offset)")
                }
            }
            XCTAssertEqual(try send(server, address, "query").text, Self.recorded)
            XCTAssertEqual(server.unusedExchanges.count, 1, "\(cuts)")
        }
    }

    func test_otherBytes_areAMiss() throws {
        for (body, why) in [("abcdefgX", "SHA-256"), ("abc", "expected 8 bytes, got 3")] {
            let server = try server()
            let answer = try send(server, try start(server), "upload, finalize", 0, body)
            XCTAssertEqual(answer.status, 400)
            XCTAssertTrue(answer.text.contains(why), answer.text)
            XCTAssertEqual(server.unmatchedRequests.count, 1)
        }
    }

    func test_wrongOffset_cancel_andUploadsThatNobodyKnows() throws {
        let server = try server()
        let address = try start(server)
        XCTAssertEqual(try send(server, address, "upload", 7, "x").status, 400)
        XCTAssertEqual(try send(server, address, "cancel")["x-goog-upload-status"], "cancelled")
        XCTAssertEqual(try send(server, address, "query")["x-goog-upload-status"], "cancelled")
        server.resetState()
        XCTAssertEqual(try send(server, address, "query").status, 404)
        XCTAssertEqual(try send(server, "/upload/v1beta/files?upload_id=other", "query").status, 404)
    }

    func test_otherMetadata_isAMiss() throws {
        let server = try server()
        let answer = try send(
            server, "/upload/v1beta/files", "start", nil, #"{"file": {"display_name": "y"}}"#)
        XCTAssertEqual(answer.status, 400)
        XCTAssertTrue(answer.text.contains("NO_RECORDING_MATCHES"), answer.text)
        let lenient = try self.server(strict: false)
        let own = try send(lenient, "/upload/v1beta/files", "start", nil, #"{"file": {"display_name": "y"}}"#)
        let address = try XCTUnwrap(own["x-goog-upload-url"]).dropFirst("http://x".count)
        XCTAssertEqual(try send(lenient, String(address), "upload, finalize", 0, "abc").status, 200)
        XCTAssertEqual(lenient.unmatchedRequests.count, 1)
    }

    func test_wholeFiles_goByTheirParts() throws {
        func body(_ boundary: String, _ bytes: String) -> String {
            "--\(boundary)\r\nContent-Type: application/json\r\n\r\n\(Self.metadata)\r\n--\(boundary)\r\n"
                + "Content-Type: text/plain\r\n\r\n\(bytes)\r\n--\(boundary)--\r\n"
        }
        func fields(_ boundary: String) -> String {
            "Content-Type: multipart/related; boundary=\(boundary)\r\nX-Goog-Upload-Protocol: multipart\r\n"
        }
        let recording = Recording(
            name: "whole",
            exchanges: [
                RecordedExchange(
                    request: RecordedRequest(
                        method: "POST", target: "/upload/v1beta/files",
                        fields: [HTTPFields.Field("Content-Type", "multipart/related; boundary=one")],
                        body: RecordedBody(Array(body("one", "abc").utf8))),
                    answer: RecordedAnswer(status: 200, body: RecordedBody(Array(Self.recorded.utf8))))
            ])
        let server = try serve { $0.recordings = [MockRecording(recording)] }
        let path = "/upload/v1beta/files"
        XCTAssertEqual(try post(server, path, body("two22", "abc"), fields("two22")).text, Self.recorded)
        let own = try post(server, path, body("two22", "abd"), fields("two22"))
        XCTAssertEqual(own.status, 200)
        XCTAssertTrue(own.text.contains("\"sha256Hash\""), own.text)
        XCTAssertEqual(server.unmatchedRequests.count, 1)
    }

    /// As cassettes have them that keep few header fields.
    func test_recordedWithoutCommands_goesByTheAnswers() throws {
        func bare(_ exchange: RecordedExchange, _ status: String) -> RecordedExchange {
            var exchange = exchange
            exchange.request.fields = []
            exchange.answer.fields.append(HTTPFields.Field("x-goog-upload-status", status))
            return exchange
        }
        let address = HTTPFields.Field(
            "x-goog-upload-url",
            "https://host/upload/v1beta/files?upload_id=REDACTED-1&upload_protocol=resumable")
        let recording = Recording(
            name: "bare",
            exchanges: [
                bare(step("start", nil, Self.metadata, id: nil, fields: [address]), "active"),
                bare(step("upload", 0, "abcd", id: "REDACTED-1"), "active"),
                bare(step("upload, finalize", 4, "efgh", Self.recorded, id: "REDACTED-1"), "final"),
            ])
        let server = try serve {
            $0.recordings = [MockRecording(recording)]
            $0.refusesUnmatched = true
        }
        let whole = try start(server)
        XCTAssertEqual(try send(server, whole, "upload, finalize", 0, "abcdefgh").text, Self.recorded)
        server.reset()
        let target = try start(server)
        XCTAssertEqual(try call(server, "POST", target, "", Array("abcd".utf8)).status, 200)
        XCTAssertEqual(try call(server, "POST", target, "", Array("efgh".utf8)).text, Self.recorded)
        XCTAssertEqual(server.unusedExchanges, [])
        XCTAssertEqual(
            try call(server, "POST", start(server), "", Array("abcX".utf8)).status, 200,
            "what the bytes are is compared at the end")
    }
}
