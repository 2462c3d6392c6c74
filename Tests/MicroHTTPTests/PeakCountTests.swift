// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MicroHTTP

final class PeakCountTests: XCTestCase {
    func test_aFew_areNotMissed() {
        var peak = PeakCount()
        XCTAssertFalse(peak.hasFallen(to: 0))
        peak.rise(to: 511)
        XCTAssertFalse(peak.hasFallen(to: 0))
    }

    func test_many_areMissedOnce_whenThreeQuartersHaveGone() {
        var peak = PeakCount()
        for count in [4000, 3000] { peak.rise(to: count) }
        XCTAssertFalse(peak.hasFallen(to: 1001))
        XCTAssertTrue(peak.hasFallen(to: 1000))
        XCTAssertFalse(peak.hasFallen(to: 1000))
        XCTAssertTrue(peak.hasFallen(to: 10), "those that were left then")
        XCTAssertFalse(peak.hasFallen(to: 0))
    }
}
