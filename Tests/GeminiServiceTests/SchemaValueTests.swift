// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiService

final class SchemaValueTests: XCTestCase {
    private func make(_ schema: String, seed: UInt64 = 1) throws -> JSON {
        SchemaValue.make(for: try makeView(schema), seed: seed)
    }

    private func text(_ json: JSON) -> String { String(decoding: json.bytes(.compact), as: UTF8.self) }

    private func names(_ json: JSON) -> [String] {
        if case .object(let members) = json { members.map(\.name) } else { [] }
    }

    private func count(_ json: JSON) -> Int {
        if case .array(let elements) = json { elements.count } else { -1 }
    }

    // MARK: - Against the validator

    func test_make_satisfiesEachSchema_forEachSeed() throws {
        XCTAssertGreaterThanOrEqual(SchemaCases.all.count, 40)
        for schema in SchemaCases.all {
            let view = try makeView(schema)
            let validator = SchemaValidator(root: JSON(view))
            for seed in 0..<20 {
                let value = SchemaValue.make(for: view, seed: UInt64(seed))
                let problems = validator.problems(value, validator.root)
                XCTAssertEqual(problems, [], "\(schema), seed \(seed): \(text(value))")
            }
        }
    }

    /// What is written is what was meant: no number that JSON can't say, nothing that reads back otherwise.
    func test_make_canBeWrittenAndReadBack() throws {
        for schema in SchemaCases.all {
            let value = try make(schema)
            let read = JSON(try JSONDocument(parsing: value.bytes(.compact), grammar: .strict).root)
            XCTAssertEqual(text(read), text(value), schema)
        }
    }

    func test_make_isSame_forSameSeed() throws {
        for schema in SchemaCases.all {
            XCTAssertEqual(try make(schema, seed: 7), try make(schema, seed: 7), schema)
        }
        let seen = try Set((0..<50).map { text(try make(#"{"type": "integer"}"#, seed: $0)) })
        XCTAssertGreaterThan(seen.count, 20)
    }

    /// The validator itself: it would be of no use if it let all pass.
    func test_validator_findsWhatIsWrong() throws {
        for (schema, value) in [
            (#"{"type": "STRING"}"#, "5"), (#"{"type": "integer"}"#, "5.5"), (#"{"enum": ["a"]}"#, #""b""#),
            (#"{"const": 1}"#, "2"), (#"{"required": ["a"]}"#, "{}"),
            (#"{"properties": {"a": {"type": "null"}}}"#, #"{"a": 1}"#),
            (#"{"additionalProperties": false}"#, #"{"a": 1}"#), (#"{"items": {"type": "null"}}"#, "[1]"),
            (#"{"items": false}"#, "[1]"), (#"{"minItems": "2"}"#, "[1]"), (#"{"maxItems": 0}"#, "[1]"),
            (#"{"uniqueItems": true}"#, "[1, 1]"), (#"{"minLength": 2}"#, #""a""#),
            (#"{"maxLength": 0}"#, #""a""#),
            (#"{"minimum": 2}"#, "1"), (#"{"exclusiveMaximum": 1}"#, "1"), (#"{"multipleOf": 0.1}"#, "0.25"),
            (#"{"format": "date"}"#, #""yesterday""#), (#"{"anyOf": [{"type": "null"}]}"#, "1"),
            ("false", "1"),
            (#"{"oneOf": [{}, {"type": "integer"}]}"#, "1"), (#"{"allOf": [{}, {"minimum": 2}]}"#, "1"),
            (##"{"$defs": {"a": {"type": "null"}}, "$ref": "#/$defs/a"}"##, "1"),
            (##"{"maxProperties": 0}"##, ##"{"a": 1}"##),
        ] {
            let root = try makeJSON(schema)
            XCTAssertFalse(SchemaValidator(root: root).problems(try makeJSON(value), root).isEmpty, schema)
        }
    }

    // MARK: - What no validator sees

    func test_object_hasOrderAskedFor() throws {
        let properties = #""type": "OBJECT", "properties": {"a": {}, "b": {}, "c": {}, "d": {}}"#
        for (ordering, expected) in [
            (#"["d", "b", "a", "c"]"#, "dbac"), (#"["c"]"#, "cabd"), (#"["c", "x", "c", "a"]"#, "cabd"),
            ("[]", "abcd"),
        ] {
            for name in ["propertyOrdering", "property_ordering"] {
                XCTAssertEqual(
                    names(try make(#"{\#(properties), "\#(name)": \#(ordering)}"#)).joined(), expected,
                    ordering)
            }
        }
    }

    func test_object_hasOptionalMembersToo_whenNotDeep() throws {
        XCTAssertEqual(
            names(try make(#"{"properties": {"a": {}, "b": {}}, "required": ["b"]}"#)), ["a", "b"]
        )
    }

    func test_object_hasRequiredOnly_whenDeep() throws {
        let leaf = #"{"type": "object", "properties": {"must": {}, "may": {}}, "required": ["must"]}"#
        let schema = (0..<6).reduce(leaf) { inner, _ in
            #"{"properties": {"a": \#(inner)}, "required": ["a"]}"#
        }
        var value = try make(schema)
        while names(value) == ["a"], let inner = value["a"] { value = inner }
        XCTAssertEqual(names(value), ["must"])
    }

    func test_values_sayWhatTheyAre() throws {
        guard case .string(let city) = try make(#"{"properties": {"city": {"type": "string"}}}"#)["city"]
        else {
            return XCTFail("no city")
        }
        XCTAssertTrue(city.hasPrefix("city "), city)
    }

    func test_numbers_areRound_whereTheyMayBe() throws {
        for seed in 0..<20 {
            guard case .double(let value) = try make(#"{"type": "number"}"#, seed: UInt64(seed)) else {
                return XCTFail("no number")
            }
            XCTAssertEqual(value, (value * 100).rounded() / 100)
            XCTAssertTrue((1...100).contains(value))
        }
        XCTAssertEqual(text(try make(#"{"multipleOf": 0.1, "minimum": 0.3, "maximum": 0.3}"#)), "0.3")
    }

    func test_nullable_isNoNull_whenNotDeep() throws {
        for schema in [
            #"{"type": "string", "nullable": true}"#, #"{"type": ["null", "string"]}"#,
            #"{"anyOf": [{"type": "null"}, {"type": "string"}]}"#,
        ] {
            XCTAssertNotEqual(try make(schema), .null, schema)
        }
    }

    // MARK: - Nonsense

    func test_make_doesNotTrap_onNonsense() throws {
        for schema in [
            "null", "5", "[]", #""x""#, "false", #"{"type": 0}"#, #"{"type": 8}"#, #"{"type": -1}"#,
            #"{"type": -9223372036854775808}"#, #"{"type": "?"}"#,
            #"{"type": {}}"#, #"{"type": [[], {}, 5.5]}"#, #"{"properties": []}"#,
            #"{"properties": {"a": 5, "b": null, "c": []}}"#,
            #"{"required": {}}"#, #"{"required": [1, null]}"#, #"{"enum": {}}"#, #"{"enum": []}"#,
            #"{"items": []}"#,
            #"{"items": [{"type": "string"}]}"#, #"{"prefixItems": 5}"#, #"{"minItems": -5}"#,
            #"{"maxItems": -5, "minItems": 2}"#,
            #"{"type": "array", "minItems": -9223372036854775808, "maxItems": -9223372036854775808}"#,
            #"{"minLength": -1, "maxLength": -1}"#, #"{"minLength": 9, "maxLength": 2}"#,
            #"{"minimum": 5, "maximum": 1}"#,
            #"{"type": "integer", "minimum": 5, "maximum": 1, "multipleOf": 1000}"#, #"{"multipleOf": 0}"#,
            #"{"multipleOf": -1}"#,
            #"{"type": "integer", "minimum": "Infinity", "maximum": "nan", "multipleOf": "Infinity"}"#,
            #"{"type": "integer", "minimum": 1e300, "maximum": 1.5e300, "multipleOf": 1e290}"#,
            #"{"type": "integer", "minimum": -1e300, "maximum": -1e299}"#,
            #"{"type": "integer", "multipleOf": 1e300}"#,
            #"{"type": "number", "minimum": 1e300, "multipleOf": 1e-320}"#,
            #"{"type": "number", "multipleOf": 1e308}"#,
            #"{"type": "number", "minimum": 1.7e308}"#,
            #"{"type": "number", "maximum": -1.7e308, "multipleOf": 1.7e308}"#,
            #"{"minProperties": -3, "maxProperties": -3, "properties": {"a": {}}}"#, #"{"anyOf": [false]}"#,
            #"{"anyOf": [5, null]}"#,
            ##"{"$ref": "#"}"##, #"{"$ref": ""}"#, #"{"$ref": 5}"#, ##"{"$ref": "#/"}"##,
            ##"{"$ref": "#/nothing/here"}"##,
            ##"{"anyOf": [{"$ref": "#/anyOf/-1"}]}"##, ##"{"anyOf": [{"$ref": "#/anyOf/5"}]}"##,
            #"{"$ref": "other.json"}"#,
            ##"{"$ref": "#/-1"}"##, ##"{"$ref": "#/99999999999999999999"}"##,
            #"{"allOf": [5, null, [], "x"]}"#,
            #"{"": {}, "properties": {"": {"const": ""}}, "required": [""]}"#,
            #"{"example": {"a": 1}, "type": "string"}"#,
        ] {
            for seed in 0..<5 {
                let value = try make(schema, seed: UInt64(seed))
                XCTAssertNoThrow(try JSONDocument(parsing: value.bytes(.compact), grammar: .strict), schema)
            }
        }
    }

    // MARK: - Without end

    /// Each of them once ran for ever, or until memory was full, or trapped.
    func test_make_ends_whateverIsAskedFor() throws {
        let members = (0..<5_000).map { #""p\#($0)": {"type": "integer"}"# }.joined(separator: ", ")
        let wide = (0..<20_000).map { "\($0)" }.joined(separator: ", ")
        let nulls = Array(repeating: #"{"type": "null"}"#, count: 20_000).joined(separator: ", ")
        let long = String(repeating: "n", count: 100_000)
        let schemas = [
            #"{"type": "array", "minItems": 1000000000}"#,
            #"{"type": "array", "minItems": 9223372036854775807, "items": {"type": "integer"}}"#,
            #"""
            {"type": "array", "minItems": "1000000000", "items": {"type": "boolean"}, "uniqueItems": true}
            """#,
            #"{"type": "array", "minItems": 1000000000, "uniqueItems": true}"#,
            ##"{"type": "array", "minItems": 1000, "items": {"$ref": "#"}}"##,
            ##"{"type": "array", "prefixItems": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]}"##,
            #"{"type": "array", "minItems": 1000, "items": {"type": "string", "minLength": 1000000000}}"#,
            #"{"type": "string", "minLength": 1000000000}"#,
            #"{"type": "string", "minLength": 9223372036854775807}"#,
            #"{"type": "object", "minProperties": 1000000000}"#,
            ##"""
            {"type": "object", "minProperties": 9223372036854775807, "additionalProperties": {"$ref": "#"}}
            """##,
            ##"{"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]}"##,
            ##"""
            {"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}, "c": {"$ref": "#"}},
            "required": ["a", "b", "c"]}
            """##,
            ##"{"allOf": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]}"##,
            ##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}"##, ##"{"oneOf": [{"anyOf": [{"$ref": "#"}]}]}"##,
            #"{"type": "array", "minItems": 1000, "items": {"anyOf": [\#(nulls)]}}"#,
            #"{"type": "array", "minItems": 1000, "items": {"enum": [\#(wide)]}}"#,
            #"{"allOf": [{"enum": [\#(wide)]}, {"enum": [\#(wide)]}]}"#,
            #"{"type": "array", "minItems": 1000, "items": {"const": "\#(long)"}}"#,
            #"""
            {"type": "array", "minItems": 1000, "items": {"type": "object", "properties": {"\#(long)": {}}}}
            """#,
            #"{"type": "array", "minItems": 1000, "items": {"type": "object", "properties": {\#(members)}}}"#,
            #"{"required": [\#((0..<50_000).map { #""r\#($0)""# }.joined(separator: ", "))]}"#,
        ]
        for schema in schemas {
            let start = ContinuousClock.now
            let size = try make(schema).bytes(.compact).count
            let time = ContinuousClock.now - start
            XCTAssertLessThan(size, 4_000_000, schema.prefix(200).description)
            XCTAssertLessThan(time, .seconds(20), "\(schema.prefix(200))")
        }
    }

    func test_make_givesAll_ofFiveThousandProperties() throws {
        let names = (0..<5_000).map { "property\($0)" }
        let members = names.map { #""\#($0)": {"type": "string"}"# }.joined(separator: ", ")
        let required = names.map { #""\#($0)""# }.joined(separator: ", ")
        let value = try make(#"{"type": "object", "properties": {\#(members)}, "required": [\#(required)]}"#)
        XCTAssertEqual(self.names(value), names)
        XCTAssertFalse(text(value).contains("null"))
    }

    func test_make_givesThousandElements() throws {
        XCTAssertEqual(count(try make(#"{"minItems": 1000, "items": {"type": "string"}}"#)), 1000)
        XCTAssertEqual(
            count(try make(#"{"minItems": 1000, "items": {"type": "integer"}, "uniqueItems": true}"#)), 100,
            "there are no more in the range that is taken where none is given"
        )
    }

    /// As deep as a body may be, a level for each `items`.
    func test_make_ends_whenNestedDeeply() throws {
        for depth in [30, 60, 90] {
            let schema = (0..<depth).reduce(#"{"type": "string"}"#) { inner, _ in
                #"{"items": \#(inner), "minItems": 1}"#
            }
            XCTAssertNoThrow(try JSONDocument(parsing: make(schema).bytes(.compact), grammar: .strict))
        }
    }

    func test_make_followsLongChainOfReferences() throws {
        let definitions = (0..<200).map {
            ##""d\##($0)": {"properties": {"a": {"$ref": "#/$defs/d\##($0 + 1)"}}, "required": ["a"]}"##
        }
        let schema =
            ##"""
            {"$defs": {\##(definitions.joined(separator: ", ")), "d200": {"const": 1}}, "$ref": "#/$defs/d0"}
            """##
        XCTAssertLessThan(text(try make(schema)).count, 1_000)
    }
}
