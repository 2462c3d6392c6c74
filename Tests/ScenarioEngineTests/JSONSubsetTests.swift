// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class JSONSubsetTests: XCTestCase {
    private func fits(_ pattern: JSON, _ text: String, isExact: Bool = false) throws -> Bool {
        JSONSubset(pattern, isExact: isExact).fits(try JSONDocument(parsing: Array(text.utf8)).root)
    }

    private func line(_ pattern: JSON, _ text: String) throws -> String {
        JSONSubset(pattern).details(try JSONDocument(parsing: Array(text.utf8)).root).line("")
    }

    func test_whatFits() throws {
        let cases: [(JSON, String)] = [
            (1, "1.0"), (1.0, "1"), (100, "1e2"), (0.5, "5e-1"), (.int(.max), "9223372036854775807"),
            (true, "true"),
            (.null, "null"), ("a\"é😀", #""a\"\u00e9\ud83d\ude00""#), ("", "\"\""), ([], "[]"),
            ([:], "{\"a\": 1}"),
            ([1, ["a": 2]], #"[1, {"a": 2, "b": 3}]"#), (["a": 2], #"{"a": 1, "a": 2}"#),
            (["functionCall": ["args": ["userId": 1]]], #"{"function_call": {"args": {"userId": 1}}}"#),
        ]
        for (pattern, text) in cases { XCTAssertTrue(try fits(pattern, text), text) }
    }

    func test_whatDoesNot() throws {
        let cases: [(JSON, String, String)] = [
            (1, "2", ": the number 1 | the number 2"), (1, "\"1\"", ": the number 1 | the text “1”"),
            (
                .int(9_007_199_254_740_993), "9007199254740992",
                ": the number 9007199254740993 | the number 9007199254740992"
            ),
            (true, "false", ": true | false"), (false, "null", ": false | null"),
            (.null, "0", ": null | the number 0"),
            ([1], "[1, 2]", ": an array of 1 | an array of 2"),
            ([1, 2], "[1]", ": an array of 2 | an array of 1"),
            ([], "{}", ": an array of 0 | an object"), ([:], "[]", ": an object | an array of 0"),
            (["a": .null], "{}", ": null at /a | nothing"),
            (["a": 1], #"{"a": 1, "a": 2}"#, ": the number 1 at /a | the number 2"),
            (
                ["a": [["b/~": "x"]]], #"{"a": [{"b/~": "y\n"}]}"#,
                ": the text “x” at /a/0/b~1~0 | the text “y\u{FFFD}”"
            ),
            (
                ["functionCall": ["args": ["userId": 1]]], #"{"functionCall": {"args": {"user_id": 1}}}"#,
                ": the number 1 at /functionCall/args/userId | nothing"
            ),
        ]
        for (pattern, text, expected) in cases {
            XCTAssertFalse(try fits(pattern, text), text)
            XCTAssertEqual(try line(pattern, text), expected)
        }
    }

    func test_exactly_meansNoOtherMembers() throws {
        XCTAssertTrue(try fits(["a": ["b": 1]], #"{"a": {"b": 1}}"#, isExact: true))
        XCTAssertTrue(try fits(["a": 1], #"{"a": 2, "a": 1}"#, isExact: true))
        XCTAssertFalse(try fits(["a": ["b": 1]], #"{"a": {"b": 1, "c": 2}}"#, isExact: true))
    }

    func test_hugeAndDeepBodies() throws {
        let huge = #"{"data": ""# + String(repeating: "QUJD", count: 1_000_000) + #"", "a": 1}"#
        XCTAssertTrue(try fits(["a": 1], huge))
        XCTAssertFalse(try fits(["data": "QUJD"], huge))
        let deep = String(repeating: "[", count: 99) + "1" + String(repeating: "]", count: 99)
        let pattern = (0..<99).reduce(JSON.int(1)) { inner, _ in [inner] }
        XCTAssertTrue(try fits(pattern, deep))
        let other = (0..<99).reduce(JSON.int(2)) { inner, _ in [inner] }
        XCTAssertFalse(try fits(other, deep))
        XCTAssertLessThanOrEqual(try line(other, deep).count, 260)
    }
}
