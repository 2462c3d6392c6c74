// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What @google/genai 2.18 sends (CORE 1.5), read by that client's own rules (CORE 4.5, 4.7, 7), over a plain
/// socket.
final class JavaScriptClientTests: ServerTestCase {
    private static let model = "/v1beta/models/gemini-2.5-flash"
    private static let greeting =
        #"{"contents":[{"parts":[{"text":"Grüße 🌍, <b>&amp;</b>"}],"role":"user"}]}"#

    /// CORE 1.5: fetch's own fields beside the client's.
    private func fields(_ more: [(String, String)] = []) -> [(String, String)] {
        [
            ("connection", "keep-alive"), ("User-Agent", "google-genai-sdk/2.18.0 gl-node/v22.20.0"),
            ("x-goog-api-client", "google-genai-sdk/2.18.0 gl-node/v22.20.0"),
            ("Content-Type", "application/json"), ("x-goog-api-key", "made-up-key"), ("accept", "*/*"),
            ("accept-language", "*"), ("sec-fetch-mode", "cors"), ("accept-encoding", "gzip, deflate"),
        ] + more
    }

    // MARK: Whole answers

    func test_generateContent_answersFetch() throws {
        let server = try serve()
        let answer = try server.exchange(
            "POST", "\(JavaScriptClientTests.model):generateContent", fields(),
            body: JavaScriptClientTests.greeting
        )
        XCTAssertEqual(answer.status, 200)
        let generated = try XCTUnwrap(GeneratedAnswer(answer.json))
        XCTAssertTrue(generated.text.contains("Grüße 🌍, <b>&amp;</b>"), generated.text)
        XCTAssertEqual(generated.finishReason, "STOP")
    }

    func test_fetch_reusesTheConnection() throws {
        let server = try serve()
        let client = try XCTUnwrap(RawClient(port: server.port))
        let head = (fields() + [("host", "127.0.0.1:\(server.port)")]).map { "\($0.0): \($0.1)\r\n" }.joined()
        let body = JavaScriptClientTests.greeting
        // A stream and a refusal between whole answers: none of them may leave a byte behind.
        let methods = ["generateContent", "streamGenerateContent?alt=sse", "noSuchMethod", "generateContent"]
        let statuses = try methods.map { method in
            client.send(
                "POST \(JavaScriptClientTests.model):\(method) HTTP/1.1\r\n\(head)"
                    + "content-length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            return try client.receiveAnswer().status
        }
        XCTAssertEqual(statuses, [200, 200, 404, 200])
    }

    func test_generateContent_takesStandardBase64() throws {
        let server = try serve()
        // fb ff fe: characters that the two alphabets have not in common, with and without an end.
        for data in ["+//+", "+//+AA=="] {
            let blob = #"{"inlineData":{"mimeType":"audio/mp3","data":"\#(data)"}}"#
            let answer = try server.exchange(
                "POST", "\(JavaScriptClientTests.model):generateContent", fields(),
                body: #"{"contents":[{"parts":[\#(blob)],"role":"user"}]}"#
            )
            XCTAssertEqual(GeneratedAnswer(answer.json)?.text.contains("audio/mp3"), true, answer.text)
        }
    }

    func test_generateContent_takesConfiguration() throws {
        let server = try serve()
        let schema =
            #"{"type":"OBJECT","properties":{"n":{"type":"INTEGER","minimum":3,"maximum":3}}}"#
        let configurations = [
            #""responseSchema":\#(schema)"#, #""responseJsonSchema":\#(schema.lowercased())"#,
        ]
        for configuration in configurations {
            let answer = try server.exchange(
                "POST", "\(JavaScriptClientTests.model):generateContent",
                fields([("X-Server-Timeout", "30")]),
                body: """
                    {"contents":[{"parts":[{"text":"A number"}],"role":"user"}],"systemInstruction":{"parts":\
                    [{"text":"Be brief."}],"role":"user"},"generationConfig":{"temperature":0.5,\
                    "maxOutputTokens":500,"responseMimeType":"application/json",\(configuration)}}
                    """
            )
            let text = try XCTUnwrap(GeneratedAnswer(answer.json)?.text, answer.text)
            XCTAssertEqual(
                try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Int], ["n": 3])
        }
    }

    func test_functionCall_endsWithText_afterTheResponse() throws {
        let server = try serve()
        let tools = """
            "tools":[{"functionDeclarations":[{"name":"light","parametersJsonSchema":{"type":"object",\
            "properties":{"percent":{"type":"number","minimum":0,"maximum":100}},"required":["percent"]}}]}]
            """
        let question = #"{"parts":[{"text":"Dim the light"}],"role":"user"}"#
        let path = "/v1beta/models/gemini-3.5-flash:generateContent"
        let first = try server.exchange(
            "POST", path, fields(), body: #"{"contents":[\#(question)],\#(tools)}"#)
        let call = try XCTUnwrap(GeneratedAnswer(first.json)?.functionCall, first.text)
        XCTAssertEqual(call["name"] as? String, "light")
        let percent = try XCTUnwrap((call["args"] as? [String: Double])?["percent"])
        XCTAssertTrue((0...100).contains(percent))
        // The client sends the model's content back as it came, signature and all.
        let candidates = try XCTUnwrap((first.json as? [String: Any])?["candidates"] as? [[String: Any]])
        let content = try JSONSerialization.data(withJSONObject: XCTUnwrap(candidates.first?["content"]))
        let response = """
            {"parts":[{"functionResponse":{"id":"\(call["id"] as? String ?? "")","name":"light",\
            "response":{"output":"done"}}}],"role":"user"}
            """
        let turns = [question, String(decoding: content, as: UTF8.self), response].joined(separator: ",")
        let second = try server.exchange("POST", path, fields(), body: #"{"contents":[\#(turns)],\#(tools)}"#)
        let generated = try XCTUnwrap(GeneratedAnswer(second.json), second.text)
        XCTAssertNil(generated.functionCall)
        XCTAssertFalse(generated.text.isEmpty)
    }

    func test_countTokens_andEmbeddings_andModels() throws {
        let server = try serve()
        let counted = try server.exchange(
            "POST", "\(JavaScriptClientTests.model):countTokens", fields(),
            body: JavaScriptClientTests.greeting
        )
        XCTAssertNotNil((counted.json as? [String: Any])?["totalTokens"] as? Int, counted.text)

        let model = "models/gemini-embedding-001"
        let part = #"{"content":{"parts":[{"text":"river"}],"role":"user"},"model":"\#(model)"}"#
        let embedded = try server.exchange(
            "POST", "/v1beta/\(model):batchEmbedContents", fields(),
            body: #"{"requests":[\#(part),\#(part)]}"#
        )
        let embeddings = try XCTUnwrap(
            (embedded.json as? [String: Any])?["embeddings"] as? [[String: [Double]]])
        XCTAssertEqual(embeddings.map { $0["values"]?.count }, [3072, 3072])

        var names: [String] = []
        var query = ""
        for _ in 0..<20 {
            let page = try XCTUnwrap(
                try server.exchange("GET", "/v1beta/models\(query)", fields()).json as? [String: Any])
            names += (page["models"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
            guard let token = page["nextPageToken"] as? String else { break }
            // encodeURIComponent
            query = "?pageToken=" + (token.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        XCTAssertGreaterThan(names.count, 50)
        XCTAssertEqual(Set(names).count, names.count)
    }

    // MARK: Streams

    func test_stream_isUnderstood_howeverTheNetworkCutsIt() throws {
        let server = try serve()
        let answer = try server.exchange(
            "POST", "\(JavaScriptClientTests.model):streamGenerateContent?alt=sse", fields(),
            body: JavaScriptClientTests.greeting
        )
        XCTAssertEqual(answer["content-type"], "text/event-stream")
        let whole = try JavaScriptClient.events(in: [answer.body])
        XCTAssertGreaterThanOrEqual(whole.count, 3)
        XCTAssertEqual(try JavaScriptClient.events(in: answer.chunks), whole)
        for size in [1, 2, 7, 1000] {
            let reads = stride(from: 0, to: answer.body.count, by: size).map { start in
                Array(answer.body[start..<min(start + size, answer.body.count)])
            }
            XCTAssertEqual(try JavaScriptClient.events(in: reads), whole, "reads of \(size) bytes")
        }
        let chunks = try whole.map { try XCTUnwrap(GeneratedAnswer($0.utf8), $0) }
        XCTAssertTrue(chunks.map(\.text).joined().contains("Grüße 🌍, <b>&amp;</b>"))
        XCTAssertEqual(chunks.compactMap(\.finishReason), ["STOP"])
        XCTAssertEqual(chunks.last?.finishReason, "STOP")
        XCTAssertTrue(chunks.allSatisfy { $0.usage != nil })
    }

    /// CORE 4.7: an error before the first event keeps `text/event-stream`; the client takes its body for
    /// words.
    func test_stream_isRefusedInWords() throws {
        let server = try serve()
        let answer = try server.exchange(
            "POST", "/v1beta/models/no-such-model:streamGenerateContent?alt=sse", fields(),
            body: JavaScriptClientTests.greeting
        )
        let error = try XCTUnwrap(JavaScriptClient.error(in: answer))
        XCTAssertEqual(error["code"] as? Int, 404)
        XCTAssertEqual(error["status"] as? String, "Not Found")
        let inner = try JSONSerialization.jsonObject(with: Data(XCTUnwrap(error["message"] as? String).utf8))
        XCTAssertEqual(
            ((inner as? [String: Any])?["error"] as? [String: Any])?["status"] as? String, "NOT_FOUND")
    }

    // MARK: Refusals

    func test_errors_areTheBodysOwn_whereItIsJSON() throws {
        let server = try serve("--api-keys", "made-up-other")
        let answer = try server.exchange(
            "POST", "\(JavaScriptClientTests.model):generateContent", fields(),
            body: JavaScriptClientTests.greeting
        )
        let error = try XCTUnwrap(JavaScriptClient.error(in: answer))
        XCTAssertEqual(error["code"] as? Int, 400)
        XCTAssertEqual(error["status"] as? String, "INVALID_ARGUMENT")
        XCTAssertEqual(error["message"] as? String, "API key not valid. Please pass a valid API key.")
        let details = try XCTUnwrap(error["details"] as? [[String: Any]])
        XCTAssertEqual(details.first?["reason"] as? String, "API_KEY_INVALID")
    }

    /// CORE 6.5: an unknown path is a page, which the client reads as words.
    func test_errors_areWords_wherePathIsUnknown() throws {
        let server = try serve()
        let answer = try server.exchange("GET", "/v1beta/v1beta/models", fields())
        let error = try XCTUnwrap(JavaScriptClient.error(in: answer))
        XCTAssertEqual(error["code"] as? Int, 404)
        XCTAssertEqual((error["message"] as? String)?.contains("/v1beta/v1beta/models"), true, "\(error)")
    }

    // MARK: In a browser

    /// CORE 1.6, with the field names of CORE 1.5 for the web.
    func test_webClient_mayCallFromAnotherOrigin() throws {
        let server = try serve()
        let origin = ("Origin", "https://page.example")
        let asked = "content-type,x-goog-api-client,x-goog-api-key"
        let preflight = try server.exchange(
            "OPTIONS", "\(JavaScriptClientTests.model):streamGenerateContent?alt=sse",
            [origin, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", asked)]
        )
        XCTAssertEqual(preflight.status, 200)
        XCTAssertEqual(preflight["access-control-allow-headers"], asked)
        for model in [JavaScriptClientTests.model, "/v1beta/models/no-such-model"] {
            let answer = try server.exchange(
                "POST", "\(model):streamGenerateContent?alt=sse",
                fields([origin, ("Referer", "https://page.example/"), ("sec-fetch-site", "cross-site")]),
                body: JavaScriptClientTests.greeting
            )
            XCTAssertEqual(answer["access-control-allow-origin"], origin.1, "\(answer.status)")
        }
    }

    // MARK: The rules themselves

    /// CORE 4.5 and 4.7 tell what the client makes of bad streams; a reader that forgives them proves
    /// nothing.
    func test_rules_refuseBadStreams() throws {
        XCTAssertThrowsError(try JavaScriptClient.events(in: [Array("data: {}\r\n".utf8)]), "no end")
        XCTAssertThrowsError(
            try JavaScriptClient.events(in: [Array("data: [DONE]\r\n\r\n".utf8)]), "no object")
        XCTAssertThrowsError(
            try JavaScriptClient.events(in: [
                Array(#"{"error": {"code": 503, "status": "UNAVAILABLE"}}"#.utf8)
            ]), "an error"
        )
        XCTAssertEqual(try JavaScriptClient.events(in: [Array("event: x\ndata: {}\n\n: ping\n\n".utf8)]), [])
    }
}

/// How @google/genai reads answers.
private enum JavaScriptClient {
    struct Failure: Error {
        let message: String
    }

    /// The JSON of each event in a stream that arrived in those network reads (CORE 4.5).
    static func events(in reads: [[UInt8]]) throws -> [String] {
        var events: [String] = []
        var buffer: [UInt8] = []
        for read in reads {
            // CORE 4.7 (a): a read that is one JSON object with an `error` is one.
            if let error = (object(read)?["error"] as? [String: Any]), let code = error["code"] as? Int,
                code >= 400
            {
                throw Failure(
                    message: "got status: \(error["status"] ?? ""). \(String(decoding: read, as: UTF8.self))")
            }
            buffer += read
            // CORE 4.5: split at `\n\n`, `\r\r` or `\r\n\r\n`, whichever comes first.
            while let (event, rest) = cut(buffer) {
                buffer = rest
                let text = String(decoding: event, as: UTF8.self).trimmingCharacters(
                    in: .whitespacesAndNewlines)
                // CORE 4.5: what does not begin with `data:` is dropped without a word.
                guard text.hasPrefix("data:") else { continue }
                let data = text.dropFirst(5).trimmingCharacters(in: .whitespacesAndNewlines)
                guard object(Array(data.utf8)) != nil else {
                    throw Failure(message: "exception parsing \(data)")
                }
                events.append(data)
            }
        }
        // CORE 4.5: leftover that is not blank is an error.
        let rest = String(decoding: buffer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard rest.isEmpty else { throw Failure(message: "Incomplete JSON segment at the end") }
        return events
    }

    /// The error that the client raises for an answer, as the object that its message is the JSON of.
    ///
    /// CORE 7: the body's own where the content type has `application/json`, else made of the body's text,
    /// the status and the reason phrase.
    static func error(in answer: RawAnswer) -> [String: Any]? {
        guard answer.status >= 400 else { return nil }
        if answer["content-type"]?.contains("application/json") ?? false {
            return (answer.json as? [String: Any])?["error"] as? [String: Any]
        }
        return ["message": answer.text, "code": answer.status, "status": answer.reason]
    }

    private static func cut(_ buffer: [UInt8]) -> (event: [UInt8], rest: [UInt8])? {
        let found = ["\n\n", "\r\r", "\r\n\r\n"].compactMap { buffer.firstRange(of: Array($0.utf8)) }
        guard let first = found.min(by: { $0.lowerBound < $1.lowerBound }) else { return nil }
        return (Array(buffer[..<first.lowerBound]), Array(buffer[first.upperBound...]))
    }

    private static func object(_ bytes: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
    }
}
