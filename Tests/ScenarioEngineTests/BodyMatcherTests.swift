// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class BodyMatcherTests: XCTestCase {
    func test_itHasAtLeastTheseMembers() throws {
        let pattern = RequestPattern(body: ["generationConfig": ["temperature": 1, "seed": 3]])
        XCTAssertEqual(
            misses(
                pattern,
                try subject(
                    body: #"{"generation_config": {"seed": 3.0, "temperature": 1e0, "topK": 1}, "a": 1}"#)),
            [])
        XCTAssertEqual(
            misses(pattern, try subject(body: #"{"generationConfig": {"temperature": 0.5, "seed": 3}}"#)),
            ["body: the number 1 at /generationConfig/temperature | the number 0.5"])
        XCTAssertEqual(
            misses(pattern, try subject()), ["body: an object at /generationConfig | nothing"])
    }

    func test_theMoreFits_theNearer() throws {
        let pattern = RequestPattern(body: ["a": 1, "b": 2, "c": 3, "d": 4])
        XCTAssertEqual(try distance(pattern, subject(body: #"{"a": 1, "b": 2, "c": 3}"#)), 0.25)
        XCTAssertEqual(try distance(pattern, subject()), 1)
    }
}
