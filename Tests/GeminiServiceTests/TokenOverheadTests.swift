// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiService

final class TokenOverheadTests: XCTestCase {
    private static let eras: [ModelEra] = [.two, .twoFive, .three]

    func test_turn_isOne_since25() {
        XCTAssertEqual(Self.eras.map { TokenOverhead(era: $0).turn }, [0, 1, 1])
    }

    func test_leaves_countNamesAndValues_withoutPunctuation() throws {
        for (json, tokens) in [
            ("{}", 0), ("[]", 0), ("null", 1), ("true", 1), ("12", 2), (#""harbour""#, 1),
            (#"{"city": "Oslo"}"#, 2), (#"{"a": {"b": ["c", 1, null]}}"#, 5), (#""""#, 0),
        ] {
            XCTAssertEqual(TokenOverhead.leaves(try makeView(json)), tokens, json)
        }
    }

    func test_call_addsForMembers_byEra() throws {
        let call = try makeView(#"{"name": "weather", "args": {"city": "Oslo", "days": 3}}"#)
        let tokens = Self.eras.map {
            TokenOverhead(era: $0).call(name: call["name"], arguments: call["args"])
        }
        // weather, city, Oslo, days, 3
        XCTAssertEqual(tokens, [5, 5 + 7 + 3 * 2, 5 + 7 + 4 + 2])
    }

    func test_response_addsForMembers_byEra() throws {
        let call = try makeView(#"{"name": "weather", "response": {"result": {"city": "Oslo"}}}"#)
        let tokens = Self.eras.map {
            TokenOverhead(era: $0).response(name: call["name"], response: call["response"])
        }
        XCTAssertEqual(tokens, [4, 4 + 8 + 3 * 2, 4 + 5 + 2 + 4])
    }

    func test_callAndResponse_countWhatIsThere_whenMembersAreMissing() {
        XCTAssertEqual(Self.eras.map { TokenOverhead(era: $0).call(name: nil, arguments: nil) }, [0, 7, 7])
        XCTAssertEqual(
            Self.eras.map { TokenOverhead(era: $0).response(name: nil, response: nil) }, [0, 8, 5])
    }

    func test_declaration_growsWithSchema() throws {
        let plain = try makeView(#"{"name": "weather", "description": "Tells it."}"#)
        let typed = try makeView(
            #"""
            {"name": "weather", "description": "Tells it.", "parameters": {"type": "OBJECT", "properties": {
            "city": {"type": "STRING", "description": "Where"},
            "unit": {"type": "STRING", "enum": ["metric", "imperial"]}}}}
            """#
        )
        XCTAssertEqual(Self.eras.map { TokenOverhead(era: $0).declaration(plain) }, [8, 22, 17])
        for era in Self.eras {
            XCTAssertGreaterThan(
                TokenOverhead(era: era).declaration(typed), TokenOverhead(era: era).declaration(plain)
            )
        }
    }

    func test_declaration_countsEitherKindOfSchema() throws {
        let schema =
            #"{"type": "object", "properties": {"a": {"anyOf": [{"type": "string"}, {"items": {}}]}}}"#
        for era in Self.eras {
            let counts = try ["parameters", "parametersJsonSchema", "parameters_json_schema"].map {
                TokenOverhead(era: era).declaration(try makeView(#"{"name": "f", "\#($0)": \#(schema)}"#))
            }
            XCTAssertEqual(Set(counts).count, 1)
        }
    }

    func test_declaration_doesNotTrap_onNonsense() throws {
        for json in [
            "{}", "null", "[]", "5", #"{"name": 5, "description": [], "parameters": "x"}"#,
            #"{"parameters": {"properties": [], "items": [], "anyOf": {}, "enum": {}, "type": 5}}"#,
            #"{"parameters": {"properties": {"a": null, "b": [[]], "c": "x"}, "anyOf": [null, 5]}}"#,
        ] {
            for era in Self.eras {
                XCTAssertGreaterThan(TokenOverhead(era: era).declaration(try makeView(json)), 0)
            }
        }
    }
}
