// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class FunctionResponseMatcherTests: XCTestCase {
    func test_any_none_andNamedOnes() throws {
        let with = try subject(conversation: conversation(functionResponses: ["weather", "time"]))
        let without = try subject()
        let any = RequestPattern(functionResponse: .any)
        XCTAssertEqual(misses(any, with), [])
        XCTAssertEqual(misses(any, without), ["functionResponse: the result of a function | no result"])
        let none = RequestPattern(functionResponse: RequestPattern.FunctionResponse.none)
        XCTAssertEqual(misses(none, without), [])
        XCTAssertEqual(
            misses(none, with), ["functionResponse: no result of a function | results of: weather, time"])
        XCTAssertEqual(misses(.init(functionResponse: .named("time")), with), [])
        XCTAssertEqual(
            misses(.init(functionResponse: .named("place")), with),
            ["functionResponse: the result of “place” | results of: weather, time"])
    }
}
