// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class RequestConditionTests: XCTestCase {
    private func problems(_ text: String) -> [String] {
        do throws(ScenarioProblems) {
            _ = try RequestCondition(parsing: text)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    func test_fits_asAStubWould_fromSwiftYAMLAndJSON() throws {
        let conditions = [
            try RequestCondition(MockPattern(endpoint: ["countTokens"], lastText: .contains("Hello"))),
            try RequestCondition(parsing: "endpoint: countTokens\nlastText: Hello"),
            try RequestCondition(
                JSONDocument(parsing: Array(#"{"endpoint": "countTokens", "lastText": "Hello"}"#.utf8)).root),
        ]
        for condition in conditions {
            XCTAssertTrue(condition.fits(try makeSubject(endpoint: "countTokens", lastText: "Hello you")))
            XCTAssertFalse(condition.fits(try makeSubject(endpoint: "countTokens", lastText: "Good day")))
            XCTAssertFalse(condition.fits(try makeSubject(lastText: "Hello you")))
        }
    }

    func test_whatAsksNothing_fitsAll() throws {
        for condition in [try RequestCondition(MockPattern()), try RequestCondition(parsing: "{}")] {
            XCTAssertTrue(condition.fits(try makeSubject()))
            XCTAssertTrue(condition.nearMiss(try makeSubject()).fits)
        }
    }

    func test_withoutAStep_whatGoesOnFits_withOneOnlyThat() throws {
        let any = try RequestCondition(MockPattern(endpoint: ["uploadFile"]))
        let last = try RequestCondition(MockPattern(endpoint: ["uploadFile"], step: [.finalize]))
        let finalize = try subject(endpoint: "uploadFile", step: .finalize)
        let start = try subject(endpoint: "uploadFile", step: .start)
        XCTAssertEqual([any, last].map { $0.fits(finalize) }, [true, true])
        XCTAssertEqual([any, last].map { $0.fits(start) }, [true, false])
    }

    func test_allProblemsAreTold_withTheirPlaces() {
        XCTAssertEqual(
            problems("endpont: x\nendpoint: generateContnt\ncall: 2\nstate: {a: b}\nlastText: 3"),
            [
                "when:1:1: when has no “endpont” (did you mean endpoint?)",
                "when:2:11: “generateContnt” isn’t known here (did you mean generateContent?)",
                "when:3:1: “call” goes with stubs only: nothing else remembers earlier requests",
                "when:4:1: “state” goes with stubs only: nothing else remembers earlier requests",
                "when:5:11: expected a text, found the number 3: put it in quotes",
            ])
        XCTAssertEqual(problems("[1]"), ["when:1:1: when must be a map, found a list"])
        XCTAssertEqual(problems("{a"), problems("{a"))
        XCTAssertEqual(problems("").count, 1)
    }

    func test_problemsInAJSONText_haveItsPlaces() throws {
        let text =
            "{\"é\": 1,\n  \"when\": {\"lastText\": \"x\",\n    \"model\": 3}, \"rest\": [\"unread}\"]}"
        let view = try XCTUnwrap(JSONDocument(parsing: Array(text.utf8)).root["when"])
        XCTAssertThrowsError(try RequestCondition(view, file: "request")) { error in
            XCTAssertEqual(
                "\(error)", "request:3:14: expected a text, found the number 3: put it in quotes")
        }
        let line = #"{"é😀": "é", "when": {"modl": "x"}}"#
        let other = try XCTUnwrap(JSONDocument(parsing: Array(line.utf8)).root["when"])
        XCTAssertThrowsError(try RequestCondition(other)) { error in
            XCTAssertEqual("\(error)", "when:1:22: when has no “modl” (did you mean model?)")
        }
    }

    func test_problemsOfAPattern_haveItsLine() {
        XCTAssertThrowsError(
            try RequestCondition(MockPattern(state: ["a": "b"]), file: "Tests.swift", line: 7)
        ) { error in
            XCTAssertEqual(
                "\(error)",
                "Tests.swift:7:1: “state” goes with stubs only: nothing else remembers earlier requests")
        }
    }

    func test_nearMiss_tellsEachMatcher() throws {
        let condition = try RequestCondition(
            MockPattern(endpoint: ["generateContent"], lastText: .equals("Hello")))
        let near = condition.nearMiss(try makeSubject(lastText: "Hallo"))
        XCTAssertEqual(
            near.description,
            "✓ endpoint\n✗ lastText: expected the text “Hello”, got “Hallo”")
        XCTAssertEqual(near.line, "✗ lastText: expected the text “Hello”, got “Hallo”")
        XCTAssertFalse(near.fits)
        XCTAssertEqual(near.distance, 0.1)
    }

    func test_oneRequest_canBeAskedAboutWithoutEnd() throws {
        let condition = try RequestCondition(MockPattern(lastText: .matches("(a+)+$")))
        let request = try makeSubject(lastText: String(repeating: "a", count: 30) + "b")
        for _ in 0..<30 { XCTAssertFalse(condition.fits(request)) }
        let simple = try RequestCondition(MockPattern(lastText: .matches("b$")))
        XCTAssertTrue(simple.fits(request))
    }
}
