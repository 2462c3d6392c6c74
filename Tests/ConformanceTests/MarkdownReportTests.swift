// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class MarkdownReportTests: XCTestCase {
    func testTables() throws {
        let report = try ReportSamples.mixed()
        let lines = MarkdownReport.text([report, report]).split(separator: "\n")
        let row = try XCTUnwrap(lines.first { $0.contains("SSE-08") })
        XCTAssertEqual(row, "| SSE-08 | MUST | A comment is left out | ✗ fail: text | ✗ fail: text |")
        // Each line of a table has as many cells as its head, whatever stands in them.
        var head = 0
        for line in lines {
            let cells = line.replacing("\\|", with: "").count { $0 == "|" }
            if cells > 0, head > 0 { XCTAssertEqual(cells, head, "\(line)") }
            head = cells
        }
        XCTAssertFalse(lines.contains { $0.contains("<script") })
    }

    func testCell() {
        XCTAssertEqual(MarkdownReport.cell("a|b\r\n*c* <d>"), #"a\|b\\u{D} \*c\* &lt;d&gt;"#)
    }
}
