// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import MicroHTTP

final class BellTests: XCTestCase {
    func test_aRing_endsTheWait_whenItComesBeforeOrWhileItLasts() throws {
        let bell = try XCTUnwrap(Bell())
        bell.ring()
        bell.ring()
        bell.wait(atMost: nil)
        let start = MonotonicClock.milliseconds
        bell.wait(atMost: 3)
        XCTAssertGreaterThanOrEqual(
            MonotonicClock.milliseconds - start, 2, "both rings were for the first wait")
        Thread.detachNewThread { bell.ring() }
        bell.wait(atMost: nil)
    }

    func test_ringing_neverWaits() throws {
        let bell = try XCTUnwrap(Bell())
        // More than a pipe holds.
        for _ in 0..<100_000 { bell.ring() }
        bell.wait(atMost: nil)
    }
}
