// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class StreamMatcherTests: XCTestCase {
    func test_both() throws {
        XCTAssertEqual(misses(.init(stream: true), try subject(isStream: true)), [])
        XCTAssertEqual(misses(.init(stream: true), try subject()), ["stream: a stream | no stream"])
        XCTAssertEqual(
            misses(.init(stream: false), try subject(isStream: true)), ["stream: no stream | a stream"])
    }
}
