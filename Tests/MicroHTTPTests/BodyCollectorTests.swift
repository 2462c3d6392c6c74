// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import MicroHTTP

final class BodyCollectorTests: XCTestCase {
    private func collect(_ parts: [String], limit: Int, announced: Int? = nil) -> HTTPRequest.Body {
        let collector = BodyCollector(limit: limit, announced: announced)
        for part in parts { Array(part.utf8).withUnsafeBytes { collector.receive($0) } }
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
        XCTAssertFalse(BodyCollector(limit: 4, announced: 5).wantsMore)
        XCTAssertTrue(BodyCollector(limit: 4, announced: 4).wantsMore)
    }
}
