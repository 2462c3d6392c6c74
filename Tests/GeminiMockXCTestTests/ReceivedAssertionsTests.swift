// SPDX-License-Identifier: Apache-2.0

import GeminiMockXCTest
import TestSupport
import XCTest

final class ReceivedAssertionsTests: FailureTestCase {
    private let tulip = MockPattern(endpoint: ["generateContent"], lastText: .equals("tulip"))
    private let words = #"{"endpoint": ["generateContent"],"lastText": {"equals": "tulip"}}"#

    // MARK: How many

    func test_received_countsRequestsThatFit() throws {
        let server = try startMockServer()
        XCTAssertNotReceived(server, tulip)
        try ask(server, "tulip")
        try ask(server, "rose")
        XCTAssertReceived(server, tulip)
        XCTAssertReceived(server, tulip, count: 1)
        XCTAssertReceived(server, MockPattern(), count: 2...)
        XCTAssertReceived(server, MockPattern(endpoint: ["countTokens"]), count: ...3)
        let received = XCTAssertReceived(server, MockPattern(lastText: .glob("*")), count: 1...2)
        XCTAssertEqual(received.map(\.id), [1, 2])
        XCTAssertReceived(server, tulip, tenant: "made-up")
        XCTAssertNotReceived(server, tulip, tenant: "another")
    }

    func test_received_fails_withTheNearestRequest() throws {
        let server = try startMockServer()
        try ask(server, "tulip", "countTokens")
        try ask(server, "rose")
        let failures = failures { XCTAssertReceived(server, tulip, "for the vase", line: 7) }
        XCTAssertEqual(
            failures.map(\.text),
            [
                """
                Expected at least 1 request that fits \(words); none came. The nearest other is entry 2, POST \
                /v1beta/models/gemini-2.5-flash:generateContent - for the vase
                  ✓ endpoint
                  ✗ lastText: expected the text “tulip”, got “rose”
                """
            ])
        XCTAssertEqual(failures.map(\.line), [7], "it is told where it stands")
    }

    func test_received_fails_withTheDifferencesOfJSON() throws {
        let server = try startMockServer()
        try ask(server, "rose")
        let body: JSON = [
            "contents": [["role": "user", "parts": [["text": "tulip"]]]], "cachedContent": "x",
        ]
        let failures = failures { XCTAssertReceived(server, MockPattern(body: body)) }
        let lines = failures.first?.text.split(separator: "\n") ?? []
        XCTAssertEqual(
            lines.dropFirst(),
            [
                "  ✗ body: expected the text “tulip” at /contents/0/parts/0/text, got the text “rose”",
                "    /contents/0/parts/0/text: expected the text “tulip”, got the text “rose”",
                "    /cachedContent: expected the text “x”, got nothing",
            ], "\(failures)")
    }

    func test_received_fails_whereThereAreTooMany() throws {
        let server = try startMockServer()
        for _ in 0..<3 { try ask(server, "tulip") }
        for (count, number) in [(0...0, "no request that fits"), (1...2, "1 to 2 requests that fit")] {
            XCTAssertEqual(
                failures { XCTAssertReceived(server, tulip, count: count) }.map(\.text),
                ["Expected \(number) \(words); 3 came: entries 1, 2, 3."])
        }
        XCTAssertEqual(
            failures { XCTAssertNotReceived(server, tulip, "no flowers") }.map(\.text),
            ["Expected no request that fits \(words); 3 came: entries 1, 2, 3. - no flowers"])
    }

    func test_received_fails_withAHint_whereNothingHasCome() throws {
        let server = try startMockServer()
        XCTAssertEqual(
            failures { XCTAssertReceived(server, tulip, count: 2) }.map(\.text),
            [
                "Expected exactly 2 requests that fit \(words); none came.\n"
                    + "Nothing has come at all: does the client use the server’s baseURL?"
            ])
    }

    func test_received_fails_whereThePatternIsNone() throws {
        let server = try startMockServer()
        let pattern = MockPattern(endpoint: ["generateContents"])
        let failures = failures {
            XCTAssertReceived(server, pattern)
            XCTAssertNotReceived(server, pattern)
            XCTAssertReceivedInOrder(server, [pattern])
        }
        XCTAssertEqual(failures.count, 3)
        for failure in failures {
            XCTAssertTrue(failure.text.contains("generateContents"), failure.text)
            XCTAssertTrue(failure.text.contains("ReceivedAssertionsTests.swift:"), failure.text)
        }
    }

    // MARK: Order

    func test_inOrder_allowsOthersBetween() throws {
        let server = try startMockServer()
        for text in ["tulip", "lily", "rose"] { try ask(server, text) }
        let rose = MockPattern(lastText: .equals("rose"))
        XCTAssertReceivedInOrder(server, [tulip, rose])
        let failures = failures { XCTAssertReceivedInOrder(server, [rose, tulip]) }
        XCTAssertEqual(
            failures.map(\.text),
            [
                "All came, but not in the given order: number 2 is missing, behind entry 3: "
                    + "at least 1 request that fits \(words)"
            ])
    }

    // MARK: Waiting

    func test_within_waitsForARequest() async throws {
        let server = try startMockServer()
        async let asked: Int = Task.detached { try FailureTestCase.ask(server, "tulip") }.value
        let received = await XCTAssertReceived(server, tulip, count: 1, within: .seconds(20))
        XCTAssertEqual(received.count, 1)
        _ = try await asked
    }

    func test_within_waitsForARequest_whereNothingCanBeAwaited() throws {
        let server = try startMockServer()
        let thread = Thread { _ = try? FailureTestCase.ask(server, "tulip") }
        thread.start()
        let start = ContinuousClock.now
        XCTAssertReceived(server, tulip, count: 1...2, within: .seconds(20))
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(19), "nor is it waited for a second one")
    }

    func test_within_fails_whenTheTimeIsOver() async throws {
        let server = try startMockServer()
        try ask(server, "tulip")
        let failures = await failures {
            await XCTAssertReceived(server, tulip, count: 2, within: .milliseconds(30))
            waits(server)
        }
        XCTAssertEqual(
            failures.map(\.text),
            Array(
                repeating: "Expected exactly 2 requests that fit \(words); 1 came: entry 1.", count: 2))
    }

    private func waits(_ server: MockServer) {
        XCTAssertReceived(server, tulip, count: 2, within: .milliseconds(30))
    }
}
