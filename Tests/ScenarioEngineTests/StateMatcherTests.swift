// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class StateMatcherTests: XCTestCase {
    func test_eachStateMustHaveItsValue() throws {
        let pattern = RequestPattern(states: [
            StateValue(state: "quota", value: "empty"), StateValue(state: "mood", value: "good"),
        ])
        XCTAssertEqual(misses(pattern, try subject(), .init(states: ["quota": "empty", "mood": "good"])), [])
        XCTAssertEqual(
            misses(pattern, try subject(), .init(states: ["quota": "full"])),
            ["state quota: “empty” | “full”", "state mood: “good” | no such state"])
        XCTAssertEqual(pattern.matchers.map(\.needsHistory), [true, true])
    }
}
