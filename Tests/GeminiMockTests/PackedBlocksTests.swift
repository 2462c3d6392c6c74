// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class PackedBlocksTests: XCTestCase {
    func test_whatIsPacked_comesOutAsItWas_inItsOrder() {
        let long = [UInt8](repeating: 7, count: 70_000)
        var pages = BytePages()
        for first in [[], [1, 2], long] as [[UInt8]] {
            for others in [[], [[]], [[3]], [[], long, [4, 5]]] as [[[UInt8]]] {
                let packed = pages.pack(first, others)
                XCTAssertEqual(packed.first, first)
                XCTAssertEqual(packed.unpacked.first, first)
                XCTAssertEqual(packed.unpacked.others, others)
            }
        }
    }
}
