// SPDX-License-Identifier: Apache-2.0

import Conformance
import XCTest

@testable import GeminiConformance

/// What becomes of a verdict in XCTest.
final class ToldCaseTests: XCTestCase {
    private func told(
        _ verdict: Verdict, known: KnownOutcome? = nil, isStrict: Bool = true
    ) throws -> String {
        let id = try XCTUnwrap(CaseID("SSE-08"))
        let check = CheckResult(
            name: "text", severity: .must, expected: "One", outcome: .failed(got: "Two", exchange: nil))
        let result = CaseResult(
            id: id, title: "A comment is left out", severity: .must, source: "", verdict: verdict,
            reason: "so it is", checks: [check], known: known)
        switch ToldCase(result, isStrict: isStrict) {
        case .passed: return "passed"
        case .failed(let text): return "failed: \(text)"
        case .skipped(let text): return "skipped: \(text)"
        }
    }

    func testVerdicts() throws {
        XCTAssertEqual(try told(.pass), "passed")
        XCTAssertEqual(try told(.info), "passed")
        XCTAssertEqual(try told(.unsupported), "skipped: unsupported: so it is")
        XCTAssertEqual(try told(.notObserved), "skipped: not observed: so it is")
        XCTAssertEqual(try told(.nonStrict, isStrict: false), "passed")
        for verdict in [Verdict.fail, .nonStrict, .flaky, .harnessError] {
            let text = try told(verdict)
            XCTAssert(text.hasPrefix("failed: \(verdict.rawValue)"), text)
            XCTAssert(text.contains("got:      Two"), text)
        }
        XCTAssert(try told(.fail, isStrict: false).hasPrefix("failed"))
    }

    func testWhatIsKnown() throws {
        XCTAssertEqual(try told(.fail, known: .failure("a bug")), "skipped: fail, as is known: a bug")
        XCTAssertEqual(try told(.fail, known: .varying("slow")), "skipped: fail, as is known: slow")
        XCTAssert(try told(.pass, known: .stale("a bug")).hasPrefix("failed: it is in the known failures"))
    }
}
