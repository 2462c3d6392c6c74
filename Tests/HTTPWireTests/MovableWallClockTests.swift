// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

final class MovableWallClockTests: XCTestCase {
    func test_clock_runsLikeItsBase_butForWhatItWasMoved() {
        let base = MovableWallClock(FixedWallClock(seconds: 100))
        let clock = MovableWallClock(base)
        XCTAssertEqual(clock.nanoseconds, 100_000_000_000)
        clock.advance(by: .seconds(48 * 3600))
        XCTAssertEqual(clock.nanoseconds, (100 + 48 * 3600) * 1_000_000_000)
        base.advance(by: .milliseconds(1))
        XCTAssertEqual(clock.nanoseconds, (100 + 48 * 3600) * 1_000_000_000 + 1_000_000)
    }

    func test_moves_addUp_fromAllThreads() {
        let clock = MovableWallClock(FixedWallClock(seconds: 0))
        DispatchQueue.concurrentPerform(iterations: 100) { _ in clock.advance(by: .nanoseconds(10)) }
        XCTAssertEqual(clock.nanoseconds, 1000)
    }

    func test_clock_isNeverMovedBack_orTooFar() {
        let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))
        clock.advance(by: .seconds(-5))
        XCTAssertEqual(clock.nanoseconds, 1_787_150_052_000_000_000)
        for _ in 0..<5 { clock.advance(by: .seconds(Int64.max)) }
        XCTAssertGreaterThan(clock.nanoseconds, 1_787_150_052_000_000_000)
    }

    func test_frozenClock_standsStill_butForWhatItIsMoved() {
        let base = MovableWallClock(FixedWallClock(seconds: 100))
        let clock = MovableWallClock(base)
        clock.advance(by: .seconds(5))
        clock.freeze()
        base.advance(by: .seconds(60))
        XCTAssertEqual(
            clock.state, ClockState(nanoseconds: 105_000_000_000, offset: .seconds(-55), isFrozen: true))
        clock.advance(by: .nanoseconds(1))
        XCTAssertEqual(clock.nanoseconds, 105_000_000_001)
        clock.resume()
        base.advance(by: .seconds(1))
        XCTAssertEqual(
            clock.state,
            ClockState(
                nanoseconds: 106_000_000_001, offset: .seconds(-55) + .nanoseconds(1), isFrozen: false))
        XCTAssertEqual(clock.offset, .seconds(-55) + .nanoseconds(1))
        XCTAssertFalse(clock.isFrozen)
    }
}
