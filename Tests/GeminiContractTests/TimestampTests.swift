// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class TimestampTests: XCTestCase {
    func test_text_hasAsManyDecimalsAsAsked() {
        let time: Int64 = 1_787_150_054_094_797_123
        XCTAssertEqual(Timestamp.text(time, decimals: 6), "2026-08-19T14:34:14.094797Z")
        XCTAssertEqual(Timestamp.text(time, decimals: 9), "2026-08-19T14:34:14.094797123Z")
    }

    func test_text_ofTheBeginning() {
        XCTAssertEqual(Timestamp.text(0, decimals: 6), "1970-01-01T00:00:00.000000Z")
    }
}
