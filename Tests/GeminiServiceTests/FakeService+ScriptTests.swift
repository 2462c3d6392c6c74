// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiService

final class FakeServiceScriptTests: XCTestCase {
    private let generate = "/v1beta/models/gemini-2.5-flash:generateContent"
    private let stream = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"

    private func answer(
        _ script: ScriptedReply?, _ target: String, _ fields: [(String, String)] = [],
        method: String = "POST", body: String = makeBody(), service: FakeService = makeService()
    ) throws -> APIAnswer {
        let (call, endpoint) = try makeCall(method, target, fields, body: body, service: service)
        return try service.answer(script.map { call.scripted($0) } ?? call, by: endpoint)
    }

    private func texts(_ texts: [[UInt8]]) -> [String] { texts.map { String(decoding: $0, as: UTF8.self) } }

    // MARK: Errors

    func test_error_isThrown_aboutTheCall() throws {
        let error = ScriptedReply.error(NamedError(name: "quota-per-day", retryDelay: .seconds(3)))
        let refusal = try XCTUnwrap(refusal { try answer(error, generate) })
        XCTAssertEqual(refusal.status, .resourceExhausted)
        XCTAssertTrue(refusal.message.contains("model: gemini-2.5-flash\nPlease retry in 3s."))
        XCTAssertEqual(refusal.details.last?["retryDelay"], "3s")
    }

    func test_error_comesBeforeWhatIsWrongWithTheRequest() throws {
        let error = ScriptedReply.error(NamedError(name: "internal"))
        XCTAssertEqual(
            refusal { try answer(error, "/v1beta/models/none:generateContent") }, .internalError)
    }

    func test_error_ofAnotherKind_isGivenAsItIs() throws {
        guard
            case .given(let page) = try answer(.error(NamedError(name: "bad-gateway")), stream + "?alt=sse"),
            case .page(let title, _) = page.body
        else { return XCTFail("no page") }
        XCTAssertEqual(page.status, 502)
        XCTAssertEqual(title, "Error 502 (Server Error)!!1")
        guard case .given(let text) = try answer(.error(NamedError(name: "path-not-found-empty")), generate)
        else { return XCTFail("no text") }
        XCTAssertEqual(text, GivenAnswer(status: 404, body: .text(""), form: .object))
    }

    func test_errorOfTheUploadServer_isThatServers() throws {
        let error = ScriptedReply.error(NamedError(name: "upload-terminated"))
        guard
            case .upload(let answer) = try answer(
                error, "/upload/v1beta/files", [("X-Goog-Upload-Command", "start")], body: "{}")
        else { return XCTFail("no upload") }
        XCTAssertEqual(
            answer,
            UploadAnswer(code: 400, status: .final, body: .text("Upload has already been terminated.")))
    }

    func test_replyThatCantBeSent_isOurFailure() {
        for script in [
            .error(NamedError(name: "nothing")), .body(1, status: 102), .body(1, status: 600),
        ] as [ScriptedReply] {
            XCTAssertThrowsError(try answer(script, generate)) { XCTAssertTrue($0 is UnusableReply, "\($0)") }
        }
    }

    /// Nothing is left of what has arrived: neither a file, nor an upload, nor bytes on the disk.
    func test_error_forAnUpload_leavesNothingBehind() throws {
        let path = makePath()
        let service = makeService(folder: try FileFolder(path: path))
        let error = ScriptedReply.error(NamedError(name: "internal"))
        let multipart =
            "--B\r\n\r\n{\"file\": {}}\r\n--B\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--\r\n"
        for (fields, body) in [
            ([("X-Goog-Upload-Command", "start")], "{}"), ([("Content-Type", "text/plain")], "hello"),
            ([("Content-Type", "multipart/related; boundary=B")], multipart),
        ] {
            for script in [error, .body(["a": 1], status: 200), .body(["a": 1], status: 500)] {
                _ = try? answer(script, "/upload/v1beta/files", fields, body: body, service: service)
                XCTAssertEqual(names(in: path), [])
            }
        }
        XCTAssertEqual(service.fileStore.list(of: Tenant("t"), before: nil, size: 10).files.count, 0)
        // The first upload that isn't refused is the first of all.
        let fresh = makeService()
        XCTAssertEqual(try startUpload(service), try startUpload(fresh))
    }

    // MARK: Whole bodies

    func test_body_isPretty_andWhole() throws {
        let body = ScriptedReply.body(["candidates": [], "x": 1], status: 200)
        let answer = try answer(body, generate)
            .shaped(try AnswerShape(query: [], message: "GenerateContentResponse"))
        let masked = answer.shaped(
            try AnswerShape(
                query: RequestTarget("/?fields=usageMetadata&prettyPrint=false").query,
                message: "GenerateContentResponse"))
        for answer in [answer, masked] {
            guard case .whole(.json(let text, let tier)) = answer else { return XCTFail("\(answer)") }
            XCTAssertEqual(texts([text]), ["{\n  \"candidates\": [],\n  \"x\": 1\n}"])
            XCTAssertEqual(tier, "standard")
        }
        guard case .whole(.json(_, nil)) = try self.answer(body, "/v1beta/models", method: "GET") else {
            return XCTFail("only generateContent tells a tier")
        }
    }

    func test_body_withAnotherStatus_isTheSame() throws {
        for (target, form) in [
            (generate, ErrorForm.object), (stream, .array), (stream + "?alt=sse", .eventStream),
        ] {
            guard case .given(let answer) = try answer(.body([1], status: 418), target) else {
                return XCTFail(target)
            }
            XCTAssertEqual(answer, GivenAnswer(status: 418, body: .json(Array("[\n  1\n]".utf8)), form: form))
        }
    }

    func test_body_ofAStream_isAnEventEach() throws {
        for (json, parts) in [
            (["a": 1] as JSON, [["a": 1] as JSON]), ([["a": 1], ["b": 2]], [["a": 1], ["b": 2]]), ([], []),
        ] {
            guard
                case .whole(.events(let events)) = try answer(.body(json, status: 200), stream + "?alt=sse"),
                case .whole(.elements(let elements)) = try answer(.body(json, status: 200), stream)
            else { return XCTFail("no stream") }
            XCTAssertEqual(events, parts.map { $0.bytes(.singleLine) })
            XCTAssertEqual(elements, parts.map { $0.bytes(.pretty) })
        }
    }

    func test_body_ofAnInteraction_isOneLine_orFrames() throws {
        let target = "/v1beta/interactions"
        let event: JSON = ["index": 0, "event_type": "step.stop"]
        guard
            case .interaction(let text) = try answer(
                .body(event, status: 200), target, body: makeInteractionBody())
        else { return XCTFail("no JSON") }
        XCTAssertEqual(texts([text]), [#"{"index":0,"event_type":"step.stop"}"#])
        let frame = "event: step.stop\ndata: {\"index\":0,\"event_type\":\"step.stop\"}\n\n"
        for (json, count) in [(event, 1), ([event, event], 2)] as [(JSON, Int)] {
            let body = makeInteractionBody(members: #""stream": true"#)
            guard case .frames(let frames) = try answer(.body(json, status: 200), target, body: body) else {
                return XCTFail("no frames")
            }
            XCTAssertEqual(
                texts(frames), Array(repeating: frame, count: count) + ["event: done\ndata: [DONE]\n\n"])
        }
        guard
            case .given(let refused) = try answer(
                .body(["a": 1], status: 500), target, body: makeInteractionBody(members: #""stream": true"#))
        else { return XCTFail("no JSON") }
        XCTAssertEqual(
            refused, GivenAnswer(status: 500, body: .json(Array(#"{"a":1}"#.utf8)), form: .interaction))
    }

    func test_body_ofAnUpload_isFinal() throws {
        for status in [200, 503] {
            guard
                case .whole(.upload(let answer)) = try answer(
                    .body(["a": 1], status: status), "/upload/v1beta/files",
                    [("X-Goog-Upload-Command", "start")], body: "{}")
            else { return XCTFail("no upload") }
            XCTAssertEqual(
                answer,
                UploadAnswer(code: status, status: .final, body: .json(Array("{\n  \"a\": 1\n}".utf8))))
        }
    }

    // MARK: All else

    func test_whatAnEndpointDoesntLookAt_changesNothing() throws {
        for script in [.builtIn(AnswerOverrides()), .file(FileFate(end: .failed)), nil] as [ScriptedReply?] {
            guard
                case .json(let text, _) = try answer(script, "/v1beta/models/gemini-2.5-flash", method: "GET")
            else {
                return XCTFail("no JSON")
            }
            XCTAssertTrue(texts([text])[0].contains("models/gemini-2.5-flash"))
        }
    }
}
