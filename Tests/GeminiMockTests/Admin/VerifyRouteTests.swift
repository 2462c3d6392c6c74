// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

final class VerifyRouteTests: AdminTestCase {
    private func verify(_ server: MockServer, _ body: String, strict: Bool = false) throws -> RawAnswer {
        try admin(server, "POST", strict ? "verify?strict=true" : "verify", body)
    }

    private func said(_ text: String, _ more: String = "") -> String {
        #"{"when": {"lastText": {"equals": "\#(text)"}}\#(more)}"#
    }

    func test_whatHasCome_passes() throws {
        let server = try serve()
        for text in ["a", "b", "a"] { _ = try ask(server, text) }
        let answer = try verify(
            server, #"{"requests": [\#(said("a", #", "min": 2, "max": 2"#)), \#(said("b"))], "order": "any"}"#
        )
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.at("passed"), "true")
        XCTAssertEqual(answer.at("message"), "All that was expected came.")
        XCTAssertEqual(answer.at("requests/0/count"), "2")
        XCTAssertEqual(answer.at("requests/0/max"), "2")
        XCTAssertEqual(answer.at("requests/0/entries"), "[1,3]")
        XCTAssertEqual(answer.at("requests/1/min"), "1")
        XCTAssertNil(answer.at("requests/1/max"))
    }

    func test_theShortForm_isOneExpectation() throws {
        let server = try serve()
        _ = try ask(server, "Hi")
        for (body, passed) in [
            (said("Hi"), "true"), (said("Ho"), "false"), (said("Ho", #", "max": 1"#), "true"),
            (said("Hi", #", "max": 0"#), "false"), (said("Hi", #", "min": 2"#), "false"),
            (said("Hi", #", "after": 1"#), "false"), (said("Hi", #", "after": \#(Int.max)"#), "false"),
            (said("Hi", #", "tenant": "made-up""#), "true"),
            (said("Hi", #", "tenant": "nobody""#), "false"), (#"{"when": {}}"#, "true"),
        ] {
            XCTAssertEqual(try verify(server, body).at("passed"), passed, body)
        }
    }

    func test_aFailure_tellsTheNearest_andMayBeARefusal() throws {
        let server = try serve()
        _ = try ask(server, "Hello")
        let answer = try verify(server, said("Hullo"))
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.at("passed"), "false")
        XCTAssertTrue(answer.at("message")?.contains("✗ lastText") ?? false, answer.text)
        XCTAssertEqual(answer.at("requests/0/nearest/0/entry"), "1")
        XCTAssertEqual(answer.at("requests/0/nearest/0/checks/0/fits"), "false")
        let strict = try verify(server, said("Hullo"), strict: true)
        XCTAssertEqual(strict.status, 417)
        XCTAssertEqual(strict.body, answer.body)
        XCTAssertEqual(try verify(server, said("Hello"), strict: true).status, 200)
    }

    func test_order_isHeeded() throws {
        let server = try serve()
        for text in ["a", "b"] { _ = try ask(server, text) }
        for (requests, passed) in [
            ("\(said("a")), \(said("b"))", "true"), ("\(said("b")), \(said("a"))", "false"),
        ] {
            let answer = try verify(server, #"{"requests": [\#(requests)], "order": "given"}"#)
            XCTAssertEqual(answer.at("passed"), passed, answer.text)
        }
    }

    // MARK: Waiting

    func test_waiting_endsWhenItHasCome() throws {
        let server = try serve()
        let client = try XCTUnwrap(RawClient(port: server.port))
        let body = said("Hi", #", "wait": "15s""#)
        client.send(
            "POST /__admin/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 1 })
        _ = try ask(server, "Ho")
        _ = try ask(server, "Hi")
        let answer = try client.receiveAnswer()
        XCTAssertEqual(answer.at("passed"), "true")
        XCTAssertEqual(answer.at("requests/0/entries"), "[2]")
    }

    /// By real time: the clock stands still.
    func test_waiting_endsWhenTheTimeIsOver() throws {
        let server = try serve()
        server.freezeClock()
        let start = ContinuousClock.now
        XCTAssertEqual(try verify(server, said("Hi", #", "wait": "30ms""#)).at("passed"), "false")
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(30))
        _ = try ask(server, "Hi")
        let most = try verify(server, said("Hi", #", "max": 1, "wait": "30ms""#))
        XCTAssertEqual(most.at("passed"), "true")
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(60))
    }

    // MARK: Refusals

    func test_whatIsWrong_isRefused() throws {
        let server = try serve()
        for (body, words) in [
            ("", "isn't JSON"), ("[]", "must be a JSON object"), ("{", "isn't JSON"),
            ("{}", "nothing to verify"), (#"{"request": []}"#, "did you mean requests?"),
            (#"{"requests": []}"#, "1 to 100"), (#"{"requests": {}}"#, "1 to 100"),
            (#"{"requests": [{"wen": {}}]}"#, "requests[0]: The body has no “wen” (did you mean when?)"),
            (#"{"requests": [{}]}"#, "requests[0]: There is no “when”"),
            (#"{"requests": [{"when": {}}], "min": 1}"#, "stand in it"),
            (#"{"when": {"lastTxt": "x"}}"#, "did you mean lastText?"),
            (#"{"when": {"call": 1}}"#, "call"), (#"{"when": {"model": 1}}"#, "when:1:"),
            (#"{"when": {}, "min": -1}"#, "whole number"), (#"{"when": {}, "min": 2, "max": 1}"#, "less"),
            (#"{"when": {}, "order": "other"}"#, "any or given"),
            (#"{"when": {}, "wait": "31s"}"#, "30s at most"), (#"{"when": {}, "wait": 2}"#, "a duration"),
            (#"{"when": {}, "after": "x"}"#, "whole number"), (#"{"when": {}, "when": {}}"#, "twice"),
        ] {
            try assertRefused(server, "POST", "verify", body, saying: words)
        }
        try assertRefused(server, "POST", "verify?strict=1", #"{"when": {}}"#, saying: "can't be “1”")
        let many = Array(repeating: said("a"), count: 101).joined(separator: ",")
        try assertRefused(server, "POST", "verify", #"{"requests": [\#(many)]}"#, saying: "1 to 100")
    }

    func test_largeAndDeepBodies_areRefused() throws {
        let server = try serve()
        let deep = String(repeating: "[", count: 100_000)
        try assertRefused(server, "POST", "verify", #"{"when": \#(deep)"#, saying: "isn't JSON")
        let large = #"{"when": {"lastText": "\#(String(repeating: "x", count: 5 << 20))"}}"#
        try assertRefused(server, "POST", "verify", large, status: 413, saying: "larger")
        XCTAssertEqual(try admin(server, "GET", "health").status, 200)
    }
}
