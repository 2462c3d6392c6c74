// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMock
import HTTPWire
import TestSupport
import XCTest

/// The exact bytes of each kind of answer, kept in `Goldens/NAME.http` as they are on the wire.
///
/// With GEMINI_MOCK_WRITE_GOLDENS=1 the files are written instead, and the run fails, so that nobody does so unawares.
final class WireGoldenTests: XCTestCase {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Goldens")

    private let question = #"{"contents": [{"parts": [{"text": "What is the capital of France?"}]}]}"#

    // MARK: Answers

    func test_generateContent() throws {
        try check("generateContent", post("v1beta/models/gemini-2.5-flash:generateContent", question))
    }

    func test_generateContent_on20() throws {
        try check("generateContent-2.0", post("v1/models/gemini-2.0-flash:generateContent", question))
    }

    func test_generateContent_withThoughts() throws {
        let body = """
            {"contents": [{"parts": [{"text": "Hi"}]}], "generationConfig": {"thinkingConfig": {"includeThoughts": true}}}
            """
        try check("generateContent-thoughts", post("v1beta/models/gemini-3.5-flash:generateContent", body))
    }

    func test_generateContent_withFunctionCall() throws {
        let body = """
            {"contents": [{"role": "user", "parts": [{"text": "How warm is it in Paris?"}]}], "tools": [
            {"functionDeclarations": [{"name": "get_weather", "parameters": {"type": "OBJECT", "properties":
            {"city": {"type": "STRING", "enum": ["Paris"]}}, "required": ["city"]}}]}]}
            """
        try check("generateContent-call", post("v1beta/models/gemini-3.5-flash:generateContent", body))
    }

    func test_generateContent_atItsLimit() throws {
        let body = #"{"contents": [{"parts": [{"text": "Hi"}]}], "generationConfig": {"maxOutputTokens": 5}}"#
        try check("generateContent-limit", post("v1beta/models/gemini-2.5-flash:generateContent", body))
    }

    func test_streamGenerateContent_asEvents() throws {
        try check(
            "streamGenerateContent-events",
            post("v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", question)
        )
    }

    func test_streamGenerateContent_asArray() throws {
        try check(
            "streamGenerateContent-array",
            post("v1beta/models/gemini-3.5-flash:streamGenerateContent", question)
        )
    }

    func test_countTokens() throws {
        try check("countTokens", post("v1beta/models/gemini-3.5-flash:countTokens", question))
    }

    func test_embedContent() throws {
        let body = #"{"content": {"parts": [{"text": "hello"}]}, "outputDimensionality": 4}"#
        try check("embedContent", post("v1beta/models/gemini-embedding-001:embedContent", body))
    }

    func test_batchEmbedContents() throws {
        let body = """
            {"requests": [{"model": "models/gemini-embedding-2", "content": {"parts": [{"text": "hello"}]},
            "outputDimensionality": 3}, {"model": "models/gemini-embedding-2", "content": {"parts": [{"text": "world"}]},
            "outputDimensionality": 3}]}
            """
        try check("batchEmbedContents", post("v1beta/models/gemini-embedding-2:batchEmbedContents", body))
    }

    func test_models() throws {
        try check("models", get("v1beta/models?pageSize=2"))
        try check("model", get("v1beta/models/gemini-2.5-flash"))
    }

    func test_preflight() throws {
        try check(
            "preflight",
            "OPTIONS /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1\r\nHost: x\r\n"
                + "Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: content-type,x-goog-api-key\r\nConnection: close\r\n\r\n"
        )
    }

    func test_crossOrigin() throws {
        try check("crossOrigin", get("v1beta/models/unknown", fields: ["Origin: https://app.example"]))
    }

    func test_model_compactAndInPart() throws {
        try check("model-part", get("v1beta/models/gemini-3.5-flash?prettyPrint=false&fields=name,topK"))
    }

    // MARK: Interactions

    private let greeting = #""model": "gemini-3.5-flash", "input": "Hi""#
    private let forecast = """
        "model": "gemini-3.5-flash", "input": "How warm is it in Paris?", "tools": [{"type": "function", "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string", "enum": ["Paris"]}}, "required":
        ["city"]}}]
        """

    func test_interaction() throws {
        try check("interaction", post("v1beta/interactions", "{\(greeting)}"))
        try check("interaction-passing", post("v1/interactions", #"{\#(greeting), "store": false}"#))
        try check("interaction-call", post("v1beta/interactions", "{\(forecast)}"))
        try check(
            "interaction-background", post("v1beta/interactions", #"{\#(greeting), "background": true}"#))
    }

    func test_interaction_asEvents() throws {
        try check("interaction-events", post("v1beta/interactions", #"{\#(greeting), "stream": true}"#))
        try check(
            "interaction-events-passing",
            post("v1beta/interactions", #"{\#(greeting), "stream": true, "store": false}"#))
        try check(
            "interaction-events-call", post("v1beta/interactions", #"{\#(forecast), "stream": true}"#))
        let summaries = #""generation_config": {"thinking_summaries": "auto"}"#
        try check(
            "interaction-events-summaries",
            post("v1beta/interactions", #"{\#(greeting), "stream": true, \#(summaries)}"#))
    }

    /// A run that takes no time, so that its stream is whole at once.
    func test_interaction_asEventsOfARun() throws {
        try check(
            "interaction-events-background",
            post("v1beta/interactions", #"{\#(greeting), "stream": true, "background": true}"#))
        let created = post("v1beta/interactions", "{\(greeting)}")
        try check("interaction-got", get("v1/interactions/{id}?stream=false"), after: created)
        try check("interaction-got-input", get("v1/interactions/{id}?include_input=true"), after: created)
        try check("interaction-got-events", get("v1/interactions/{id}?stream=true"), after: created)
        // The last but one of the text's deltas.
        try check(
            "interaction-got-events-rest",
            get("v1/interactions/{id}?last_event_id=v1_MV9tb2RlbF9vdXRwdXRfMQ&stream=true"), after: created)
        try check(
            "interaction-deleted",
            "DELETE /v1/interactions/{id} HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\nConnection: close\r\n\r\n",
            after: created)
    }

    func test_interaction_refusals() throws {
        try check(
            "refusal-interaction", post("v1beta/interactions", #"{\#(greeting), "generationConfig": {}}"#))
        try check("refusal-interaction-get", get("v1/interactions/v1_unknown?stream=true"))
        try check("refusal-interaction-key", get("v1/interactions/v1_unknown", key: "made-up-unknown"))
        try check(
            "refusal-interaction-legacy",
            get(
                "v1beta/interactions/x",
                fields: ["x-goog-api-client: google-genai-sdk/1.75.0 gl-python/3.11.7"]))
        try check("refusal-neighbour", post("v1beta/webhooks/x:ping", "{}"))
        try check("refusal-neighbour-caches", post("v1beta/cachedContents", "{}"))
    }

    // MARK: Refusals

    func test_refusal_ofMalformedJSON() throws {
        try check(
            "refusal-json",
            post("v1beta/models/gemini-2.5-flash:generateContent", #"{"contents": [{"parts": [bad]}]}"#)
        )
    }

    func test_refusal_ofAbsentContents() throws {
        try check("refusal-contents", post("v1beta/models/gemini-2.5-flash:generateContent", "{}"))
    }

    func test_refusal_ofBadBase64() throws {
        let body = """
            {"contents": [{"parts": [{"text": "Hi"}, {"inlineData": {"mimeType": "audio/wav", "data": "data:x"}}]}]}
            """
        try check("refusal-base64", post("v1beta/models/gemini-2.5-flash:generateContent", body))
    }

    func test_refusal_ofValuesThatDoNotFit() throws {
        let body = """
            {"x": 1, "systemInstruction": "a", "contents": [{"parts": [{"text": 5}, {"text": "a", "inline_data": {}}]}],
            "tools": {"functionDeclarations": [{"name": "f", "parameters": {"properties": {"a": {"type": ["NULL"]}}}}]},
            "generationConfig": {"topK": "many", "thinkingConfig": {"thinkingLevel": "BOGUS"}}}
            """
        try check("refusal-binding", post("v1/models/gemini-2.5-flash:generateContent", body))
        try check("refusal-query", get("v1beta/models?pageSize=abc&foo=1"))
    }

    func test_refusal_ofUnknownModel() throws {
        try check("refusal-model", post("v1beta/models/gemini-3.6-flahs:generateContent", question))
        try check(
            "refusal-model-array", post("v1beta/models/gemini-3.6-flahs:streamGenerateContent", question))
        try check(
            "refusal-model-events",
            post("v1beta/models/gemini-3.6-flahs:streamGenerateContent?alt=sse", question)
        )
        try check("refusal-model-count", post("v1/models/nonexistent:countTokens", question))
        try check("refusal-model-get", get("v1/models/nonexistent"))
    }

    func test_refusal_ofUnknownMethod() throws {
        try check("refusal-method", post("v1beta/models/gemini-2.5-flash:countTextTokens", "{}"))
    }

    func test_refusal_ofUnknownPath() throws {
        try check("refusal-path", get("v1beta/nothing/<here>"))
    }

    func test_refusal_ofLargeBody() throws {
        let body = #"{"contents": [{"parts": [{"text": ""# + String(repeating: "a", count: 2000) + #""}]}]}"#
        try check("refusal-size", post("v1beta/models/gemini-2.5-flash:generateContent", body))
    }

    func test_refusal_ofCredentials() throws {
        let path = "v1beta/models/gemini-2.5-flash"
        try check("refusal-no-key", get(path, key: nil))
        try check("refusal-unknown-key", get(path, key: "made-up-unknown"))
        try check("refusal-unknown-new-key", get(path, key: "AQ.made-up-unknown"))
        try check("refusal-two-keys", get(path + "?key=made-up", key: "made-up"))
        try check("refusal-token", get(path, key: nil, fields: ["Authorization: Bearer made-up-unknown"]))
    }

    func test_refusal_ofAmbiguousHead() throws {
        try check(
            "refusal-framing",
            "POST /v1beta/models HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n"
        )
    }

    // MARK: Requests

    private func post(_ path: String, _ body: String) -> String {
        "POST /\(path) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    private func get(_ path: String, key: String? = "made-up", fields: [String] = []) -> String {
        let lines = fields + (key.map { ["x-goog-api-key: \($0)"] } ?? [])
        return "GET /\(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + lines.map { "\($0)\r\n" }.joined() + "\r\n"
    }

    /// - Parameter earlier: is sent before; the id in its answer takes the place of `{id}`.
    private func check(
        _ name: String, _ request: String, after earlier: String? = nil, line: UInt = #line
    ) throws {
        var configuration = MockServer.Configuration()
        configuration.clock = FixedWallClock(seconds: 1_787_150_052)
        configuration.apiKeys = ["made-up"]
        configuration.maximumRequestBytes = 1500
        if name.contains("events-background") { configuration.backgroundRunLength = .zero }
        let server = try MockServer.start(configuration)
        defer { server.stop() }
        var request = request
        if let earlier {
            let text = String(decoding: try exchange(earlier, with: server), as: UTF8.self)
            let id = try XCTUnwrap(text.split(separator: "\"").first { $0.hasPrefix("v1_") })
            request = request.replacingOccurrences(of: "{id}", with: id)
        }
        let answer = try exchange(request, with: server)
        let file = Self.folder.appendingPathComponent("\(name).http")
        if ProcessInfo.processInfo.environment["GEMINI_MOCK_WRITE_GOLDENS"] == "1" {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(answer).write(to: file)
            XCTFail(
                "wrote \(file.lastPathComponent): look at it, then run without GEMINI_MOCK_WRITE_GOLDENS",
                line: line)
            return
        }
        let golden = try Data(contentsOf: file)
        XCTAssertEqual(
            String(decoding: answer, as: UTF8.self), String(decoding: golden, as: UTF8.self), name, line: line
        )
    }

    private func exchange(_ request: String, with server: MockServer) throws -> [UInt8] {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(request)
        return try client.receiveToEnd()
    }
}
