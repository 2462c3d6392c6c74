// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class SchemaCheckTests: XCTestCase {
    /// A schema, values that fulfil it, and values that don't with what is told of them.
    private typealias Case = (schema: JSON, good: [String], bad: [(text: String, line: String)])

    private func assert(_ cases: [Case], line: UInt = #line) throws {
        for (schema, good, bad) in cases {
            for text in good {
                XCTAssertEqual(try verdict(schema, text), .fits, "\(schema) \(text)", line: line)
            }
            for (text, told) in bad {
                guard case .differs(let expected, let got) = try verdict(schema, text) else {
                    XCTFail("\(schema) \(text)", line: line)
                    continue
                }
                XCTAssertEqual("\(expected) | \(got)", told, "\(schema) \(text)", line: line)
            }
        }
    }

    func test_types() throws {
        let numbered: Case = (["type": 3], ["1"], [("true", "a whole number | true")])
        try assert([
            (["type": "string"], ["\"\""], [("1", "a text | the number 1")]),
            (["type": "STRING"], ["\"a\""], [("null", "a text | null")]),
            (["type": "integer"], ["1", "1.0", "-3e2"], [("1.5", "a whole number | the number 1.5")]),
            (["type": "number"], ["1", "1.5"], [("\"1\"", "a number | the text “1”")]),
            (["type": "boolean"], ["true", "false"], [("0", "true or false | the number 0")]),
            (["type": "array"], ["[]"], [("{}", "an array | an object")]),
            (["type": "object"], ["{}"], [("[1]", "an object | an array of 1")]),
            (["type": "null"], ["null"], [("0", "null | the number 0")]),
            (["type": ["string", "NULL"]], ["null", "\"\""], [("1", "a text or null | the number 1")]),
            (["type": "string", "nullable": true], ["null", "\"\""], [("1", "a text | the number 1")]),
            (["type": "strnig"], [], [("\"\"", "a value of type “strnig” | the text “”")]),
            numbered,
        ])
    }

    func test_constantsAndChoices() throws {
        try assert([
            (["const": 1], ["1", "1.0"], [("2", "the number 1 | the number 2")]),
            (["const": .null], ["null"], [("0", "null | the number 0")]),
            (["const": ["a": 1]], [#"{"a": 1}"#], [(#"{"a": 1, "b": 2}"#, "an object | an object")]),
            (["const": ["aB": 1]], [], [(#"{"a_b": 1}"#, "an object | an object")]),
            (
                ["enum": ["a", 1]], ["\"\\u0061\"", "1"],
                [("\"b\"", "the text “a” or the number 1 | the text “b”")]
            ),
            (
                ["enum": [1, 2, 3, 4, 5, 6]], ["6"],
                [
                    (
                        "7",
                        "the number 1, the number 2, the number 3, the number 4, the number 5 or others | the number 7"
                    )
                ]
            ),
            (
                ["example": 1, "title": "x", "description": "x", "default": 2, "propertyOrdering": ["a"]],
                ["\"x\""], []
            ),
        ])
    }

    func test_objects() throws {
        let closed: JSON = ["properties": ["a": true], "additionalProperties": false]
        try assert([
            (
                ["properties": ["a": ["type": "string"]]], ["{}", #"{"a": "x", "b": 1}"#, "1"],
                [
                    (#"{"b": 1, "a": {}}"#, "a text at /a | an object")
                ]
            ),
            (
                ["properties": ["a": ["properties": ["b/": false]]]], [#"{"a": {"c": 1}}"#],
                [
                    (#"{"a": {"b/": 1}}"#, "nothing at /a/b~1 | the number 1")
                ]
            ),
            (
                ["required": ["a", "b"]], [#"{"a": null, "b": 1}"#, "[]"],
                [(#"{"a": 1}"#, "a member “b” | none")]
            ),
            (closed, [#"{"a": 1}"#, "{}"], [(#"{"a": 1, "b": 2}"#, "nothing at /b | the number 2")]),
            (
                ["additionalProperties": ["type": "number"]], [#"{"a": 1}"#],
                [(#"{"a": "1"}"#, "a number at /a | the text “1”")]
            ),
            (["minProperties": 1], [#"{"a": 1}"#], [("{}", "1 members or more | 0")]),
            (["maxProperties": 1], [#"{"a": 1, "a": 2}"#], [(#"{"a": 1, "b": 2}"#, "1 members or less | 2")]),
            // The last of two counts.
            (
                ["properties": ["a": ["const": 2]]], [#"{"a": 1, "a": 2}"#],
                [
                    (#"{"a": 2, "a": 1}"#, "the number 2 at /a | the number 1")
                ]
            ),
        ])
    }

    func test_arrays() throws {
        try assert([
            (
                ["items": ["type": "number"]], ["[]", "[1, 2]", "{}"],
                [("[1, \"2\"]", "a number at /1 | the text “2”")]
            ),
            (["items": false], ["[]"], [("[1]", "nothing at /0 | the number 1")]),
            (
                ["prefixItems": [["type": "number"]], "items": ["type": "string"]],
                ["[]", "[1, \"a\", \"b\"]"],
                [
                    ("[1, 2]", "a text at /1 | the number 2"), ("[\"a\"]", "a number at /0 | the text “a”"),
                ]
            ),
            (["minItems": 1], ["[1]"], [("[]", "1 elements or more | 0")]),
            (["maxItems": "1"], ["[1]"], [("[1, 2]", "1 elements or less | 2")]),
            (
                ["uniqueItems": true], ["[1, \"1\", [1], 2]"],
                [("[1, 2, 1.0]", "a value that isn’t there yet at /2 | the number 1.0")]
            ),
            (["uniqueItems": false], ["[1, 1]"], []),
        ])
    }

    func test_strings() throws {
        try assert([
            (["minLength": 2], ["\"ab\"", "\"é😀\"", "1"], [("\"😀\"", "2 characters or more | 1")]),
            (["maxLength": 1], ["\"\"", "\"😀\"", "\"\\u00e9\""], [("\"ab\"", "1 characters or less | 2")]),
            (["minLength": 2, "maxLength": 3], ["\"abc\""], [("\"abcd\"", "2 to 3 characters | 4")]),
            (
                ["format": "date"], ["\"2026-01-31\"", "3"],
                [("\"2026-13-01\"", "a text in the format “date” | the text “2026-13-01”")]
            ),
            (["format": "int32"], ["\"x\"", "1"], []),
        ])
    }

    func test_numbers() throws {
        try assert([
            (["minimum": 1], ["1", "\"0\""], [("0.5", "1 or more | the number 0.5")]),
            (["maximum": 1.5], ["1.5"], [("2", "1.5 or less | the number 2")]),
            (["minimum": 1, "maximum": 2], ["2"], [("3", "1 to 2 | the number 3")]),
            (["exclusiveMinimum": 1], ["1.1"], [("1", "more than 1 | the number 1")]),
            (["exclusiveMaximum": 1], ["0.9"], [("1", "less than 1 | the number 1")]),
            (["minimum": 1, "exclusiveMinimum": true], ["2"], [("1", "more than 1 | the number 1")]),
            (["maximum": 1, "exclusiveMaximum": true], ["0"], [("1", "less than 1 | the number 1")]),
            (["multipleOf": 0.1], ["0.3", "1", "-0.7"], [("0.35", "a multiple of 0.1 | the number 0.35")]),
            (["multipleOf": 3], ["9", "0"], [("10", "a multiple of 3 | the number 10")]),
        ])
    }

    func test_combinations() throws {
        let shared: JSON = [
            "$defs": ["name": ["type": "string", "minLength": 1]],
            "properties": ["a": ["$ref": "#/$defs/name"]],
        ]
        try assert([
            (["allOf": [["type": "number"], ["minimum": 2]]], ["2"], [("1", "2 or more | the number 1")]),
            (
                ["anyOf": [["type": "string"], ["type": "null"]]], ["null"],
                [("1", "one of 2 alternatives | the number 1")]
            ),
            (
                ["oneOf": [["minimum": 2], ["maximum": 3]]], ["1", "4"],
                [
                    ("2", "exactly one of 2 alternatives | the number 2, which fits several")
                ]
            ),
            (
                ["oneOf": [["type": "string"], false]], ["\"\""],
                [("2", "exactly one of 2 alternatives | the number 2")]
            ),
            (shared, [#"{"a": "x"}"#], [(#"{"a": ""}"#, "1 characters or more at /a | 0")]),
            (
                ["ref": "#/definitions/a%20b", "definitions": ["a b": false]], [],
                [("1", "nothing | the number 1")]
            ),
            (
                ["$ref": "#/$defs/none"], [],
                [("1", "what “#/$defs/none” says, which is not in the schema | nothing")]
            ),
            (
                ["$ref": "http://example.com"], [],
                [("1", "what “http://example.com” says, which is not in the schema | nothing")]
            ),
            // What is wrong inside of alternatives isn't where the value differs.
            (
                ["properties": ["a": ["anyOf": [["properties": ["b": false]]]]]], ["{}"],
                [
                    (#"{"a": {"b": 1}}"#, "one of 1 alternatives at /a | an object")
                ]
            ),
        ])
    }

    func test_schemasThatLeadBackToThemselves() throws {
        let tree: JSON = [
            "type": "object", "properties": ["child": ["$ref": "#"]], "additionalProperties": false,
        ]
        try assert([
            (["$ref": "#"], ["1"], []),
            (["allOf": [["$ref": "#"], ["type": "number"]]], ["1"], [("\"\"", "a number | the text “”")]),
            (
                tree, [#"{"child": {"child": {}}}"#],
                [(#"{"child": {"child": 1}}"#, "an object at /child/child | the number 1")]
            ),
        ])
    }

    func test_checksWithoutEnd_areGivenUp() throws {
        let branching: JSON = ["allOf": .array(Array(repeating: ["$ref": "#"], count: 10))]
        XCTAssertEqual(try verdict(branching, "1"), .givenUp)
        let either: JSON = ["oneOf": .array(Array(repeating: ["$ref": "#"], count: 10) + [false])]
        XCTAssertNotEqual(try verdict(either, "1"), .fits)
        let long = "[" + Array(repeating: "1", count: 600_000).joined(separator: ",") + "]"
        XCTAssertEqual(try verdict(["items": ["type": "number"]], long), .givenUp)
        XCTAssertEqual(try verdict(["type": "array"], long), .givenUp)
        XCTAssertEqual(
            try verdict(["uniqueItems": true], "[\"\(String(repeating: "a", count: 3_000_000))\"]"), .givenUp)
    }

    func test_deepAndHugeBodies() throws {
        let deep = String(repeating: "{\"a\":", count: 99) + "1" + String(repeating: "}", count: 99)
        let either: JSON = ["anyOf": [["type": "number"], ["properties": ["a": ["$ref": "#"]]]]]
        let nested: JSON = [
            "anyOf": [
                ["type": "number"], ["allOf": [["properties": ["a": ["$ref": "#"]], "type": "object"]]],
            ]
        ]
        XCTAssertEqual(try verdict(["properties": ["a": ["$ref": "#"]]], deep), .fits)
        // On the smallest stack that a thread of the server may have (macOS).
        let ended = expectation(description: "ended")
        let thread = Thread {
            XCTAssertEqual(try? verdict(either, deep), .fits)
            // Four schemas at each of 100 levels.
            XCTAssertEqual(try? verdict(nested, deep), .givenUp)
            XCTAssertEqual(try? verdict(nested, #"{"a": {"a": 1}}"#), .fits)
            ended.fulfill()
        }
        // The address sanitizer makes each frame several times as large.
        let isSanitized = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil
        thread.stackSize = (isSanitized ? 8192 : 512) * 1024
        thread.start()
        wait(for: [ended], timeout: 60)
        let media = #"{"data": ""# + String(repeating: "QUJD", count: 1_000_000) + #""}"#
        XCTAssertEqual(
            try verdict(["properties": ["data": ["type": "string", "minLength": 4_000_000]]], media), .fits)
    }
}

private func verdict(_ schema: JSON, _ text: String) throws -> SchemaCheck.Verdict {
    var check = SchemaCheck(SchemaRules(schema))
    return check.verdict(try JSONDocument(parsing: Array(text.utf8)).root)
}
