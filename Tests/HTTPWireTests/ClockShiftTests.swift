// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

final class ClockShiftTests: XCTestCase {
    private let century: Int64 = 100 * 366 * 86_400 * 1_000_000_000

    func test_runningClock_isAheadByWhatItWasMoved() {
        let shift = Shift(origin: 1000)
        XCTAssertEqual(shift.reading { 1000 }.nanoseconds, 1000)
        shift.advance(by: 7) { 1000 }
        shift.advance(by: -5) { 1000 }
        let reading = shift.reading { 2001 }
        XCTAssertEqual(reading.nanoseconds, 2008)
        XCTAssertEqual(reading.followed, 2001)
        XCTAssertFalse(reading.isFrozen)
    }

    func test_frozenClock_isMovedByExactlyThat_andGoesOnFromThere() {
        let shift = Shift(origin: 1000)
        shift.advance(by: 7) { 1000 }
        shift.freeze { 1500 }
        XCTAssertEqual(shift.reading { 9_000_000 }.nanoseconds, 1507)
        XCTAssertTrue(shift.reading { 9_000_000 }.isFrozen)
        shift.freeze { 9_000_000 }
        shift.advance(by: 1) { 9_000_000 }
        XCTAssertEqual(shift.reading { 9_999_999 }.nanoseconds, 1508, "frozen once")
        shift.resume { 20_000_000 }
        XCTAssertEqual(shift.reading { 20_000_000 }.nanoseconds, 1508)
        shift.resume { 30_000_000 }
        XCTAssertEqual(shift.reading { 20_000_003 }.nanoseconds, 1511, "resumed once")
    }

    func test_stamp_isAnotherOneAfterEachChange() {
        let shift = Shift(origin: 0)
        var stamps = [shift.reading { 0 }.stamp]
        shift.freeze { 10 }
        stamps.append(shift.reading { 0 }.stamp)
        shift.advance(by: 5) { 0 }
        stamps.append(shift.reading { 0 }.stamp)
        shift.resume { 21 }
        stamps.append(shift.reading { 0 }.stamp)
        XCTAssertEqual(Set(stamps).count, 4, "\(stamps)")
    }

    func test_clock_isAheadByACenturyAtMost_andNeverThrownBack() {
        let now: Int64 = 1_787_150_052_000_000_000
        for isFrozen in [false, true] {
            let shift = Shift(origin: now)
            if isFrozen { shift.freeze { now } }
            for _ in 0..<9 { shift.advance(by: .max) { now } }
            XCTAssertEqual(shift.reading { now }.nanoseconds, now + century)
            shift.freeze { now + 5 }
            shift.advance(by: 1) { now + 5 }
            XCTAssertGreaterThanOrEqual(shift.reading { now + 5 }.nanoseconds, now + century)
            shift.resume { now + 5 }
            XCTAssertGreaterThanOrEqual(shift.reading { now + 5 }.nanoseconds, now + century)
        }
    }

    func test_senselessClocks_doNoHarm() {
        for (origin, now) in [(Int64.min, Int64.max), (Int64.max, Int64.min), (0, Int64.min)] {
            let shift = Shift(origin: origin)
            shift.freeze { now }
            shift.advance(by: .max) { now }
            shift.resume { origin }
            shift.advance(by: .max) { origin }
            _ = shift.reading { now }
        }
    }

    /// Readers on several threads never see the clock go back, however often it is stopped and set going.
    func test_readings_neverGoBack_whileTheClockIsChanged() {
        let shift = Shift(origin: monotonic())
        let isDone = Monitor(false)
        let thrownBack = Monitor(0)
        DispatchQueue.concurrentPerform(iterations: 4) { index in
            if index == 0 {
                for _ in 0..<20_000 {
                    shift.freeze(monotonic)
                    shift.advance(by: 3, monotonic)
                    shift.resume(monotonic)
                }
                isDone.withLock { $0 = true }
            }
            var last = Int64.min
            repeat {
                let now = shift.reading(monotonic).nanoseconds
                if now < last { thrownBack.withLock { $0 += 1 } }
                last = now
            } while !isDone.withLock(\.self)
        }
        XCTAssertEqual(thrownBack.withLock(\.self), 0)
        let reading = shift.reading(monotonic)
        XCTAssertLessThanOrEqual(reading.nanoseconds - reading.followed, 60_000)
    }
}

/// Assertions can't capture what can't be copied.
private final class Shift: Sendable {
    private let value: ClockShift

    init(origin: Int64) { value = ClockShift(origin: origin) }

    func reading(_ followed: () -> Int64) -> ClockReading { value.reading(followed) }
    func advance(by step: Int64, _ followed: () -> Int64) { value.advance(by: step, followed) }
    func freeze(_ followed: () -> Int64) { value.freeze(followed) }
    func resume(_ followed: () -> Int64) { value.resume(followed) }
}

private func monotonic() -> Int64 { Int64(clamping: DispatchTime.now().uptimeNanoseconds) }
