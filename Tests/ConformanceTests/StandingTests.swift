// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class StandingTests: XCTestCase {
    private func standing(must: (Int, Int), should: (Int, Int)) throws -> Standing {
        var cases: [CaseResult] = []
        for (severity, counts, bad) in [(Severity.must, must, Verdict.fail), (.should, should, .nonStrict)] {
            for number in 0..<counts.1 {
                let id = "\(severity == .must ? "MMM" : "SSS")-\(10 + number)"
                cases.append(try ReportSamples.result(id, number < counts.0 ? .pass : bad, severity))
            }
        }
        return ReportSamples.report(cases).standing
    }

    func testTiers() throws {
        XCTAssertEqual(try standing(must: (3, 3), should: (9, 10)), .robust)
        XCTAssertEqual(try standing(must: (3, 3), should: (0, 0)), .robust)
        XCTAssertEqual(try standing(must: (3, 3), should: (8, 9)), .conformant)
        XCTAssertEqual(try standing(must: (2, 3), should: (9, 9)), .notYet)
        XCTAssertEqual(try standing(must: (0, 0), should: (9, 9)), .unknown)
    }

    /// 100 is said of all alone.
    func testPercentIsRoundedDown() {
        XCTAssertEqual(RunReport.Score(passed: 199, applicable: 200).percent, 99)
        XCTAssertNil(RunReport.Score(passed: 0, applicable: 0).percent)
    }

    func testMarksDiffer() {
        XCTAssertEqual(Set(Verdict.allCases.map(\.mark)).count, Verdict.allCases.count)
    }
}
