// SPDX-License-Identifier: Apache-2.0

import GeminiMockXCTest
import XCTest

final class RequestCountTests: XCTestCase {
    func test_numbersAndRanges_areFromZero() {
        XCTAssertEqual(2.requestCounts, 2...2)
        XCTAssertEqual((1...).requestCounts, 1...Int.max)
        XCTAssertEqual((...3).requestCounts, 0...3)
        XCTAssertEqual((1...3).requestCounts, 1...3)
        XCTAssertEqual((-2).requestCounts, 0...0)
        XCTAssertEqual((...(-2)).requestCounts, 0...0)
        XCTAssertEqual((-2...4).requestCounts, 0...4)
    }
}
