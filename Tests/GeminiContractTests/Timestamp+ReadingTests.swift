// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class TimestampReadingTests: XCTestCase {
    func test_whatIsWritten_isRead() {
        for day in stride(from: Int64(0), to: 106_000, by: 97) {
            let time = day * 86_400_000_000_000 + 12_345_678_900_000 + day
            XCTAssertEqual(Timestamp.nanoseconds(Timestamp.text(time, decimals: 9)), time)
        }
    }

    func test_zones_areHeeded() {
        // date -d 2026-08-19T14:34:12+02:00 +%s
        let noon: Int64 = 1_787_142_852_000_000_000
        for text in [
            "2026-08-19T12:34:12Z", "2026-08-19T14:34:12+02:00", "2026-08-19t05:04:12-07:30",
            "2026-08-19 12:34:12.000z",
        ] {
            XCTAssertEqual(Timestamp.nanoseconds(text), noon, text)
        }
        XCTAssertEqual(Timestamp.nanoseconds("2026-08-19T12:34:12.5000000019Z"), noon + 500_000_001)
    }

    func test_whatIsNoTime_isNone() {
        for text in [
            "", "2026", "2026-08-19", "2026-08-19T12:34:12", "2026-13-19T12:34:12Z", "2026-08-32T12:34:12Z",
            "2026-08-19T24:34:12Z", "2026-08-19T12:34:12.Z", "2026-08-19T12:34:12Zx", "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+00:01", "9999-01-01T00:00:00Z", "2026-08-19T12:34:12+2:00",
            "２026-08-19T12:34:12Z", "-026-08-19T12:34:12Z",
        ] {
            XCTAssertNil(Timestamp.nanoseconds(text), text)
        }
    }
}
