// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class WorkerThreadTests: XCTestCase {
    private final class Counter: Sendable {
        let count = Monitor(0)
    }

    func test_join_waitsForTheBody_whichIsLetGoOfThen() {
        weak var watched: Counter?
        do {
            let counter = Counter()
            watched = counter
            let threads = (0..<8).map { _ in
                WorkerThread { for _ in 0..<1000 { counter.count.withLock { $0 += 1 } } }
            }
            for thread in threads { thread.join() }
            XCTAssertEqual(counter.count.withLock(\.self), 8000)
        }
        XCTAssertNil(watched)
    }

    func test_detachedOnes_runTheirBodies() {
        let ran = expectation(description: "the body runs")
        XCTAssertTrue(WorkerThread.detach { ran.fulfill() })
        wait(for: [ran], timeout: 30)
    }
}
