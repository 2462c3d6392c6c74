// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MicroHTTP

final class WaitPaceTests: XCTestCase {
    private let hour = Duration.seconds(3600)

    func test_wait_isOver_whenTheClockIsThere() throws {
        let clock = WireClock()
        var pace = WaitPace()
        let end = try XCTUnwrap(pace.end(of: hour, by: clock, catchesUp: true))
        XCTAssertEqual(pace.end(of: hour, by: clock, catchesUp: true), end, "the same wait")
        clock.advance(by: hour)
        XCTAssertNil(pace.end(of: hour, by: clock, catchesUp: true))
    }

    func test_nextWait_isCountedFromTheEndOfTheOneBefore() throws {
        let clock = WireClock()
        var pace = WaitPace()
        let first = try XCTUnwrap(pace.end(of: hour, by: clock, catchesUp: true))
        clock.advance(by: .seconds(3605))
        XCTAssertNil(pace.end(of: hour, by: clock, catchesUp: true))
        XCTAssertEqual(pace.end(of: hour, by: clock, catchesUp: true), first + 3600 * 1_000_000_000)
    }

    func test_waits_areAllOver_whenTheClockHasPassedThem() {
        let clock = WireClock()
        var pace = WaitPace()
        XCTAssertNotNil(pace.end(of: hour, by: clock, catchesUp: true))
        clock.advance(by: .seconds(3 * 3600))
        for _ in 0..<3 { XCTAssertNil(pace.end(of: hour, by: clock, catchesUp: true)) }
        XCTAssertNotNil(pace.end(of: hour, by: clock, catchesUp: true))
    }

    /// Else a stream that decides for itself to wait and wait again would spin until it has caught up.
    func test_waitsThatAreDecidedOneByOne_beginAnewBehindAMovedClock() throws {
        let clock = WireClock()
        var pace = WaitPace()
        let first = try XCTUnwrap(pace.end(of: hour, by: clock, catchesUp: false))
        clock.advance(by: .seconds(3 * 3600))
        XCTAssertNil(pace.end(of: hour, by: clock, catchesUp: false))
        let second = try XCTUnwrap(pace.end(of: hour, by: clock, catchesUp: false))
        XCTAssertGreaterThan(second, first + 2 * 3600 * 1_000_000_000)
    }

    func test_noTime_isOverAtOnce() {
        var pace = WaitPace()
        for duration in [Duration.zero, .seconds(-5)] {
            XCTAssertNil(pace.end(of: duration, by: WireClock(), catchesUp: true))
        }
    }
}
