// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class RunComparisonTests: XCTestCase {
    private func change(
        _ before: (Verdict, [String]), _ after: (Verdict, [String])
    ) throws -> RunComparison.Change? {
        RunComparison(
            try RunReportReadingTests.report(before.0, failing: before.1),
            try RunReportReadingTests.report(after.0, failing: after.1)
        ).changes.first
    }

    func test_onlyWhatIsOtherIsTold() throws {
        XCTAssertNil(try change((.fail, ["a"]), (.fail, ["a"])))
        let mended = try XCTUnwrap(change((.fail, ["a"]), (.pass, [])))
        XCTAssertFalse(mended.isWorse)
        XCTAssertEqual(mended.mended, ["a"])
        let broken = try XCTUnwrap(change((.pass, []), (.nonStrict, ["b"])))
        XCTAssertTrue(broken.isWorse)
        XCTAssertEqual(broken.failing, ["b"])
        // The same verdict for another reason.
        XCTAssertTrue(try XCTUnwrap(change((.fail, ["a"]), (.fail, ["a", "b"]))).isWorse)
        XCTAssertFalse(try XCTUnwrap(change((.fail, ["a"]), (.nonStrict, ["b"]))).isWorse)
    }

    func test_aCaseThatIsNewSaysNothing() throws {
        let report = try RunReportReadingTests.report()
        let empty = RunReport(
            client: report.client, judge: "", date: "", set: nil, time: .zero, cases: [])
        let comparison = RunComparison(empty, report)
        XCTAssertEqual(comparison.lines, ["SSE-08  – → fail  t; fails now: text"])
        XCTAssertFalse(comparison.changes.contains(where: \.isWorse))
        XCTAssertEqual(RunComparison(report, empty).lines, ["SSE-08  fail → –  t; mended: text"])
    }
}
