// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class CanonicalJSONTests: XCTestCase {
    private func bytes(_ text: String) throws -> [UInt8] {
        CanonicalJSON.bytes(try JSONDocument(parsing: Array(text.utf8)).root)
    }

    func test_sameValues_haveTheSameBytes_othersDoNot() throws {
        let groups = [
            ["1", "1.0", "1e0"], ["0.5", "5e-1"], ["\"1\"", "\"\\u0031\""], ["[1]", "[1.0]"], ["[[1]]"],
            ["[]"], ["{}"],
            ["[1, 1]"], ["[11]"], [#"{"a": 1, "b": [2]}"#, #"{"b": [2.0], "a": 3, "a": 1}"#],
            [#"{"a": [1], "b": 2}"#],
            ["null"], ["true"], ["false"], ["\"\""], ["[\"a\", \"b\"]"], ["[\"a\\\"1:b\"]"],
            ["9007199254740993"],
            ["9007199254740992"],
        ]
        for (number, group) in groups.enumerated() {
            for text in group {
                XCTAssertEqual(try bytes(text), try bytes(group[0]), text)
                for other in groups[(number + 1)...].joined() {
                    XCTAssertNotEqual(try bytes(text), try bytes(other), text)
                }
            }
        }
    }
}
