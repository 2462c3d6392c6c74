// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import GeminiMock

final class HTTPDateTests: XCTestCase {
    func test_text_isTheRecordedForm() {
        XCTAssertEqual(HTTPDate.text(1_787_150_052), "Wed, 19 Aug 2026 14:34:12 GMT")
        XCTAssertEqual(HTTPDate.text(0), "Thu, 01 Jan 1970 00:00:00 GMT")
    }

    func test_text_agreesWithFoundation_overTwoCenturies() {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        // A step that meets all hours and days, leap days too.
        for seconds in stride(from: Int64(0), to: 6_311_433_600, by: 8_640_007) {
            let expected = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
            XCTAssertEqual(HTTPDate.text(seconds), expected)
        }
    }
}
