// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import Conformance

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The page with the matrix.
final class HTMLReportTests: XCTestCase {
    func testNothingOfAClientBecomesMarkup() throws {
        let page = HTMLReport.text([try ReportSamples.mixed(), try ReportSamples.mixed()])
        XCTAssertFalse(page.contains("<script"))
        XCTAssertFalse(page.contains("<client>"))
        XCTAssertTrue(page.contains("&lt;script&gt;"))
        for hidden in ["\u{1B}", "\u{202E}"] { XCTAssertFalse(page.contains(hidden)) }
        // No attribute runs anything, and nothing is loaded.
        for word in [" onload", " onclick", "javascript:", "src=", "url(", "http://", "https://", "@import"] {
            XCTAssertFalse(page.contains(word), word)
        }
        XCTAssertTrue(page.contains("default-src 'none'"))
    }

    func testEachVerdictLeadsToItsWireLog() throws {
        let page = HTMLReport.text([try ReportSamples.mixed(), try ReportSamples.mixed()])
        let links = page.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        let places = page.matches(of: /id="([^"]+)"/).map { String($0.1) }
        XCTAssertEqual(Set(links).subtracting(places), [])
        XCTAssertEqual(places.count, Set(places).count, "an id is there twice")
        XCTAssertEqual(places.filter { $0.wholeMatch(of: /client-[12]-[A-Z]{3}-[0-9]+/) != nil }.count, 14)
        XCTAssertTrue(page.contains("<mark>: keep-alive</mark>"))
        // The bytes in hexadecimal: “: k”.
        XCTAssertTrue(page.contains("<mark>3A</mark> <mark>20</mark> <mark>6B</mark>"), page)
        XCTAssertTrue(page.contains("<i>CR</i><i>LF</i>"))
    }

    /// Each element is closed where it should be: what a browser makes of the page isn't up to its mending.
    func testElementsAreNested() throws {
        let page = HTMLReport.text([try ReportSamples.mixed()])
        var open: [Substring] = []
        let empty: Set<Substring> = ["meta", "br", "input", "!DOCTYPE"]
        for match in page.matches(of: /<(\/?)([!A-Za-z0-9]+)[^>]*>/) where !empty.contains(match.2) {
            if match.1.isEmpty { open.append(match.2) } else { XCTAssertEqual(open.popLast(), match.2) }
        }
        XCTAssertEqual(open, [])
    }

    func testAClientThatWasNotAskedIsTold() throws {
        let one = ReportSamples.report([try ReportSamples.result("SSE-01", .pass)])
        let other = ReportSamples.report([try ReportSamples.result("SSE-02", .pass)])
        let page = HTMLReport.text([one, other])
        XCTAssertEqual(page.ranges(of: "not asked").count, 2)
        XCTAssertTrue(HTMLReport.text([]).contains("</html>"))
    }
}
