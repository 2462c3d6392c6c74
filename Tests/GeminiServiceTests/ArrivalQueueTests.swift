// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class ArrivalQueueTests: XCTestCase {
    func test_first_isTheOldest() {
        var queue = ArrivalQueue<Int>()
        XCTAssertNil(queue.first)
        queue.removeFirst()
        for number in 0..<1000 {
            queue.append(2 * number)
            queue.append(2 * number + 1)
            XCTAssertEqual(queue.first, number)
            queue.removeFirst()
        }
        XCTAssertEqual(queue.count, 1000)
        XCTAssertEqual(queue.first, 1000)
    }

    func test_compact_keepsWhatIsLive_andWaitsForMuchToGo() {
        var queue = ArrivalQueue<Int>()
        for number in 0..<200 { queue.append(number) }
        queue.compact(live: 100) { $0 >= 100 }
        XCTAssertEqual(queue.count, 200)
        queue.compact(live: 10) { $0 >= 190 }
        XCTAssertEqual(queue.count, 10)
        XCTAssertEqual(queue.first, 190)
    }
}
