// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import ScenarioEngine
import TestSupport
import XCTest

@testable import GeminiMock

final class UnmatchedRequestsTests: ScenarioTestCase {
    private let tulips = MockScenario(
        "tulips",
        stubs: [MockStub("tulip", when: MockPattern(lastText: .equals("tulip")), replies: [.text("a tulip")])]
    )

    func test_requests_areCounted_refusedOrNot() throws {
        for isStrict in [false, true] {
            let server = try serve(tulips) { $0.refusesUnmatched = isStrict }
            XCTAssertEqual(server.unmatchedRequests, UnmatchedRequests())
            _ = try ask(server, "tulip")
            XCTAssertEqual(server.unmatchedRequests.count, 0)
            _ = try ask(server, "rose")
            _ = try get(server, "models?key=made-up-secret")
            XCTAssertEqual(server.unmatchedRequests.count, 1, "the two credentials were refused before")
            _ = try get(server, "models?pageSize=2")
            let unmatched = server.unmatchedRequests
            XCTAssertEqual(unmatched.count, 2)
            XCTAssertEqual(unmatched.first.count, 2)
            let first = try XCTUnwrap(unmatched.first.first)
            let start = "POST /v1beta/models/gemini-2.5-flash:generateContent; the nearest is “tulip” ("
            XCTAssertTrue(first.hasPrefix(start), first)
            XCTAssertTrue(first.hasSuffix("): ✗ lastText: expected the text “tulip”, got “rose”"), first)
            XCTAssertTrue(
                unmatched.first.last?.hasPrefix("GET /v1beta/models?pageSize=2; the nearest is “tulip”")
                    ?? false, "\(unmatched)")
        }
    }

    func test_texts_haveNoCredentials() throws {
        let server = try serve(tulips)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("GET /v1beta/models?key=made-up-secret HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().status, 200)
        let text = try XCTUnwrap(server.unmatchedRequests.first.first)
        XCTAssertTrue(text.hasPrefix("GET /v1beta/models?key=REDACTED; "), text)
    }

    func test_texts_ofTheFirstTwenty_areKept() throws {
        let server = try serve(tulips)
        for page in 1...25 { _ = try get(server, "models?pageSize=\(page)") }
        let unmatched = server.unmatchedRequests
        XCTAssertEqual(unmatched.count, 25)
        XCTAssertEqual(unmatched.first.count, 20)
        XCTAssertTrue(unmatched.first.last?.contains("pageSize=20;") ?? false)
    }

    func test_nothingIsCounted_whereNothingIsPlayed() throws {
        let plain = try serve()
        let library = try serve { $0.library = [self.tulips] }
        for server in [plain, library] {
            _ = try ask(server, "rose")
            XCTAssertEqual(server.unmatchedRequests.count, 0)
        }
        _ = try ask(library, "rose", key: "scenario:tulips")
        XCTAssertEqual(library.unmatchedRequests.count, 1)
    }

    func test_stepsOfAnUpload_areCountedOnce() throws {
        let server = try serve(tulips)
        _ = try upload(server, "audio/mpeg")
        XCTAssertEqual(server.unmatchedRequests.count, 1)
    }
}
