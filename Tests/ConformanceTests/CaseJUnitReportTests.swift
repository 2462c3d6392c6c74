// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import Conformance

#if canImport(FoundationXML)
    import FoundationXML
#endif

final class CaseJUnitReportTests: XCTestCase {
    func testItIsXMLAndFailsWhatMakesTheRunFail() throws {
        let text = CaseJUnitReport.text([try ReportSamples.mixed()])
        XCTAssertTrue(XMLParser(data: Data(text.utf8)).parse(), text)
        let suites = text.split(separator: "\n").filter { $0.contains("<testsuite ") }
        XCTAssertEqual(suites.count, 2)
        XCTAssertTrue(
            suites[0].contains(#"tests="4" failures="2" errors="0" skipped="1" time="4.936""#), text)
        XCTAssertTrue(suites[1].contains(#"tests="3" failures="1" errors="1" skipped="1""#), text)
        XCTAssertTrue(text.contains(#"classname="my&lt;client&gt;.SSE""#))
        XCTAssertTrue(text.contains("got:      Two"))
    }
}
