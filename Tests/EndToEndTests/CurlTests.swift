// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What people do by hand, and in the documentation's samples: curl.
final class CurlTests: ServerTestCase {
    private static let model = "v1beta/models/gemini-2.5-flash"
    static let key = "x-goog-api-key: made-up-key"
    private static let sizeLimit = 20_971_520

    /// What curl got, and what it says of it.
    struct Answer {
        let body: [UInt8]
        let status: Int
        let contentType: String
        let connectionsOpened: Int
        let seconds: Double
        /// What `--verbose` and others print.
        let notes: String

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: [String: Any]? {
            (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
        }
        var generated: GeneratedAnswer? { GeneratedAnswer(json) }
        /// The message of an error.
        var message: String? { (json?["error"] as? [String: Any])?["message"] as? String }
    }

    func curl(_ arguments: String...) throws -> Answer { try curl(arguments) }

    func curl(_ arguments: [String]) throws -> Answer {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        // What curl measured comes last on standard error, behind a mark.
        let report = "%{stderr}\n@@%{http_code} %{num_connects} %{time_total} %{content_type}"
        let usual = ["--disable", "--silent", "--show-error", "--noproxy", "*", "--max-time", "60"]
        let result = try ChildProcess.run("curl", usual + ["--write-out", report] + arguments)
        XCTAssertEqual(result.exitCode, 0, "curl: \(result.errors)")
        let parts = result.errors.components(separatedBy: "\n@@")
        let last = parts[parts.count - 1]
        let values = last.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count > 1, values.count == 4 else { throw ChildProcess.Failure(result.errors) }
        return Answer(
            body: result.output, status: Int(values[0]) ?? 0, contentType: String(values[3]),
            connectionsOpened: Int(values[1]) ?? -1, seconds: Double(values[2]) ?? -1,
            notes: parts.dropLast().joined(separator: "\n")
        )
    }

    // MARK: Bodies

    /// CORE 6.2: single quotes, bare keys and trailing commas stand in Google's own samples.
    func test_generateContent_understandsLooseJSON() throws {
        let server = try serve()
        let answer = try curl(
            "\(server.baseURL)/\(CurlTests.model):generateContent", "-H", CurlTests.key,
            "-H", "Content-Type: application/json", "-X", "POST",
            "-d", "{ contents: [ {'parts': [ {'text': 'Say \"hi\" to the samples'}, ] }, ], }"
        )
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.contentType, "application/json; charset=UTF-8")
        let said = try XCTUnwrap(answer.generated?.text)
        XCTAssertTrue(said.contains("Say \"hi\" to the samples"), said)
    }

    func test_generateContent_takesTheKeyFromTheQuery() throws {
        let server = try serve("--api-keys", "made-up-key")
        let url = "\(server.baseURL)/\(CurlTests.model):generateContent"
        let body = "{contents: {parts: {text: 'Hello'}}}"
        XCTAssertEqual(try curl("\(url)?key=made-up-key", "-d", body).status, 200)
        XCTAssertEqual(try curl("\(url)?key=made-up-other", "-d", body).status, 400)
        let none = try curl(url, "-d", body)
        XCTAssertEqual(none.status, 403)
        XCTAssertTrue(
            none.message?.hasPrefix("Method doesn't allow unregistered callers") ?? false, none.text)
    }

    /// CORE 6.2: the refusal shows where the JSON goes wrong.
    func test_generateContent_showsWhereJSONIsMalformed() throws {
        let server = try serve()
        let answer = try curl(
            "\(server.baseURL)/\(CurlTests.model):generateContent", "-H", CurlTests.key,
            "-d", "{model:gemini-3.5-flash,messages:[]}"
        )
        XCTAssertEqual(answer.status, 400)
        XCTAssertEqual(
            answer.message,
            "Invalid JSON payload received. Unexpected token.\n{model:gemini-3.5-flash,mes\n       ^"
        )
    }

    // MARK: Streams

    /// CORE 4.5: `data: `, one line, CRLF CRLF; nothing else, no `[DONE]`.
    func test_streamGenerateContent_isFramedByCRLF_withSSE() throws {
        let server = try serve()
        let answer = try curl(
            "-N", "\(server.baseURL)/\(CurlTests.model):streamGenerateContent?alt=sse", "-H", CurlTests.key,
            "-d", "{contents:[{parts:[{text:'Hello'}]}]}"
        )
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.contentType, "text/event-stream")
        XCTAssertTrue(answer.text.hasSuffix("\r\n\r\n"))
        let events = answer.text.components(separatedBy: "\r\n\r\n").dropLast()
        XCTAssertGreaterThanOrEqual(events.count, 3)
        for event in events {
            XCTAssertTrue(event.hasPrefix("data: {"), event)
            XCTAssertFalse(event.contains(where: \.isNewline), event)
            let json = try JSONSerialization.jsonObject(with: Data(event.dropFirst(6).utf8)) as? [String: Any]
            XCTAssertNotNil(json?["usageMetadata"], event)
        }
    }

    /// CORE 4.6: without `alt=sse`, one JSON array.
    func test_streamGenerateContent_isOneArray_withoutSSE() throws {
        let server = try serve()
        let answer = try curl(
            "\(server.baseURL)/\(CurlTests.model):streamGenerateContent", "-H", CurlTests.key,
            "-d", "{contents:[{parts:[{text:'Hello'}]}]}"
        )
        XCTAssertEqual(answer.contentType, "application/json; charset=UTF-8")
        let elements = try XCTUnwrap(
            try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]])
        XCTAssertGreaterThanOrEqual(elements.count, 3)
        XCTAssertTrue(elements.compactMap { GeneratedAnswer($0)?.text }.joined().contains("\"Hello\""))
        XCTAssertTrue(answer.text.hasPrefix("[{\n  \"candidates\""))
        XCTAssertTrue(answer.text.contains("\n}\n,\r\n{\n"))
        XCTAssertTrue(answer.text.hasSuffix("\n}\n]"))
    }

    /// CORE 4.6: an error is wrapped into an array, too.
    func test_streamGenerateContent_wrapsErrors_withoutSSE() throws {
        let server = try serve()
        let answer = try curl(
            "\(server.baseURL)/v1beta/models/no-such-model:streamGenerateContent", "-H", CurlTests.key,
            "-d", "{contents:[{parts:[{text:'Hello'}]}]}"
        )
        XCTAssertEqual(answer.status, 404)
        let elements = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]]
        XCTAssertNotNil(elements?.first?["error"], answer.text)
    }

    // MARK: Large bodies

    /// CORE 1.5: curl asks before it sends more than 1 MiB, and waits a second for the permission; here for
    /// 50, so that a missing one fails whatever else takes time.
    func test_largeBody_isAskedFor_withoutAStall() throws {
        let server = try serve()
        let sound = String(repeating: "A", count: 1_400_000)
        let body =
            #"{"contents":[{"parts":[{"inlineData":{"mimeType":"audio/ogg","data":""# + sound + #""}}]}]}"#
        let answer = try curl(
            "\(server.baseURL)/\(CurlTests.model):generateContent", "-H", CurlTests.key,
            "-H", "Content-Type: application/json", "--expect100-timeout", "50", "--verbose",
            "--data-binary", "@\(try makeFile(Array(body.utf8), ".bin"))"
        )
        XCTAssertEqual(answer.status, 200, answer.text)
        XCTAssertTrue(answer.notes.contains("> Expect: 100-continue"), "this curl does not ask")
        XCTAssertTrue(answer.notes.contains("< HTTP/1.1 100 Continue"))
        XCTAssertLessThan(answer.seconds, 40)
        XCTAssertTrue(answer.generated?.text.contains("audio/ogg, 1,050,000 bytes") ?? false, answer.text)
    }

    func test_tooLargeBody_isRefused_byContentLength() throws {
        let server = try serve()
        let path = try makeFile([], ".bin")
        // A file of blanks that takes no room.
        XCTAssertEqual(truncate(path, off_t(CurlTests.sizeLimit + 1)), 0)
        for expect in ["Expect: 100-continue", "Expect:"] {
            let answer = try curl(
                "\(server.baseURL)/\(CurlTests.model):generateContent", "-H", CurlTests.key, "-H", expect,
                "--data-binary", "@\(path)"
            )
            XCTAssertEqual(answer.status, 400, expect)
            XCTAssertEqual(answer.message, "Request payload size exceeds the limit: 20971520 bytes.", expect)
        }
    }

    func test_tooLargeBody_isRefused_whenChunked() throws {
        let server = try serve()
        let path = try makeFile([], ".bin")
        XCTAssertEqual(truncate(path, off_t(CurlTests.sizeLimit + 1)), 0)
        let answer = try curl(
            "\(server.baseURL)/\(CurlTests.model):generateContent", "-H", CurlTests.key,
            "-H", "Transfer-Encoding: chunked", "--data-binary", "@\(path)"
        )
        XCTAssertEqual(answer.status, 400)
        XCTAssertEqual(answer.message, "Request payload size exceeds the limit: 20971520 bytes.")
    }

    func test_chunkedBody_isUnderstood() throws {
        let server = try serve()
        let answer = try curl(
            "\(server.baseURL)/\(CurlTests.model):generateContent", "-H", CurlTests.key,
            "-H", "Transfer-Encoding: chunked", "-d", "{contents:[{parts:[{text:'in chunks'}]}]}"
        )
        XCTAssertTrue(answer.generated?.text.contains("in chunks") ?? false, answer.text)
    }

    // MARK: Other methods

    func test_head_hasNoBody_andTheConnectionGoesOn() throws {
        let server = try serve()
        let url = "\(server.baseURL)/v1beta/models"
        let answer = try curl("--head", "-H", CurlTests.key, url, url)
        XCTAssertEqual(answer.connectionsOpened, 0, "the second request opened a connection of its own")
        XCTAssertEqual(answer.text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count, 3, answer.text)
        XCTAssertFalse(answer.text.contains("{"), answer.text)
        let whole = try curl(url, "-H", CurlTests.key)
        XCTAssertTrue(answer.text.contains("Content-Length: \(whole.body.count)\r\n"), answer.text)
    }

    /// CORE 1.6.
    func test_preflight_allowsWhatIsAskedFor() throws {
        let server = try serve()
        let origin = "https://page.example"
        let answer = try curl(
            "--include", "-X", "OPTIONS", "\(server.baseURL)/\(CurlTests.model):generateContent",
            "-H", "Origin: \(origin)", "-H", "Access-Control-Request-Method: POST",
            "-H", "Access-Control-Request-Headers: content-type,x-goog-api-key"
        )
        let head = try RawAnswer(head: answer.body)
        XCTAssertEqual(head.status, 200)
        XCTAssertEqual(head["Access-Control-Allow-Origin"], origin)
        XCTAssertTrue(head["Access-Control-Allow-Methods"]?.contains("POST") ?? false)
        XCTAssertEqual(head["Access-Control-Allow-Headers"], "content-type,x-goog-api-key")
        XCTAssertEqual(head["Access-Control-Max-Age"], "3600")
    }

    /// CORE 1.6: errors, too, or a page can't read why it failed.
    func test_answers_nameTheOrigin() throws {
        let server = try serve()
        for path in ["v1beta/models", "v1beta/models/no-such-model", "no/such/path"] {
            let answer = try curl(
                "--include", "\(server.baseURL)/\(path)", "-H", "Origin: https://page.example", "-H",
                CurlTests.key
            )
            XCTAssertEqual(
                try RawAnswer(head: answer.body)["Access-Control-Allow-Origin"], "https://page.example", path)
        }
    }

    // MARK: Compression

    func test_gzip_isUsed_onlyWhereAskedForOnBothSides() throws {
        let (plain, gzip) = (try serve(), try serve("--gzip"))
        let body = "{contents:[{parts:[{text:'Hello'}]}]}"
        for method in ["generateContent", "streamGenerateContent?alt=sse", "streamGenerateContent"] {
            let path = "/\(CurlTests.model):\(method)"
            let arguments = { (server: ServerProcess) in
                [server.baseURL + path, "-H", CurlTests.key, "-d", body]
            }
            let usual = try curl(arguments(plain))
            XCTAssertEqual(try encoding(arguments(plain) + ["--compressed"]), nil, method)
            XCTAssertEqual(try encoding(arguments(gzip)), nil, method)
            XCTAssertEqual(try encoding(arguments(gzip) + ["--compressed"]), "gzip", method)
            XCTAssertEqual(try curl(arguments(gzip) + ["--compressed"]).body, usual.body, method)
        }
    }

    /// The Content-Encoding of an answer; curl prints the head as it came, the body decoded.
    private func encoding(_ arguments: [String]) throws -> String? {
        try RawAnswer(head: curl(arguments + ["--include"]).body)["content-encoding"]
    }
}
