// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import MicroHTTP

final class BodyCollectorTests: XCTestCase {
    private func collect(_ parts: [String], limit: Int, announced: Int? = nil) -> HTTPRequest.Body {
        var collector = BodyCollector(limit: limit, announced: announced)
        for part in parts { XCTAssertTrue(Array(part.utf8).withUnsafeBytes { collector.receive($0) }) }
        return collector.finish()
    }

    func test_collector_keepsAll_upToTheLimit() {
        guard case .bytes(let bytes) = collect(["ab", "cd"], limit: 4) else { return XCTFail("refused") }
        XCTAssertEqual(bytes, Array("abcd".utf8))
    }

    func test_collector_refuses_oneByteMore() {
        guard case .tooLarge(let limit) = collect(["ab", "cde"], limit: 4) else { return XCTFail("kept") }
        XCTAssertEqual(limit, 4)
    }

    func test_collector_refusesAtOnce_whenMoreIsAnnounced() {
        XCTAssertTrue(BodyCollector(limit: 4, announced: 5).isRefused)
        XCTAssertFalse(BodyCollector(limit: 4, announced: 4).isRefused)
    }

    func test_collector_givesUp_behindItsBound() {
        var collector = BodyCollector(limit: 4, announced: nil)
        let block = [UInt8](repeating: 0, count: 1 << 20)
        var blocks = 0
        while block.withUnsafeBytes({ collector.receive($0) }) { blocks += 1 }
        XCTAssertEqual(blocks, BodyCollector.drainLimit >> 20)
    }
}
