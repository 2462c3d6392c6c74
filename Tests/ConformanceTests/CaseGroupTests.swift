// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class CaseGroupTests: XCTestCase {
    func testMatrixKeepsSuitesTogether() throws {
        let one = ReportSamples.report([
            try ReportSamples.result("SSE-02", .pass), try ReportSamples.result("UPL-01", .pass),
        ])
        let other = ReportSamples.report([
            try ReportSamples.result("SSE-01", .fail), try ReportSamples.result("UPL-01", .pass),
        ])
        let rows = CaseMatrix([one, other]).rows
        XCTAssertEqual(rows.map(\.id.description), ["SSE-02", "SSE-01", "UPL-01"])
        XCTAssertEqual(
            rows.map { $0.results.map { $0?.verdict } }, [[.pass, nil], [nil, .fail], [.pass, .pass]])
        XCTAssertEqual(rows.map(\.isBad), [false, true, false])
        XCTAssertEqual(CaseGroup.groups(of: one.cases).map(\.name), ["SSE", "UPL"])
    }
}
