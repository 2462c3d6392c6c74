// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class WallClockTests: XCTestCase {
    func test_manualClock_goesOnOnlyWhenTold() {
        let clock = ManualWallClock(seconds: 100)
        XCTAssertEqual(clock.nanoseconds, 100_000_000_000)
        clock.advance(by: .milliseconds(1500))
        XCTAssertEqual(clock.nanoseconds, 101_500_000_000)
    }

    func test_systemClock_isBehind2025() {
        XCTAssertGreaterThan(SystemWallClock().nanoseconds, 1_735_689_600_000_000_000)
    }
}
