// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class WakeUpTests: XCTestCase {
    private func nap(_ wakeUp: WakeUp) -> Monitor<Int> {
        let ended = Monitor(0)
        wakeUp.nap { ended.withLock { $0 += 1 } }
        return ended
    }

    func test_ring_endsTheNapOnce() {
        let wakeUp = WakeUp()
        let ended = nap(wakeUp)
        XCTAssertEqual(ended.withLock(\.self), 0)
        wakeUp.ring()
        wakeUp.ring()
        XCTAssertEqual(ended.withLock(\.self), 1)
    }

    func test_ring_beforeTheNap_endsItAtOnce() {
        let wakeUp = WakeUp()
        wakeUp.ring()
        XCTAssertTrue(wakeUp.isRung)
        XCTAssertEqual(nap(wakeUp).withLock(\.self), 1)
    }

    func test_reset_forgetsTheRing() {
        let wakeUp = WakeUp()
        wakeUp.ring()
        wakeUp.reset()
        XCTAssertFalse(wakeUp.isRung)
        XCTAssertEqual(nap(wakeUp).withLock(\.self), 0)
    }

    func test_aNewNap_takesThePlaceOfTheOldOne() {
        let wakeUp = WakeUp()
        let (old, new) = (nap(wakeUp), nap(wakeUp))
        wakeUp.ring()
        XCTAssertEqual(old.withLock(\.self), 0)
        XCTAssertEqual(new.withLock(\.self), 1)
    }
}
