// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiService

final class CallContentsTests: XCTestCase {
    private func contents(
        _ target: String, _ body: String, _ fields: [(String, String)] = [],
        _ service: FakeService = makeService()
    ) throws -> (CallConversation, CallAttachments) {
        let (call, endpoint) = try makeCall("POST", target, fields, body: body, service: service)
        let bound = try service.checks.bind(call, to: endpoint)
        let contents = endpoint.contents(of: bound, service)
        return (contents.conversation, contents.attachments(of: call.tenant, service))
    }

    private let generate = "/v1beta/models/gemini-2.5-flash:generateContent"

    func test_generateContent_tellsWhatIsSaid() throws {
        for target in [generate, generate.replacingOccurrences(of: ":generate", with: ":streamGenerate")] {
            let (said, _) = try contents(
                target,
                #"""
                {"systemInstruction": {"parts": [{"text": "be "}, {"text": "brief"}]},
                 "tools": [{"functionDeclarations": [{"name": "f"}, {"name": "g"}]}],
                 "contents": [{"parts": [{"text": "first"}]}, {"role": "model", "parts": [{"text": "answer"}]},
                   {"role": "user", "parts": [{"text": "not this", "thought": true}, {"text": "last"}]},
                   {"role": "model", "parts": [{"functionCall": {"name": "f"}}]},
                   {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {}}}]}]}
                """#)
            XCTAssertEqual(said.system, "be brief")
            XCTAssertEqual(said.lastText, "last")
            XCTAssertEqual(said.tools, ["f", "g"])
            XCTAssertEqual(said.functionResponses, ["f"])
            XCTAssertEqual(said.turn, 3)
        }
    }

    func test_generateContent_tellsItsMedia() throws {
        let file = makeEntry("audio/wav", size: 77)
        let service = makeService(files: FileTable(["abc": file]))
        let (_, media) = try contents(
            generate,
            #"""
            {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}},
              {"fileData": {"fileUri": "https://x/v1beta/files/abc"}},
              {"inlineData": {"mimeType": "image/png", "data": "AAAAAAA="}}]}]}
            """#, [], service)
        XCTAssertEqual(media.inlineBytes, 8)
        XCTAssertEqual(media.files.map(\.mimeType), ["audio/wav"])
        XCTAssertEqual(media.files.map(\.size), [77])
        XCTAssertEqual(media.files.map(\.sha256), [String(repeating: "0", count: 64)])
    }

    func test_otherMethods_tellTheirTexts() throws {
        let one = #"{"parts": [{"text": "hello"}]}"#
        let (counted, _) = try contents(
            "/v1beta/models/gemini-2.5-flash:countTokens", #"{"contents": [\#(one)]}"#)
        XCTAssertEqual(counted.lastText, "hello")
        let (embedded, _) = try contents(
            "/v1beta/models/gemini-embedding-001:embedContent", #"{"content": \#(one)}"#)
        XCTAssertEqual(embedded.lastText, "hello")
        let request = #"{"model": "models/gemini-embedding-001", "content": \#(one)}"#
        let (batch, _) = try contents(
            "/v1beta/models/gemini-embedding-001:batchEmbedContents", #"{"requests": [\#(request)]}"#)
        XCTAssertEqual(batch.lastText, "hello")
    }

    func test_interactions_tellTheWholeConversation() throws {
        let service = makeService()
        let answer = try makeAnswer(
            "POST", "/v1beta/interactions", body: #"{"model": "gemini-2.5-flash", "input": "first"}"#,
            service: service)
        guard case .interaction(let bytes) = answer else { return XCTFail("\(answer)") }
        let id = try XCTUnwrap(try JSONDocument(parsing: bytes).root["id"]?.string)
        let (said, _) = try contents(
            "/v1beta/interactions",
            #"""
            {"model": "gemini-2.5-flash", "previous_interaction_id": "\#(id)", "system_instruction": "be brief",
             "tools": [{"type": "function", "name": "f"}],
             "input": [{"type": "user_input", "content": [{"type": "text", "text": "second"}]},
               {"type": "function_call", "id": "c", "name": "f", "arguments": {}},
               {"type": "function_result", "call_id": "c", "result": "done"}]}
            """#, [], service)
        XCTAssertEqual(said.system, "be brief")
        XCTAssertEqual(said.lastText, "second")
        XCTAssertEqual(said.tools, ["f"])
        XCTAssertEqual(said.functionResponses, ["f"])
        XCTAssertEqual(said.turn, 3)
    }

    func test_anUpload_tellsItsFile_asFarAsItIsKnown() throws {
        let (_, started) = try contents(
            "/upload/v1beta/files", #"{"file": {"mimeType": "audio/wav"}}"#,
            [
                ("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", "start"),
                ("X-Goog-Upload-Header-Content-Length", "1000"),
            ])
        XCTAssertEqual(started.files.map(\.mimeType), ["audio/wav"])
        XCTAssertEqual(started.files.map(\.size), [1000])
        XCTAssertEqual(started.files.map(\.sha256), [nil])
        let (_, whole) = try contents(
            "/upload/v1beta/files", "hello",
            [("X-Goog-Upload-Protocol", "raw"), ("Content-Type", "text/plain")])
        XCTAssertEqual(whole.files.map(\.mimeType), ["text/plain"])
        XCTAssertEqual(whole.files.map(\.size), [5])
        XCTAssertEqual(
            whole.files.map(\.sha256), ["2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"])
    }

    func test_whatCannotBeRead_isNotSaid() throws {
        for body in [#"{"contents": 7}"#, #"{}"#] {
            let service = makeService(checks: RequestChecks(mode: .off))
            let (said, media) = try contents(generate, body, [], service)
            XCTAssertNil(said.lastText)
            XCTAssertTrue(media.files.isEmpty)
            let (turn, _) = try contents("/v1beta/interactions", body, [], service)
            XCTAssertNil(turn.lastText)
        }
    }

    func test_whichModel_andWhetherAStream() throws {
        func ask(_ target: String, _ body: String = "{}") throws -> (String?, Bool) {
            let (call, endpoint) = try makeCall("POST", target, body: body)
            return (endpoint.model(of: call), endpoint.isStream(call))
        }
        XCTAssertEqual(try ask(generate).0, "gemini-2.5-flash")
        XCTAssertFalse(try ask(generate).1)
        XCTAssertTrue(try ask("/v1beta/models/x:streamGenerateContent").1)
        XCTAssertEqual(try ask("/v1beta/interactions", #"{"model": "models/m", "stream": true}"#).0, "m")
        XCTAssertTrue(try ask("/v1beta/interactions", #"{"model": "models/m", "stream": true}"#).1)
        XCTAssertNil(try ask("/upload/v1beta/files").0)
    }
}
