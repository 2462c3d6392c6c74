// SPDX-License-Identifier: Apache-2.0

import GeminiConformance
import HTTPWire
import XCTest

/// A client that does nothing right fails: each of its cases, and the test.
final class FailingClientTests: ConformanceTestCase {
    private static let kept = Monitor<[String]>([])

    override class var cases: [String] { ["SSE-01", "SSE-02", "SSE-25"] }
    override class var lacks: Set<String> { ["stream-json"] }
    override class var driver: any ClientDriver {
        ClosureDriver { _ in ClosureDriver.outcome(["ok": false]) }
    }

    func testFailuresAreTold() throws {
        FailingClientTests.kept.withLock { $0 = [] }
        try judge()
        let kept = FailingClientTests.kept.withLock { $0 }
        let wanted = ["fail           SSE-01", "fail           SSE-02"]
        guard zip(kept, wanted).allSatisfy({ $0.contains($1) }), kept.count >= 2 else {
            return refuse("\(kept)")
        }
        #if !canImport(Darwin)
            if kept.count != 3 || kept.last?.contains("2 of 3 cases failed") != true { refuse("\(kept)") }
        #endif
    }

    #if canImport(Darwin)
        override func record(_ issue: XCTIssue) {
            FailingClientTests.kept.withLock { $0.append(issue.compactDescription) }
        }

        private func refuse(_ text: String) {
            super.record(XCTIssue(type: .assertionFailure, compactDescription: text))
        }
    #else
        override func recordFailure(
            withDescription text: String, inFile file: String, atLine line: Int, expected: Bool
        ) {
            FailingClientTests.kept.withLock { $0.append(text) }
        }

        private func refuse(_ text: String) {
            super.recordFailure(withDescription: text, inFile: #filePath, atLine: #line, expected: true)
        }
    #endif
}

/// What is known of a case that isn't there would never be told as out of date.
final class MisnamedCaseTests: ConformanceTestCase {
    override class var known: KnownFailures {
        var known = KnownFailures()
        known.failures = [KnownFailures.Entry(cases: "SSE-O1", reason: "a slip")]
        return known
    }

    func testItIsTold() {
        XCTAssertThrowsError(try judge()) {
            XCTAssertEqual("\($0)", "no suite has a case “SSE-O1” (did you mean SSE-01?)")
        }
    }
}
