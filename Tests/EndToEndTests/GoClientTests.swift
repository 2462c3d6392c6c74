// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What google.golang.org/genai 1.69 sends (CORE 1.5), read by that client's own rules (CORE 4.5, 4.7, 7),
/// over a plain socket.
final class GoClientTests: ServerTestCase {
    private static let model = "/v1beta/models/gemini-2.5-flash"
    /// Go's encoder sorts the keys, writes `<`, `>` and `&` as escapes, and ends with a line end.
    private static let greeting =
        #"{"contents":[{"parts":[{"text":"Grüße 🌍, \u003cb\u003e\u0026amp;\u003c/b\u003e"}],"role":"user"}]}"#
        + "\n"

    private func fields(_ more: [(String, String)] = []) -> [(String, String)] {
        [
            ("User-Agent", "google-genai-sdk/1.69.0 gl-go/go1.25.3"), ("Content-Type", "application/json"),
            ("X-Goog-Api-Client", "google-genai-sdk/1.69.0 gl-go/go1.25.3"),
            ("X-Goog-Api-Key", "made-up-key"),
            ("X-Server-Timeout", "60"), ("Accept-Encoding", "gzip"),
        ] + more
    }

    // MARK: Whole answers

    func test_generateContent_answersABodyWithALineEnd() throws {
        let server = try serve()
        let answer = try server.exchange(
            "POST", "\(GoClientTests.model):generateContent", fields(), body: GoClientTests.greeting
        )
        let generated = try XCTUnwrap(GeneratedAnswer(answer.json), answer.text)
        XCTAssertTrue(generated.text.contains("Grüße 🌍, <b>&amp;</b>"), generated.text)
        // Go decodes into int32: numbers, not texts, and whole ones.
        for name in ["promptTokenCount", "candidatesTokenCount", "totalTokenCount", "thoughtsTokenCount"] {
            XCTAssertNotNil(generated.usage?[name] as? Int32, name)
        }
    }

    /// CORE 1.5: GET has the content type of a body and no body.
    func test_models_answerGETWithAContentType() throws {
        let server = try serve()
        let list = try XCTUnwrap(
            try server.exchange("GET", "/v1beta/models", fields()).json as? [String: Any])
        XCTAssertEqual((list["models"] as? [[String: Any]])?.count, 50)
        XCTAssertNotNil(list["nextPageToken"] as? String)
        let model = try XCTUnwrap(
            try server.exchange("GET", GoClientTests.model, fields()).json as? [String: Any])
        XCTAssertEqual(model["name"] as? String, "models/gemini-2.5-flash")
        XCTAssertNotNil(model["inputTokenLimit"] as? Int32)
    }

    func test_countTokens_andEmbeddings() throws {
        let server = try serve()
        let counted = try server.exchange(
            "POST", "\(GoClientTests.model):countTokens", fields(), body: GoClientTests.greeting
        )
        XCTAssertNotNil((counted.json as? [String: Any])?["totalTokens"] as? Int32, counted.text)
        let model = "models/gemini-embedding-001"
        let embedded = try server.exchange(
            "POST", "/v1beta/\(model):batchEmbedContents", fields(),
            body: """
                {"requests":[{"content":{"parts":[{"text":"river"}],"role":"user"},"model":"\(model)",\
                "outputDimensionality":256}]}\n
                """
        )
        let embeddings = try XCTUnwrap(
            (embedded.json as? [String: Any])?["embeddings"] as? [[String: [Double]]])
        XCTAssertEqual(embeddings.map { $0["values"]?.count }, [256])
    }

    /// Go asks for gzip by itself and undoes it, but only where the answer says exactly that.
    func test_gzip_isNamed_whereItIsUsed() throws {
        let server = try serve("--gzip")
        for path in ["generateContent", "streamGenerateContent?alt=sse"] {
            let answer = try server.exchange(
                "POST", "\(GoClientTests.model):\(path)", fields(), body: GoClientTests.greeting
            )
            XCTAssertEqual(answer["content-encoding"], "gzip", path)
            XCTAssertEqual(Array(answer.body.prefix(2)), [0x1F, 0x8B], path)
        }
    }

    // MARK: Streams

    func test_stream_isUnderstood_howeverTheNetworkCutsIt() throws {
        let server = try serve()
        let answer = try server.exchange(
            "POST", "\(GoClientTests.model):streamGenerateContent?alt=sse", fields(),
            body: GoClientTests.greeting
        )
        let whole = try GoClient.events(in: [answer.body])
        XCTAssertGreaterThanOrEqual(whole.count, 3)
        XCTAssertEqual(try GoClient.events(in: answer.chunks), whole)
        XCTAssertEqual(try GoClient.events(in: answer.body.map { [$0] }), whole)
        let chunks = try whole.map { try XCTUnwrap(GeneratedAnswer($0), String(decoding: $0, as: UTF8.self)) }
        XCTAssertTrue(chunks.map(\.text).joined().contains("Grüße 🌍, <b>&amp;</b>"))
        XCTAssertEqual(chunks.compactMap(\.finishReason), ["STOP"])
        XCTAssertEqual(Set(chunks.map(\.responseID)).count, 1)
    }

    func test_stream_callsFunctions() throws {
        let server = try serve()
        for model in ["gemini-2.5-flash", "gemini-3.5-flash"] {
            let answer = try server.exchange(
                "POST", "/v1beta/models/\(model):streamGenerateContent?alt=sse", fields(),
                body: """
                    {"contents":[{"parts":[{"text":"Dim the light"}],"role":"user"}],"tools":[\
                    {"functionDeclarations":[{"name":"light","parameters":{"properties":{"percent":\
                    {"type":"INTEGER"}},"type":"OBJECT"}}]}]}\n
                    """
            )
            let chunks = try GoClient.events(in: answer.chunks).compactMap { GeneratedAnswer($0) }
            let calls = chunks.compactMap(\.functionCall)
            XCTAssertEqual(calls.map { $0["name"] as? String }, ["light"], model)
            XCTAssertNotNil((calls.first?["args"] as? [String: Any])?["percent"] as? Int, model)
            XCTAssertEqual(chunks.last?.finishReason, "STOP", model)
        }
    }

    // MARK: Refusals

    /// CORE 7: error bodies must be JSON objects, in streams as well; others lose status and details.
    func test_errors_areObjects() throws {
        let server = try serve()
        for method in ["generateContent", "streamGenerateContent?alt=sse", "countTokens"] {
            let answer = try server.exchange(
                "POST", "/v1beta/models/no-such-model:\(method)", fields(), body: GoClientTests.greeting
            )
            let error = GoClient.error(in: answer)
            XCTAssertEqual(error.code, 404, method)
            XCTAssertEqual(error.status, "NOT_FOUND", method)
            XCTAssertTrue(error.message.hasPrefix("models/no-such-model is not found"), error.message)
        }
    }

    func test_errors_haveDetails() throws {
        let server = try serve("--api-keys", "made-up-other")
        for method in ["generateContent", "streamGenerateContent?alt=sse"] {
            let answer = try server.exchange(
                "POST", "\(GoClientTests.model):\(method)", fields(), body: GoClientTests.greeting
            )
            let error = GoClient.error(in: answer)
            XCTAssertEqual(error.code, 400, method)
            XCTAssertEqual(error.status, "INVALID_ARGUMENT", method)
            XCTAssertEqual(error.reason, "API_KEY_INVALID", method)
        }
    }

    /// CORE 6.5, 7: a page becomes the message, the status line the status.
    func test_errors_areThePage_wherePathIsUnknown() throws {
        let server = try serve()
        let error = GoClient.error(
            in: try server.exchange("POST", "/v1beta/v1beta/models/x:y", fields(), body: "{}\n"))
        XCTAssertEqual(error.code, 404)
        XCTAssertEqual(error.status, "404 Not Found")
    }

    // MARK: The rules themselves

    /// CORE 4.5 tells what the client makes of bad streams; a reader that forgives them would prove nothing.
    func test_rules_refuseBadStreams() throws {
        for bad in [
            ": ping\r\n\r\n", "event: x\r\ndata: {}\r\n\r\n", "data: [DONE]\r\n\r\n", "data {}\r\n\r\n",
        ] {
            XCTAssertThrowsError(try GoClient.events(in: [Array(bad.utf8)]), bad)
        }
        let error = #"{"error": {"code": 503, "message": "made up", "status": "UNAVAILABLE"}}"#
        XCTAssertThrowsError(try GoClient.events(in: [Array("data: {}\r\n\r\n\(error)".utf8)])) { thrown in
            XCTAssertEqual((thrown as? GoClient.APIError)?.status, "UNAVAILABLE")
        }
        XCTAssertEqual(try GoClient.events(in: [Array("data:{}\n\ndata: {}".utf8)]).count, 2)
    }
}

/// How google.golang.org/genai reads answers.
private enum GoClient {
    struct APIError: Error {
        let code: Int
        let message: String
        let status: String
        /// The reason in the first of the details.
        let reason: String?
    }

    struct InvalidChunk: Error {
        let chunk: String
    }

    /// The JSON of each event in a stream that arrived in those network reads (CORE 4.5).
    static func events(in reads: [[UInt8]]) throws -> [[UInt8]] {
        var events: [[UInt8]] = []
        var buffer: [UInt8] = []
        for (index, read) in reads.enumerated() {
            buffer += read
            while let (token, rest) = scan(buffer, isAtEnd: index == reads.count - 1) {
                buffer = rest
                if !token.isEmpty { events.append(try event(token)) }
            }
        }
        return events
    }

    /// CORE 4.5: split at `\n\n`, and only where there is none at `\r\n\r\n`; at the end, the rest is a
    /// token, too.
    private static func scan(_ buffer: [UInt8], isAtEnd: Bool) -> (token: [UInt8], rest: [UInt8])? {
        for separator in ["\n\n", "\r\n\r\n"] {
            if let range = buffer.firstRange(of: Array(separator.utf8)) {
                return (withoutCR(buffer[..<range.lowerBound]), Array(buffer[range.upperBound...]))
            }
        }
        return isAtEnd && !buffer.isEmpty ? (withoutCR(buffer[...]), []) : nil
    }

    private static func withoutCR(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
    }

    /// CORE 4.5: cut at the first `:`; the prefix must be `data`. CORE 4.7 (a): else it may be an error
    /// object.
    private static func event(_ token: [UInt8]) throws -> [UInt8] {
        let colon = token.firstIndex(of: UInt8(ascii: ":")) ?? token.endIndex
        let data = Array(token[colon...].dropFirst())
        if token[..<colon].elementsEqual("data".utf8), object(data) != nil { return data }
        if let error = apiError(object(token)) { throw error }
        throw InvalidChunk(chunk: String(decoding: token, as: UTF8.self))
    }

    /// CORE 7: a body that is an object with an `error`; else the body is the message, the status line the
    /// status.
    static func error(in answer: RawAnswer) -> APIError {
        apiError(object(answer.body))
            ?? APIError(
                code: answer.status, message: answer.text, status: "\(answer.status) \(answer.reason)",
                reason: nil
            )
    }

    private static func apiError(_ object: [String: Any]?) -> APIError? {
        guard let error = object?["error"] as? [String: Any] else { return nil }
        return APIError(
            code: error["code"] as? Int ?? 0, message: error["message"] as? String ?? "",
            status: error["status"] as? String ?? "",
            reason: (error["details"] as? [[String: Any]])?.first?["reason"] as? String
        )
    }

    private static func object(_ bytes: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
    }
}
