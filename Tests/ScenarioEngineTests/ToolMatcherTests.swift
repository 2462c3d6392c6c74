// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ToolMatcherTests: XCTestCase {
    func test_allNamesMustBeDeclared() throws {
        let pattern = RequestPattern(tools: ["weather", "time"])
        XCTAssertEqual(
            misses(pattern, try subject(conversation: conversation(tools: ["time", "weather", "x"]))), [])
        XCTAssertEqual(
            misses(pattern, try subject(conversation: conversation(tools: ["time", "wether"]))),
            ["tool weather: a declaration of “weather” | declared: time, wether"])
        XCTAssertEqual(
            misses(pattern, try subject()),
            [
                "tool weather: a declaration of “weather” | no declaration",
                "tool time: a declaration of “time” | no declaration",
            ])
    }
}
