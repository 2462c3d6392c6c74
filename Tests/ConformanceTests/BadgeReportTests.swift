// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import Conformance

#if canImport(FoundationXML)
    import FoundationXML
#endif

final class BadgeReportTests: XCTestCase {
    func testItTellsTheScoresInWords() throws {
        let text = BadgeReport.text(try ReportSamples.mixed())
        XCTAssertTrue(XMLParser(data: Data(text.utf8)).parse(), text)
        XCTAssertTrue(text.contains("MUST 50 % · SHOULD 0 %"), text)
        XCTAssertTrue(text.contains("my&lt;client&gt; 1.2: "), text)
        XCTAssertTrue(BadgeReport.text(ReportSamples.report([])).contains("not judged"))
    }
}
