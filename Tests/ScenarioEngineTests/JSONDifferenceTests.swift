// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class JSONDifferenceTests: XCTestCase {
    private func differences(_ pattern: RequestPattern, _ body: String) throws -> [String] {
        let request = try subject(body: body)
        return pattern.matchers.flatMap { $0.miss(request, StubHistory())?.differences ?? [] }
            .map(\.description)
    }

    func test_ofABody_allPlacesAreTold() throws {
        let pattern = RequestPattern(body: ["a": ["b/": 1, "c": [true, "x"]], "d": .null, "e": 2])
        XCTAssertEqual(
            try differences(pattern, #"{"a": {"b/": 2, "c": [true]}, "d": null, "f": 3}"#),
            [
                "/a/b~1: expected the number 1, got the number 2",
                "/a/c: expected an array of 2, got an array of 1",
                "/a/c/1: expected the text “x”, got nothing", "/e: expected the number 2, got nothing",
            ])
        XCTAssertEqual(
            try differences(pattern, "[]").first, "the body: expected an object, got an array of 0")
        XCTAssertEqual(try differences(.init(body: ["a": 1]), #"{"a": 1}"#), [])
    }

    func test_ofAPointer_placesAreThoseOfTheBody() throws {
        let equals = RequestPattern(pointers: [.init(pointer: "/a/0", condition: .equals(["b": 1]))])
        XCTAssertEqual(
            try differences(equals, #"{"a": [{"b": 2, "c": 1}]}"#),
            [
                "/a/0/b: expected the number 1, got the number 2",
                "/a/0/c: expected nothing, got the number 1",
            ])
        XCTAssertEqual(try differences(equals, "{}"), ["/a/0: expected an object, got nothing"])
        let matches = RequestPattern(pointers: [.init(pointer: "/a", condition: .matches("^x"))])
        XCTAssertEqual(
            try differences(matches, #"{"a": "y"}"#), ["/a: expected a text that matches “^x”, got “y”"])
    }

    func test_ofASchema_theCheckGoesOn() throws {
        let pattern = RequestPattern(schema: [
            "required": ["x", "y"],
            "properties": [
                "a": ["type": "string"], "b": ["type": "object", "properties": ["c": ["maximum": 1]]],
                "l": ["items": ["type": "integer"], "uniqueItems": true],
                "o": ["anyOf": [["const": 1], ["properties": ["p": ["const": 2]], "type": "object"]]],
            ],
            "allOf": [["minProperties": 9], ["properties": ["a": ["const": 5]]]],
        ])
        XCTAssertEqual(
            try differences(
                pattern, #"{"a": 1, "b": {"c": 2}, "l": ["k", 1, 1, 1.5], "o": {"p": 3}}"#),
            [
                "the body: expected a member “x”, got none", "the body: expected a member “y”, got none",
                "/a: expected a text, got the number 1", "/b/c: expected 1 or less, got the number 2",
                "/l/0: expected a whole number, got the text “k”",
                "/l/2: expected a value that isn’t there yet, got the number 1",
                "/l/3: expected a whole number, got the number 1.5",
                "/o: expected one of 2 alternatives, got an object",
                "the body: expected 9 members or more, got 4",
                "/a: expected the number 5, got the number 1",
            ])
    }

    func test_thereAreNeverMoreThan20_andNoneIsLong() throws {
        let names = (0..<100).map { "\($0)" + String(repeating: "n", count: 1000) }
        let body = JSON.object(names.map { .init($0, .string("expected")) })
        let schema: JSON = ["required": .array(names.map { .string($0) })]
        let sent =
            "{\(names.map { "\"\($0)\": \"\(String(repeating: "é", count: 900))\"" }.joined(separator: ","))}"
        for (pattern, text) in [
            (RequestPattern(body: body), sent), (RequestPattern(schema: schema), "{}"),
            (RequestPattern(schema: ["additionalProperties": false]), sent),
            (RequestPattern(pointers: [.init(pointer: "", condition: .equals([:]))]), sent),
        ] {
            let request = try subject(body: text)
            let comparison = Comparison(pattern.matchers, request, isWhole: true)
            XCTAssertGreaterThan(comparison.differences.count, 0)
            XCTAssertLessThanOrEqual(comparison.differences.count, 20)
            for difference in comparison.differences {
                XCTAssertLessThanOrEqual(difference.description.count, 400)
            }
            XCTAssertTrue(Comparison(pattern.matchers, request, isWhole: false).differences.isEmpty)
        }
    }

    func test_credentials_stayOut_inNamesToo() throws {
        let secret = "hunter2-and-more"
        let patterns = [
            RequestPattern(schema: ["properties": ["password": ["const": 1]]]),
            RequestPattern(schema: ["additionalProperties": ["type": "number"]]),
            RequestPattern(body: ["password": "x", "text": "x"]),
            RequestPattern(pointers: [.init(pointer: "", condition: .equals([:]))]),
        ]
        let request = try subject(
            headers: [.init("x-goog-api-key", secret)],
            body: #"{"password": "a secret", "text": "\#(secret)", "\#(secret)": "\#(secret)"}"#)
        for pattern in patterns {
            let comparison = Comparison(pattern.matchers, request, isWhole: true)
            let told =
                comparison.description + comparison.differences.map(\.description).joined(separator: "\n")
            XCTAssertFalse(comparison.differences.isEmpty)
            for word in ["hunter", "a secret"] { XCTAssertFalse(told.contains(word), told) }
        }
    }
}
