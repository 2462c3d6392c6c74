// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class MetricsTextTests: XCTestCase {
    func test_page_isWritten_asTheFormatSays() {
        var page = MetricsText()
        page.add("a_total", .counter, "Of \"a\", a\\b\nand more.", [(["x": "1"], 2), (["x": "\"\\\n"], 0.5)])
        page.add("b", .gauge, "B.", -3)
        page.add("c", .gauge, "C.", 1e18)
        XCTAssertEqual(
            page.text,
            """
            # HELP a_total Of "a", a\\\\b\\nand more.
            # TYPE a_total counter
            a_total{x="1"} 2
            a_total{x="\\"\\\\\\n"} 0.5
            # HELP b B.
            # TYPE b gauge
            b -3
            # HELP c C.
            # TYPE c gauge
            c 1e+18

            """)
    }
}
