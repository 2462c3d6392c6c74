// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class CivilDateTests: XCTestCase {
    func test_dates_ofKnownDays() {
        for (days, expected) in [
            (0, "1970-1-1"), (59, "1970-3-1"), (789, "1972-2-29"), (790, "1972-3-1"), (11_016, "2000-2-29"),
            (20_684, "2026-8-19"), (47_540, "2100-2-28"), (47_541, "2100-3-1"),
        ] {
            let date = CivilDate(daysSince1970: Int64(days))
            XCTAssertEqual("\(date.year)-\(date.month)-\(date.day)", expected)
        }
    }
}
