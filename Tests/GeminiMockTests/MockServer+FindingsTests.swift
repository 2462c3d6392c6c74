// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMock
import TestSupport
import XCTest

final class MockServerFindingsTests: ScenarioTestCase {
    private let tulips = MockScenario(
        "tulips",
        stubs: [
            MockStub(
                "tulip", when: MockPattern(lastText: .equals("tulip")),
                replies: [.text("a tulip").faults([.named("sse-lf", .times(1))])], isRequired: true, line: 1)
        ], file: "tulips", line: 1)

    func test_findings_areOfTheKindsThatWereAskedFor() throws {
        let server = try serve(tulips)
        XCTAssertEqual(server.findings().groups.map(\.kind), Findings.Kind.allCases)
        XCTAssertEqual(server.findings().groups.map(\.count), [0, 1, 1, 0])
        XCTAssertEqual(server.findings([.unspentFaults]).groups.map(\.kind), [.unspentFaults])
        XCTAssertTrue(server.findings([]).areNone)
        XCTAssertTrue(server.findings([.unmatchedRequests]).areNone)
        XCTAssertEqual(server.findings(.unusedStubs).texts, ["“tulip” (tulips:1)"])
        _ = try stream(server, "tulip")
        XCTAssertTrue(server.findings().areNone)
    }

    func test_unmatchedRequests_areToldWithoutCredentials() throws {
        let server = try serve(tulips)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("GET /v1beta/models?key=made-up-secret HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().status, 200)
        XCTAssertEqual(
            server.findings(.unmatchedRequests).description,
            """
            Requests that matched no stub: 1
            GET /v1beta/models?key=REDACTED
              the nearest stub is “tulip” (tulips:1)
                ✗ endpoint: expected generateContent, streamGenerateContent or createInteraction, got listModels
                ✗ lastText: expected the text “tulip”, got no text of the user
              this one would match, in a scenario’s “stubs”:
              - name: listModels
                when:
                  endpoint: listModels
                replies:
                  - body: {models: []}
            """)
    }

    func test_unmatchedRequests_areTold_whereNoJournalIsKept() throws {
        let server = try serve(tulips) { $0.journalLimits.entries = 0 }
        _ = try ask(server, "rose")
        let text = server.findings(.unmatchedRequests).description
        let start =
            "Requests that matched no stub: 1\nPOST /v1beta/models/gemini-2.5-flash:generateContent; the nearest is"
        XCTAssertTrue(text.hasPrefix(start), text)
    }

    /// A stub to paste is one that the request fits.
    func test_stubToPaste_answersTheRequest() throws {
        let first = try serve(tulips)
        _ = try ask(first, "a rose: \\\"red\\\"")
        let parts = first.findings(.unmatchedRequests).description.components(separatedBy: "“stubs”:\n")
        let scenario = "name: pasted\nstubs:\n\(try XCTUnwrap(parts.last))\n"
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(scenario.utf8).write(to: file)
        addTeardownBlock { try? FileManager.default.removeItem(at: file) }
        let second = try serve(MockScenario(path: file.path)) { $0.refusesUnmatched = true }
        XCTAssertEqual(try ask(second, "a rose: \\\"red\\\"").said, "Put the answer here.")
    }
}
