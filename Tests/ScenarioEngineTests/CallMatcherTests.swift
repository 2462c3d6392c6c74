// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class CallMatcherTests: XCTestCase {
    func test_callsAreCounted() throws {
        let pattern = RequestPattern(call: .init(min: 2, max: 3))
        XCTAssertEqual(misses(pattern, try subject(), .init(call: 3)), [])
        XCTAssertEqual(misses(pattern, try subject()), ["call: call 2 to 3 | call 1"])
        XCTAssertEqual(pattern.matchers.map(\.needsHistory), [true])
    }
}
