// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

/// What each kind of check says of what it sees.
final class CheckTableTests: XCTestCase {
    private let stream = WireExchange.make(
        "POST", "/v1beta/models/m:streamGenerateContent?alt=sse",
        fields: [.init("X-Goog-Api-Key", "REDACTED"), .init("Host", "127.0.0.1:1")],
        body: #"{"contents": [{"parts": [{"text": "Hello", "mood": "good"}]}]}"#)

    func test_everyKeywordIsOfOneRule() {
        XCTAssertEqual(Set(CheckTable.keywords).count, CheckTable.keywords.count)
        XCTAssertEqual(
            CheckTable.keywords, CheckTable.keywords.sorted { $0 == "anyOf" || $0 < $1 && $1 != "anyOf" })
    }

    func test_requests() throws {
        XCTAssertEqual(try judged("{name: a, requests: 1}", .make([stream])), "passed: 1")
        XCTAssertEqual(try judged("{name: a, requests: 1}", .make([stream, stream])), "failed at 1: 2")
        XCTAssertEqual(try judged("{name: a, requests: {min: 1}}", .make()), "failed: 0")
        XCTAssertEqual(try judged("{name: a, requests: {min: 0}}", .make([stream])), "passed: 1")
        XCTAssertEqual(
            try judged("{name: a, requests: 1, of: {call: generateContent}}", .make([stream])), "failed: 0")
        XCTAssertEqual(
            try judged("{name: a, requests: 0}", .make([], .notDriven)), "not observed: nothing was sent")
    }

    func test_headersAndQuery() throws {
        XCTAssertEqual(
            try judged("{name: a, header: x-goog-api-key, exists: true}", .make([stream])),
            "passed: “REDACTED”")
        XCTAssertEqual(
            try judged("{name: a, header: x-other}", .make([stream])), "failed at 0: nothing")
        XCTAssertEqual(try judged("{name: a, query: alt, equals: sse}", .make([stream])), "passed: “sse”")
        XCTAssertEqual(
            try judged("{name: a, query: alt, not: {equals: sse}}", .make([stream])), "failed at 0: “sse”")
        XCTAssertEqual(try judged("{name: a, query: alt}", .make()), "failed: no such request")
        XCTAssertEqual(
            try judged("{name: a, query: alt}", .make([], .notDriven)),
            "not observed: no such request was sent")
    }

    func test_bodies() throws {
        let text = "/contents/0/parts/0/text"
        XCTAssertEqual(
            try judged("{name: a, body: \(text), equals: Hello}", .make([stream])), "passed: “Hello”")
        XCTAssertEqual(
            try judged("{name: a, body: \(text), contains: hell}", .make([stream])), "failed at 0: “Hello”")
        XCTAssertEqual(
            try judged("{name: a, body: \(text)}", .make([.make(body: "no json")])), "failed at 0: nothing")
        XCTAssertEqual(
            try judged("{name: a, members: '/contents/*/parts/*', among: [text]}", .make([stream])),
            "failed at 0: “mood”")
        XCTAssertEqual(
            try judged("{name: a, members: '', among: [contents]}", .make([stream])), "passed: no others")
        XCTAssertEqual(
            try judged("{name: a, size: {max: 10}}", .make([stream])),
            "failed at 0: \(stream.request.length) bytes")
        XCTAssertEqual(try judged("{name: a, size: {max: 1KiB}}", .make()), "passed: no such request")
    }

    func test_answers() throws {
        let answered = WireExchange(
            stream.request, .init(status: 200, body: Array(#"{"file": {"sizeBytes": "7"}}"#.utf8)))
        XCTAssertEqual(
            try judged("{name: a, answer: /file/sizeBytes, equals: '7'}", .make([answered])), "passed: “7”")
        XCTAssertEqual(
            try judged("{name: a, answer: /file/name}", .make([stream, answered])), "failed at 0: nothing")
        XCTAssertEqual(try judged("{name: a, answer: /file}", .make()), "failed: no such request")
        XCTAssertEqual(
            try judged("{name: a, answer: /file}", .make([], .notDriven)),
            "not observed: no such request was sent")
    }

    func test_paths() throws {
        XCTAssertEqual(
            try judged("{name: a, path: '/v1*/models/*:streamGenerateContent'}", .make([stream])),
            "passed: /v1beta/models/m:streamGenerateContent")
        XCTAssertEqual(
            try judged("{name: a, path: '/v2/*'}", .make([stream])),
            "failed at 0: /v1beta/models/m:streamGenerateContent")
    }

    func test_waitsAreCountedFromTheAnswer() throws {
        let log = [
            WireExchange.make(at: 0, answered: 10), .make(at: 2510, answered: 2520), .make(at: 7530),
        ]
        XCTAssertEqual(
            try judged("{name: a, wait: {min: 2500ms}}", .make(log)), "passed: 2500 ms, 5010 ms")
        XCTAssertEqual(
            try judged("{name: a, wait: {min: 2501ms}}", .make(log)), "failed at 1: 2500 ms")
        XCTAssertEqual(
            try judged("{name: a, wait: {max: 5s}}", .make(log)), "failed at 2: 2500 ms, 5010 ms")
        XCTAssertEqual(
            try judged("{name: a, wait: {min: 0ms}, grows: true}", .make(log)), "passed: 2500 ms, 5010 ms")
        XCTAssertEqual(
            try judged("{name: a, wait: {min: 0ms}, grows: true}", .make(log.reversed())),
            "failed at 1: -5020 ms")
        XCTAssertEqual(
            try judged("{name: a, wait: {min: 1s}}", .make([log[0]])), "failed at 0: no second request")
    }

    func test_order() throws {
        let check = "{name: a, order: [{call: generateContent}, {call: streamGenerateContent}]}"
        XCTAssertEqual(try judged(check, .make([.make(), stream])), "passed: in that order")
        XCTAssertEqual(
            try judged(check, .make([stream, .make()])),
            "failed at 1: no streamGenerateContent requests where it was to come")
    }

    func test_hangUp() throws {
        let writes = [10, 20, 30].map { WireExchange.Write(at: .milliseconds($0), bytes: 1) }
        let left = WireExchange.make(at: 0, ended: 220, ending: .clientLeft, writes: writes)
        XCTAssertEqual(
            try judged("{name: a, hangUp: {max: 200ms}, after: 2}", .make([left])),
            "passed: closed after 200 ms")
        XCTAssertEqual(
            try judged("{name: a, hangUp: {max: 200ms}}", .make([left])), "failed at 0: closed after 220 ms")
        XCTAssertEqual(
            try judged("{name: a, hangUp: {max: 1s}}", .make([.make(ending: nil)])),
            "failed at 0: the connection stayed open")
        XCTAssertEqual(
            try judged("{name: a, hangUp: {max: 1s}}", .make([.make()])),
            "failed at 0: the answer’s end was “complete”")
    }

    func test_results() throws {
        let outcome = ClientOutcome.finished([["ok": true, "text": "one"], ["ok": false, "n": 3]])
        XCTAssertEqual(
            try judged("{name: a, result: /ok, equals: false}", .make([], outcome)), "passed: false")
        XCTAssertEqual(
            try judged("{name: a, result: /text, step: 0, equals: one}", .make([], outcome)), "passed: “one”")
        XCTAssertEqual(try judged("{name: a, result: /n, min: 4}", .make([], outcome)), "failed: 3")
        XCTAssertEqual(
            try judged("{name: a, result: /n, step: 7}", .make([], outcome)), "failed: no result of this step"
        )
        XCTAssertEqual(
            try judged("{name: a, result: /n}", .make([], .notDriven)),
            "not observed: nobody tells what the client makes of it")
        XCTAssertEqual(try judged("{name: a, result: /n}", .make([], .silent)), "failed: no result")
    }

    func test_theKeyIsHidden() throws {
        let check = "{name: a, keyIsHidden: true}"
        XCTAssertEqual(try judged(check, .make([stream])), "passed: nowhere else")
        XCTAssertEqual(
            try judged(check, .make([.make("GET", "/v1/models?key=REDACTED")])),
            "failed at 0: it stands in the address")
        XCTAssertEqual(
            try judged(check, .make([.make(fields: [.init("Authorization", "Bearer the-key")])])),
            "failed at 0: it stands in the field Authorization")
        XCTAssertEqual(
            try judged(check, .make([.make(body: "the-key")])), "failed at 0: it stands in the body")
        XCTAssertEqual(
            try judged(check, .make([stream], .finished([["ok": false, "e": "bad key the-key"]]))),
            "failed: it stands in what the client tells")
        XCTAssertEqual(
            try judged(check, .make([stream], output: "key=the-key")),
            "failed: it stands in what the client prints")
        XCTAssertEqual(try judged(check, .make()), "not observed: nothing was sent")
    }

    func test_time() throws {
        let log = [WireExchange.make(at: 100), .make(at: 1100, answered: 1200)]
        XCTAssertEqual(try judged("{name: a, time: {max: 2s}}", .make(log)), "passed: 1100 ms")
        XCTAssertEqual(try judged("{name: a, time: {max: 1s}}", .make(log)), "failed at 1: 1100 ms")
        XCTAssertEqual(try judged("{name: a, time: {min: 2s}}", .make(log)), "failed at 1: 1100 ms")
    }

    func test_alternatives() throws {
        let check = """
            {name: a, anyOf: [[{name: x, requests: 2}], [{name: y, requests: 1}, {name: z, result: /ok, equals: true}]]}
            """
        XCTAssertEqual(try judged(check, .make([stream])), "passed: y, z")
        XCTAssertEqual(try judged(check, .make([])), "failed: 0; 0")
        XCTAssertEqual(
            try judged(check, .make([], .notDriven)), "failed: 0; 0")
    }

    func test_requests_areToldAsOneOrMore() throws {
        for (check, words) in [
            ("requests: 1", "1 request"), ("requests: 0", "0 requests"), ("requests: 2", "2 requests"),
            ("requests: {min: 1}", "at least 1 request"), ("requests: {max: 1}", "0 to 1 request"),
            ("requests: {min: 2}", "at least 2 requests"), ("requests: {min: 1, max: 3}", "1 to 3 requests"),
            ("requests: 1, of: {call: getFile, status: 404}", "1 getFile request answered by 404"),
        ] {
            let made = try ConformanceCase.make(checks: "[{name: a, \(check)}]")
            XCTAssertEqual(made.checks.first?.rule.expected, words)
        }
    }

    func test_selectors() throws {
        let upload = WireExchange.make(
            "POST", "/upload/v1beta/files?upload_id=x",
            fields: [.init("x-goog-upload-command", "upload, finalize")],
            status: 503)
        let log = [stream, upload, WireExchange.make("GET", "/v1beta/files/abc")]
        func count(_ selector: String) throws -> String {
            try judged("{name: a, requests: 1, of: \(selector)}", .make(log))
        }
        XCTAssertEqual(try count("{command: finalize}"), "passed: 1")
        XCTAssertEqual(try count("{call: [uploadFile]}"), "passed: 1")
        XCTAssertEqual(try count("{status: 5xx}"), "passed: 1")
        XCTAssertEqual(try count("{status: 200, which: first}"), "passed: 1")
        XCTAssertEqual(try count("{method: GET}"), "passed: 1")
        XCTAssertEqual(try count("{host: '127.0.0.1*'}"), "passed: 1")
        XCTAssertEqual(try count("{path: '*/files/abc', which: last}"), "passed: 1")
        XCTAssertEqual(try count("{which: 4}"), "failed: 0")
    }
}
