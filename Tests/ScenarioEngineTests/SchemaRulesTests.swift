// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class SchemaRulesTests: XCTestCase {
    func test_references_areReadOnce() {
        let rules = SchemaRules([
            "$defs": [
                "a": ["$ref": "#/$defs/b"], "b": ["anyOf": [["$ref": "#/$defs/a"], ["type": "null"]]],
            ],
            "properties": ["x": ["$ref": "#/$defs/a"], "y": ["$ref": "#/$defs/a"]],
        ])
        // The whole, x, a, b, its two alternatives, y.
        XCTAssertEqual(rules.rules.count, 7)
    }

    func test_everyKeywordThatLintTakes_changesTheRules_orSaysNothing() throws {
        let arguments: [String: JSON] = [
            "$ref": "#/x", "ref": "#/x", "allOf": [false], "anyOf": [false], "oneOf": [false], "type": "null",
            "const": "c", "enum": ["c"], "properties": ["a": false], "required": ["z"],
            "additionalProperties": false,
            "minProperties": 9, "maxProperties": 0, "items": false, "prefixItems": [false], "minItems": 9,
            "maxItems": 0,
            "uniqueItems": true, "format": "uuid", "minLength": 9, "maxLength": 0, "minimum": 9, "maximum": 0,
            "exclusiveMinimum": 9, "exclusiveMaximum": 0, "multipleOf": 2,
        ]
        let silent: Set = [
            "nullable", "example", "propertyOrdering", "title", "description", "default", "$defs",
            "definitions", "$schema",
            "$id",
        ]
        XCTAssertEqual(Set(arguments.keys).union(silent), Set(ScenarioVocabulary.schemaKeywords))
        let values = try [#"{"a": 1}"#, "[1, 1]", "\"x\"", "1"].map {
            try JSONDocument(parsing: Array($0.utf8)).root
        }
        for (keyword, argument) in arguments {
            let rules = SchemaRules(.object([.init(keyword, argument)]))
            let verdicts = values.map { value in
                var check = SchemaCheck(rules)
                return check.verdict(value)
            }
            XCTAssertTrue(verdicts.contains { $0 != .fits }, keyword)
        }
    }
}
