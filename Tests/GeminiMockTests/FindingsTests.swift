// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class FindingsTests: XCTestCase {
    private func group(_ kind: Findings.Kind, _ count: Int, details: [String] = []) -> Findings.Group {
        Findings.Group(kind, count: count, texts: (0..<min(count, 20)).map { "text \($0)" }, details: details)
    }

    func test_lines_tellTheFirstOfMany() {
        XCTAssertEqual(group(.unspentFaults, 0).lines(), [])
        XCTAssertEqual(group(.unspentFaults, 2).lines(), ["never struck: text 0", "never struck: text 1"])
        XCTAssertEqual(
            group(.unusedStubs, 3).lines(most: 1),
            ["never used, though required: text 0", "never used, though required: 2 more"])
        XCTAssertEqual(group(.unmatchedRequests, 25).lines().last, "matched no stub: 5 more")
    }

    func test_description_tellsTheFirstAtLength() {
        XCTAssertEqual(group(.unspentFaults, 1).description, "Faults that never struck: 1\ntext 0")
        XCTAssertEqual(
            group(.unusedStubs, 7).description,
            "Required stubs that were never used: 7\ntext 0\ntext 1\ntext 2\ntext 3\ntext 4\nand 2 more")
        XCTAssertEqual(
            group(.unmatchedRequests, 2, details: ["GET /\n  a\n  b"]).description,
            "Requests that matched no stub: 2\nGET /\n  a\n  b\nand 1 more")
    }

    func test_findings_areNone_whereNoKindHasAny() {
        XCTAssertTrue(Findings(groups: []).areNone)
        XCTAssertTrue(Findings(groups: [group(.unusedStubs, 0), group(.unspentFaults, 0)]).areNone)
        let findings = Findings(groups: [group(.unusedStubs, 0), group(.unspentFaults, 1)])
        XCTAssertFalse(findings.areNone)
        XCTAssertEqual(findings.description, "Faults that never struck: 1\ntext 0")
    }
}
