// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class MonitorTests: XCTestCase {
    func test_whoWaits_isWoken_byWhatIsSignalled() {
        let value = Monitor(0)
        let thread = WorkerThread { for number in 1...3 { value.signal { $0 = number } } }
        XCTAssertEqual(value.wait(until: .now + .seconds(60)) { $0 == 3 ? "three" : nil }, "three")
        thread.join()
    }

    func test_whatIsThereAlready_isTaken_evenTooLate() {
        let value = Monitor([7])
        XCTAssertEqual(value.wait(until: .now - .seconds(1)) { $0.popLast() }, 7)
        XCTAssertNil(value.wait(until: .now - .seconds(1)) { $0.popLast() })
    }

    func test_aTime_ends_andNoSooner() {
        let start = ContinuousClock.now
        XCTAssertNil(Monitor(0).wait(until: start + .milliseconds(20)) { _ in Int?.none })
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(20))
    }

    func test_aTimeFarAway_isNoMistake() {
        let value = Monitor(false)
        let thread = WorkerThread { value.signal { $0 = true } }
        let far = ContinuousClock.now + .seconds(1_000_000_000_000)
        XCTAssertEqual(value.wait(until: far) { $0 ? 1 : nil }, 1)
        thread.join()
    }
}
