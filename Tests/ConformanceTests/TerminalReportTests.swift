// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class TerminalReportTests: XCTestCase {
    func testProgress_isALineForACase() throws {
        let report = TerminalReport()
        XCTAssertEqual(
            report.progress(try ReportSamples.result("SSE-01", .pass)),
            "pass           SSE-01  MUST  A comment is left out")
        XCTAssertEqual(
            report.progress(try ReportSamples.result("SSE-17", .nonStrict, .should)),
            "non-strict     SSE-17  SHOULD  A comment is left out")
        XCTAssertEqual(
            report.progress(try ReportSamples.result("SSE-09", .fail, known: .failure("a bug"))),
            "fail           SSE-09  MUST  A comment is left out (known)")
        XCTAssertEqual(
            report.progress(try ReportSamples.result("UPL-03", .pass, known: .stale("a bug"))),
            "pass           UPL-03  MUST  A comment is left out (is in the known failures)")
    }

    func testDetails_areOfWhatWentWrong() throws {
        let failed = try ReportSamples.result("SSE-08", .fail)
        let lines = TerminalReport().details(failed)
        XCTAssertTrue(lines.contains("  ✗ text (MUST)"))
        XCTAssertTrue(lines.contains("    expected: One"))
        XCTAssertTrue(lines.contains { $0.hasPrefix("    got:      Two") })
        XCTAssertTrue(lines.contains("  on the wire:"))
        XCTAssertTrue(lines.contains { $0.hasPrefix("▶") }, "the exchange that shows it is marked")

        let passed = try ReportSamples.result("SSE-01", .pass)
        XCTAssertEqual(TerminalReport().details(passed), [])
        XCTAssertTrue(TerminalReport(isTracing: true).details(passed).contains("  on the wire:"))
        let known = try ReportSamples.result("SSE-09", .fail, known: .failure("a bug"))
        XCTAssertEqual(TerminalReport().details(known), [])
    }

    /// What a client or a server sends can't paint on the terminal, move its cursor or turn lines round.
    func testNothingIsActedUpon() throws {
        for result in try ReportSamples.mixed().cases {
            let report = TerminalReport(isTracing: true)
            for line in [report.progress(result)] + report.details(result) {
                let acting = line.unicodeScalars.filter {
                    $0.value < 0x20 || 0x7F...0x9F ~= $0.value || 0x202A...0x202E ~= $0.value
                }
                XCTAssertEqual(Array(acting), [], line.debugDescription)
            }
        }
    }

    func testSummary() throws {
        XCTAssertEqual(
            TerminalReport().summary(try ReportSamples.mixed()),
            [
                "7 cases: 2 pass, 2 fail, 1 non-strict, 1 unsupported, 1 harness error",
                "MUST: 2 of 4 (50 %)", "SHOULD: 0 of 1 (0 %)",
                "UPL-03 is in the known failures (a bug) and doesn’t fail: take it out",
            ])
        let one = ReportSamples.report([try ReportSamples.result("SSE-01", .pass)])
        XCTAssertEqual(
            TerminalReport().summary(one), ["1 case: 1 pass", "MUST: 1 of 1 (100 %)"])
    }
}
