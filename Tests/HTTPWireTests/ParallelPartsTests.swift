// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class ParallelPartsTests: XCTestCase {
    func test_parts_areTheWholeListInItsOrder() {
        for count in [0, 1, 255, 256, 511, 512, 1023, 10_000, 100_001] {
            let parts = ParallelParts.map(count) { Array($0) }
            XCTAssertEqual(Array(parts.joined()), Array(0..<count), "\(count)")
            XCTAssertGreaterThanOrEqual(parts.count, 1)
        }
    }

    func test_noPartOfAListThatIsSplit_isShort() {
        for count in [512, 1000, 1025, 5000] {
            let lengths = ParallelParts.map(count, \.count)
            XCTAssertTrue(lengths.allSatisfy { $0 >= ParallelParts.leastLength }, "\(lengths)")
        }
        XCTAssertEqual(ParallelParts.map(2 * ParallelParts.leastLength - 1, \.count).count, 1)
    }
}
