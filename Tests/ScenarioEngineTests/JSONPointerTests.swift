// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class JSONPointerTests: XCTestCase {
    private func found(_ pointer: String, _ text: String) throws -> JSON? {
        JSONPointer(pointer).value(in: try JSONDocument(parsing: Array(text.utf8)).root).map { JSON($0) }
    }

    /// The examples of RFC 6901, 5.
    func test_theExamplesOfTheStandard() throws {
        let text = #"""
            {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
            """#
        let expected: [(String, JSON)] = [
            ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3),
            ("/g|h", 4),
            ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
        ]
        for (pointer, value) in expected { XCTAssertEqual(try found(pointer, text), value, pointer) }
        XCTAssertEqual(try found("", "[1]"), [1])
    }

    func test_whatIsNotThere() throws {
        for pointer in ["/a", "/0/b", "/2", "/-", "/01", "/+1", "/0/0", "/99999999999999999999", "/"] {
            XCTAssertNil(try found(pointer, "[1, 2]"), pointer)
        }
        XCTAssertEqual(try found("/~01", #"{"~1": 1}"#), 1)
        XCTAssertEqual(try found("/~2", #"{"~2": 1}"#), 1)
        XCTAssertEqual(try found("/a", #"{"a": 1, "\u0061": 2}"#), 2)
    }

    func test_theOtherSpelling_countsWhereNamesAreTheAPIs() throws {
        let text = #"{"generation_config": {"topP": 1}, "args": {"user_id": 2}, "a_b": 3, "aB": 4}"#
        XCTAssertEqual(try found("/generationConfig/top_p", text), 1)
        XCTAssertNil(try found("/args/userId", text))
        XCTAssertEqual(try found("/args/user_id", text), 2)
        XCTAssertEqual(try found("/a_b", text), 3)
        XCTAssertEqual(try found("/aB", text), 4)
    }
}
