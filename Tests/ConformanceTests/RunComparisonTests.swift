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
        XCTAssertEqual(RunComparison(report, empty).lines, ["SSE-08  fail → –  t; not asked any more"])
    }

    /// A check that nobody has made doesn't speak for the client.
    func test_onlyWhatIsSeenIsMended() throws {
        XCTAssertEqual(try XCTUnwrap(change((.fail, ["a"]), (.harnessError, []))).mended, [])
        let report = try RunReportReadingTests.report()
        let unseen = ReportSamples.report([try ReportSamples.result("SSE-08", .unsupported, checks: [])])
        XCTAssertEqual(RunComparison(report, unseen).changes.map(\.mended), [[]])
        // `n` is what the other report couldn't observe.
        XCTAssertEqual(try XCTUnwrap(change((.fail, ["a", "n"]), (.pass, []))).mended, ["a"])
    }
}
