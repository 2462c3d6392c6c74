// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class WallClockTests: XCTestCase {
    func test_systemClock_isBehind2025() {
        XCTAssertGreaterThan(SystemWallClock().nanoseconds, 1_735_689_600_000_000_000)
    }
}
