// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class SchemaMatcherTests: XCTestCase {
    func test_theFirstPlaceIsTold() throws {
        let pattern = RequestPattern(schema: [
            "required": ["contents"], "properties": ["contents": ["type": "ARRAY", "maxItems": 1]],
        ])
        XCTAssertEqual(misses(pattern, try subject(body: #"{"contents": [1]}"#)), [])
        XCTAssertEqual(misses(pattern, try subject()), ["schema: a member “contents” | none"])
        XCTAssertEqual(
            misses(pattern, try subject(body: #"{"contents": [1, 2]}"#)),
            ["schema: 1 elements or less at /contents | 2"])
    }

    func test_theMoreIsFulfilled_theNearer() throws {
        let pattern = RequestPattern(schema: ["prefixItems": [["const": 1], ["const": 2], ["const": 3]]])
        XCTAssertEqual(try distance(pattern, subject(body: "[0]")), 1)
        XCTAssertEqual(try distance(pattern, subject(body: "[1, 2, 0]")), 1.0 / 3)
    }

    func test_aCheckThatIsGivenUp_saysSo() throws {
        let pattern = RequestPattern(schema: ["allOf": .array(Array(repeating: ["$ref": "#"], count: 10))])
        XCTAssertEqual(
            misses(pattern, try subject()),
            ["schema: a body that fulfils the schema | a body that takes too many steps to check"])
    }
}
