// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMockXCTest
import XCTest

final class FindingsAssertionsTests: FailureTestCase {
    private let cut = MockScenario(
        "cut",
        stubs: [
            MockStub(
                "cut", when: MockPattern(lastText: .equals("cut")),
                replies: [.text("y").faults([.named("reset", .times(1))])], line: 1)
        ], file: "cut", line: 1)

    func test_nothingFails_whenAllIsWell() throws {
        let server = try startMockServer(tulips)
        try ask(server, "tulip")
        XCTAssertNoUnmatchedRequests(server)
        XCTAssertAllStubsUsed(server)
        XCTAssertAllFaultsSpent(server)
    }

    func test_unmatchedRequests_failWithAStubToPaste() throws {
        let server = try startMockServer(tulips, checks: [])
        try ask(server, "rose")
        XCTAssertEqual(
            failures { XCTAssertNoUnmatchedRequests(server, "all are known") }.map(\.text),
            [
                """
                Requests that matched no stub: 1 - all are known
                POST /v1beta/models/gemini-2.5-flash:generateContent
                  the nearest stub is “tulip” (tulips:1)
                    ✓ endpoint
                    ✗ lastText: expected the text “tulip”, got “rose”
                  this one would match, in a scenario’s “stubs”:
                  - name: "generateContent: rose"
                    when:
                      endpoint: generateContent
                      model: gemini-2.5-flash
                      lastText: {equals: rose}
                    replies:
                      - text: Put the answer here.
                """
            ])
    }

    func test_readme_showsSuchAFailure() throws {
        let hello = MockPattern(endpoint: ["generateContent"], lastText: .contains("hello"))
        let scenario = MockScenario(
            "greeting", stubs: [MockStub("greets", when: hello, replies: [.text("Good day")], line: 14)],
            file: "MyTests/GreetingTests.swift", line: 13)
        let server = try startMockServer(scenario, checks: [])
        try ask(server, "Say good bye", model: "gemini-3.5-flash")
        let text = try XCTUnwrap(failures { XCTAssertNoUnmatchedRequests(server) }.first?.text)
        let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Examples/README.md")
        XCTAssertTrue(
            try String(contentsOf: readme, encoding: .utf8).contains("```text\n\(text)\n```"), text)
    }

    func test_ofManyUnmatchedRequests_theFirstAreTold() throws {
        let server = try startMockServer(tulips, checks: [])
        for number in 1...8 { try ask(server, "rose \(number)") }
        let text = failures { XCTAssertNoUnmatchedRequests(server) }.first?.text ?? ""
        XCTAssertTrue(text.hasPrefix("Requests that matched no stub: 8\nPOST "), text)
        XCTAssertTrue(text.hasSuffix("\nand 3 more"), text)
        XCTAssertEqual(text.split(separator: "the nearest stub is").count, 6)
        XCTAssertTrue(text.contains("rose 5"))
        XCTAssertFalse(text.contains("rose 6"))
    }

    func test_unusedStubs_andUnspentFaults_fail() throws {
        let server = try startMockServer(tulips, cut, checks: [])
        let failures = failures {
            XCTAssertAllStubsUsed(server, "message", line: 7)
            XCTAssertAllFaultsSpent(server, "message", line: 8)
        }
        XCTAssertEqual(
            failures.map(\.text),
            [
                "Required stubs that were never used: 1 - message\n“tulip” (tulips:1)",
                "Faults that never struck: 1 - message\nreset of “cut” (cut:1)",
            ])
        XCTAssertEqual(failures.map(\.line), [7, 8])
    }
}
