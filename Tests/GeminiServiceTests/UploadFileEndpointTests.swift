// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiService

/// Whole uploads, from the head to the file.
final class UploadFileEndpointTests: XCTestCase {
    private let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_054))
    private let hello = Array("hello".utf8)
    private let piece = [UInt8](repeating: 7, count: UploadAnswer.granularity)

    private func received(_ answer: UploadAnswer?) -> String? {
        answer?.fields.first { $0.name == "X-Goog-Upload-Size-Received" }?.value
    }

    // MARK: Start

    func test_start_givesAnIdAndItsAddress() throws {
        let head = makeHead(
            "POST", "/upload/v1/files?key=k",
            [("Host", "mock:1"), ("X-Goog-Upload-Command", "start"), ("X-Goog-Upload-Protocol", "resumable")])
        let answer = try XCTUnwrap(try sendUpload(head, to: makeService()))
        let id = try XCTUnwrap(answer.id)
        XCTAssertEqual(
            answer,
            .started(
                id: id, url: "http://mock:1/upload/v1/files?key=k&upload_id=\(id)&upload_protocol=resumable"))
    }

    func test_start_isRefused_forWhatCannotBecomeAFile() throws {
        let service = makeService(maximumFileBytes: 10)
        for (json, fields, error) in [
            (#"{"file": {"name": "files/-"}}"#, [], APIError.badFileName),
            ("{}", [("header-content-length", "11")], .fileTooLarge(limit: 10)),
            (
                "{}", [("header-content-type", "a/" + String(repeating: "b", count: 254))],
                .unsupportedType("a/" + String(repeating: "b", count: 254))
            ),
        ] as [(String, [(String, String)], APIError)] {
            let head = makeUploadHead("start", fields: [("protocol", "resumable")] + fields)
            XCTAssertEqual(refusal { try sendUpload(head, [Array(json.utf8)], to: service) as Any }, error)
        }
        let other = makeUploadHead("query", fields: [("protocol", "resumable")])
        XCTAssertEqual(try sendUpload(other, to: service), UploadRefusal.noCommand.answer(id: nil))
    }

    /// Scenarios may choose by all that is known of a file.
    func test_contents_areTheWholeFile_whereItCameInOneRequest() throws {
        let (service, endpoint) = (makeService(), UploadFileEndpoint())
        func file(_ head: RequestHead, _ body: [UInt8]?) throws -> CallFile? {
            let receiver = endpoint.receiver(for: head, service)
            body?.withUnsafeBytes { receiver?.receive($0) }
            let json = try JSONDocument(parsing: Array(#"{"file": {"mimeType": "a/b"}}"#.utf8)).root
            let call = APICall(
                head: head, version: "v1", names: [], tenant: Tenant("t"), body: json, received: receiver)
            return endpoint.contents(of: call, service).attachments(of: call.tenant, service).files.first
        }
        let raw = makeHead(
            "POST", "/upload/v1/files", [("X-Goog-Upload-Protocol", "raw"), ("Content-Type", "audio/mpeg")])
        let whole = try file(raw, hello)
        XCTAssertEqual(whole?.mimeType, "audio/mpeg")
        XCTAssertEqual(whole?.size, 5)
        XCTAssertEqual(whole?.sha256, SHA256.hex(of: "hello"))
        let start = makeUploadHead(
            "start", fields: [("protocol", "resumable"), ("header-content-length", "7")])
        let announced = try file(start, nil)
        XCTAssertEqual(announced?.mimeType, "a/b")
        XCTAssertEqual(announced?.size, 7)
        XCTAssertNil(announced?.sha256)
    }

    // MARK: In pieces

    /// CORE 2.4: JavaScript and Python.
    func test_chunks_thenTheLastOne() throws {
        let service = makeService(clock: clock)
        let id = try startUpload(
            service, announced: piece.count + 5, json: "{'file': {'display_name': 'AUDIO'}}")
        let first = try sendChunk("upload", id, at: 0, [piece], to: service)
        XCTAssertEqual(first?.status, .active)
        XCTAssertEqual(received(first), String(piece.count))
        let last = try sendChunk("upload, finalize", id, at: piece.count, [hello], to: service)
        XCTAssertEqual(last?.status, .final)
        let file = try uploadedFile(last)
        XCTAssertEqual(file["sizeBytes"], .string(String(piece.count + 5)))
        XCTAssertEqual(file["displayName"], "AUDIO")
        XCTAssertEqual(try sendChunk("query", id, to: service), last)
    }

    /// CORE 2.4: Go ends a file of whole chunks with an empty one, and announces no length.
    func test_emptyLastChunk_endsAFile() throws {
        for (parts, size) in [([piece], piece.count), ([], 0)] {
            let service = makeService()
            let id = try startUpload(service)
            for part in parts { try sendChunk("upload", id, at: 0, [part], to: service) }
            let file = try uploadedFile(
                try sendChunk("upload, finalize", id, at: size, to: service))
            XCTAssertEqual(file["sizeBytes"], size == 0 ? nil : .string(String(size)))
        }
    }

    func test_finalizeAlone_endsAFile_withoutOffset() throws {
        let service = makeService()
        let id = try startUpload(service)
        XCTAssertNil(try sendChunk("upload, finalize", id, at: 0, [hello], isWhole: false, to: service))
        let file = try uploadedFile(try sendChunk("finalize", id, to: service))
        XCTAssertEqual(file["sizeBytes"], "5")
        XCTAssertEqual(file["state"], "ACTIVE")
    }

    /// CORE 2.4: the command decides, whatever fields of the start are sent again.
    func test_startsFieldsOnAChunk_makeNoDifference() throws {
        let service = makeService()
        let id = try startUpload(service, json: #"{"file": {"mimeType": "audio/mpeg"}}"#)
        let head = makeUploadHead(
            "upload, finalize", id: id,
            fields: [
                ("offset", "0"), ("protocol", "resumable"), ("header-content-length", "999"),
                ("header-content-type", "a/b"), ("Content-Type", "application/json"),
            ])
        XCTAssertEqual(try uploadedFile(try sendUpload(head, [hello], to: service))["mimeType"], "audio/mpeg")
    }

    func test_abortedChunk_isResumed_whereItBrokeOff() throws {
        let path = makePath()
        let service = makeService(folder: try FileFolder(path: path))
        let id = try startUpload(service, announced: 5)
        XCTAssertNil(
            try sendChunk(
                "upload, finalize", id, at: 0, [Array("hel".utf8)], hasLength: false, isWhole: false,
                to: service))
        let progress = try sendChunk("query", id, to: service)
        XCTAssertEqual(progress?.status, .active)
        XCTAssertEqual(received(progress), "3")
        XCTAssertEqual(
            try sendChunk("upload, finalize", id, at: 0, [hello], to: service),
            UploadRefusal.wrongOffset(expected: 3, got: 0).answer(id: id))
        let file = try uploadedFile(
            try sendChunk("upload, finalize", id, at: 3, [Array("lo".utf8)], to: service))
        XCTAssertEqual(
            file["sha256Hash"], .string(Base64Encoding.standard(Array(SHA256.hex(of: "hello").utf8))))
        XCTAssertEqual(names(in: path).count, 2)
    }

    func test_cancel_endsAnUpload_andRemovesItsBytes() throws {
        let path = makePath()
        let service = makeService(folder: try FileFolder(path: path))
        let id = try startUpload(service)
        _ = try sendChunk("upload, finalize", id, at: 0, [hello], isWhole: false, to: service)
        XCTAssertEqual(names(in: path).count, 1)
        XCTAssertEqual(try sendChunk("cancel", id, to: service)?.status, .cancelled)
        XCTAssertEqual(names(in: path), [])
        XCTAssertEqual(
            try sendChunk("upload, finalize", id, at: 5, to: service), UploadRefusal.terminated.answer(id: id)
        )
    }

    func test_unknownOrOldUpload_isNotFound() throws {
        let service = makeService(clock: clock)
        let id = try startUpload(service)
        clock.advance(by: .seconds(7 * 24 * 3600))
        for id in [id, "AJnever", ""] {
            for command in ["upload, finalize", "query", "cancel", "finalize", "nonsense"] {
                XCTAssertEqual(
                    try sendChunk(command, id, at: 0, to: service),
                    UploadRefusal.unknownUpload.answer(id: nil))
            }
        }
    }

    func test_requestWithoutACommand_isRefused() throws {
        let service = makeService()
        let id = try startUpload(service)
        for command in ["", "nonsense", "start"] {
            XCTAssertEqual(
                try sendChunk(command, id, [hello], to: service), UploadRefusal.noCommand.answer(id: id))
        }
        XCTAssertEqual(try sendChunk("query", id, to: service)?.status, .active)
    }

    func test_takenName_isToldAtTheEnd_andEndsTheUpload() throws {
        let service = makeService()
        let ids = try (0..<2).map { _ in try startUpload(service, json: #"{"file": {"name": "files/mine"}}"#)
        }
        _ = try sendChunk("upload, finalize", ids[0], at: 0, [hello], to: service)
        XCTAssertEqual(
            refusal { try sendChunk("upload, finalize", ids[1], at: 0, [hello], to: service) as Any },
            .fileExists("mine"))
        XCTAssertEqual(
            try sendChunk("query", ids[1], to: service), UploadRefusal.terminated.answer(id: ids[1]))
    }

    // MARK: Whose

    /// CORE 2.2: Python's client sends no key with its chunks.
    func test_upload_isItsStartersFile_whoeverBringsTheBytes() throws {
        let service = makeService()
        let id = try startUpload(service, json: #"{"file": {"name": "mine"}}"#, tenant: Tenant("starter"))
        _ = try sendChunk("upload, finalize", id, at: 0, [hello], to: service)
        XCTAssertEqual(try service.fileStore.storedFile("mine", of: Tenant("starter")).sizeBytes, 5)
        XCTAssertEqual(
            refusal { try service.fileStore.storedFile("mine", of: Tenant("t")) }, .noSuchFile("mine"))
    }

    // MARK: In one request

    func test_raw_isAFileOfItsContentType() throws {
        let service = makeService()
        for (type, expected) in [("audio/wav", "audio/wav"), ("", "text/plain")] {
            let head = makeUploadHead(fields: [("protocol", "raw"), ("Content-Type", type)])
            let answer = try sendUpload(head, [hello], to: service)
            XCTAssertEqual(answer?.status, .final)
            XCTAssertEqual(try uploadedFile(answer)["mimeType"], .string(expected))
        }
        for type in [
            "nonsense", "a/" + String(repeating: "b", count: 254),
            "a/b;" + String(repeating: "c", count: 252),
        ] {
            let bad = makeUploadHead(fields: [("protocol", "raw"), ("Content-Type", type)])
            XCTAssertEqual(
                refusal { try sendUpload(bad, [hello], to: service) as Any }, .unsupportedType(type))
        }
    }

    func test_uploads_areTheOnlyRequestsWhoseBodiesAreReceived() {
        for endpoint in EndpointTable.all {
            let path = endpoint.route.description.replacing("{version}", with: "v1").replacing("*", with: "x")
                .split(separator: " ").map(String.init)
            let head = makeHead(path[0], path[1], [("X-Goog-Upload-Protocol", "raw")])
            let found = endpoint.receiver(for: head, makeService()) != nil
            XCTAssertEqual(found, endpoint.receivesBodies, endpoint.name)
            XCTAssertEqual(
                EndpointTable().receivingEndpoint(for: head)?.endpoint.name, found ? endpoint.name : nil)
        }
        for (method, target) in [
            ("GET", "/upload/v1/files"), ("POST", "/upload/v9/files"), ("POST", "/upload/v1/files/"),
            ("POST", "/upload/v1/other"), ("POST", "/upload"),
        ] {
            XCTAssertNil(
                EndpointTable().receivingEndpoint(for: makeHead(method, target))?.endpoint.name, target)
        }
    }

    // MARK: Fates

    private let failing = ScriptedReply.file(FileFate(processing: .polls(1), end: .failed, error: "No."))

    private func check(_ file: JSON, _ service: FakeService) throws {
        XCTAssertEqual(file["state"], "PROCESSING")
        let id = try XCTUnwrap(file["name"]?.text?.dropFirst(6))
        let target = "/v1beta/files/\(id)"
        XCTAssertEqual(try makeAnswerJSON("GET", target, service: service)["state"], "PROCESSING")
        let failed = try makeAnswerJSON("GET", target, service: service)
        XCTAssertEqual(failed["state"], "FAILED")
        XCTAssertEqual(failed["error"], ["code": 13, "message": "No."])
        var used = service
        used.files = service.fileStore
        let body = makeBody(contents: #"[{"parts": [\#(makeFilePart("files/\(id)"))]}]"#)
        XCTAssertEqual(
            refusal {
                try makeAnswer(
                    "POST", "/v1beta/models/gemini-2.5-flash:generateContent", body: body, service: used)
            }, .fileNotActive(String(id)))
    }

    func test_fateOfTheStart_isThatOfTheFile() throws {
        let service = makeService(clock: clock)
        let (call, endpoint) = try makeCall(
            "POST", "/upload/v1beta/files", [("X-Goog-Upload-Command", "start")], service: service)
        guard case .upload(let started) = try service.answer(call.scripted(failing), by: endpoint) else {
            return XCTFail("not started")
        }
        let id = try XCTUnwrap(started.id)
        let last = try sendChunk("upload, finalize", id, at: 0, [hello], to: service)
        try check(try uploadedFile(last), service)
    }

    func test_fateOfASingleRequest_isThatOfItsFile() throws {
        let multipart = "--B\r\n\r\n{}\r\n--B\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--\r\n"
        for (type, body) in [("multipart/related; boundary=B", multipart), ("text/plain", "hello")] {
            let service = makeService(clock: clock)
            let (call, endpoint) = try makeCall(
                "POST", "/upload/v1beta/files", [("Content-Type", type)], body: body, service: service)
            guard case .upload(let answer) = try service.answer(call.scripted(failing), by: endpoint) else {
                return XCTFail("no upload")
            }
            try check(try uploadedFile(answer), service)
        }
    }
}
