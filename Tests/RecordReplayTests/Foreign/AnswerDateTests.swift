// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class AnswerDateTests: XCTestCase {
    private func made(_ date: String) -> String { AnswerDate.made([HTTPFields.Field("date", date)]) }

    func test_made() {
        XCTAssertEqual(made("Sun, 06 Nov 1994 08:49:37 GMT"), "1994-11-06T08:49:37Z")
        XCTAssertEqual(made("Sun, 06 Jan 1994 08:49:37 GMT"), "1994-01-06T08:49:37Z")
        for date in [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Xyz 1994 08:49:37 GMT",
        ] {
            XCTAssertEqual(made(date), "", date)
        }
        XCTAssertEqual(AnswerDate.made([]), "")
    }
}
