// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

@testable import GeminiService

final class FunctionChoiceTests: XCTestCase {
    private static let tools =
        #""tools": [{"functionDeclarations": [{"name": "getTime"}, {"name": "getWeather"}]}]"#

    private func choose(
        text: String = "hi", contents: String? = nil, mode: String? = nil, allowed: String = "[]",
        tools: String = tools
    ) throws -> String? {
        let config = mode.map { #"{"mode": "\#($0)", "allowedFunctionNames": \#(allowed)}"# } ?? "{}"
        let members = #"\#(tools), "toolConfig": {"functionCallingConfig": \#(config)}"#
        return FunctionChoice.function(
            for: try makeRequest(text: text, contents: contents, members: members))?.name
    }

    private static func turns(_ turns: String...) -> String { "[\(turns.joined(separator: ", "))]" }
    private static let question = #"{"role": "user", "parts": [{"text": "hi"}]}"#
    private static func call(_ name: String) -> String {
        #"{"role": "model", "parts": [{"functionCall": {"name": "\#(name)", "args": {}}}]}"#
    }
    private static func result(_ names: String..., text: Bool = false) -> String {
        var parts = names.map { #"{"functionResponse": {"name": "\#($0)", "response": {}}}"# }
        if text { parts.append(#"{"text": "and?"}"#) }
        return #"{"role": "user", "parts": [\#(parts.joined(separator: ", "))]}"#
    }

    func test_function_isFirst_whenNoneIsNamed() throws {
        for mode in [nil, "AUTO", "ANY", "VALIDATED"] { XCTAssertEqual(try choose(mode: mode), "getTime") }
    }

    func test_function_isNamedOne_inAuto() throws {
        XCTAssertEqual(try choose(text: "Please call getWeather for Oslo"), "getWeather")
        XCTAssertEqual(
            try choose(text: "getWeather, then getTime"), "getTime", "the first declared one counts")
        XCTAssertEqual(try choose(text: "getWeather"), "getWeather")
        XCTAssertEqual(try choose(text: "weather"), "getTime")
        XCTAssertEqual(try choose(text: ""), "getTime")
    }

    func test_function_isNil_whenNoneMayBeCalled() throws {
        XCTAssertNil(try choose(mode: "NONE"))
        XCTAssertNil(try choose(tools: #""tools": []"#))
        XCTAssertNil(try choose(tools: #""tools": [{"googleSearch": {}}]"#))
        XCTAssertNil(try choose(mode: "ANY", tools: #""tools": []"#))
    }

    func test_function_isAllowedOne_whenListed() throws {
        for mode in ["AUTO", "ANY", "VALIDATED"] {
            XCTAssertEqual(
                try choose(text: "getTime", mode: mode, allowed: #"["getWeather"]"#), "getWeather", mode)
            XCTAssertNil(try choose(mode: mode, allowed: #"["other"]"#), mode)
        }
    }

    func test_loop_ends_inAuto() throws {
        XCTAssertNil(
            try choose(contents: Self.turns(Self.question, Self.call("getTime"), Self.result("getTime"))))
        XCTAssertNil(try choose(contents: Self.turns(Self.question, Self.call("x"), Self.result("x"))))
    }

    func test_loop_callsEachOnce_inAny() throws {
        let (first, second) = (Self.result("getTime"), Self.result("getWeather"))
        XCTAssertEqual(
            try choose(contents: Self.turns(Self.question, Self.call("getTime"), first), mode: "ANY"),
            "getWeather"
        )
        XCTAssertNil(
            try choose(
                contents: Self.turns(
                    Self.question, Self.call("getTime"), first, Self.call("getWeather"), second
                ), mode: "ANY"
            )
        )
        XCTAssertNil(
            try choose(contents: Self.turns(Self.question, Self.result("getWeather", "getTime")), mode: "ANY")
        )
    }

    func test_loop_startsAgain_withNextQuestion() throws {
        let done = [Self.question, Self.call("getTime"), Self.result("getTime"), Self.question]
        for mode in ["AUTO", "ANY"] {
            XCTAssertEqual(
                try choose(contents: "[\(done.joined(separator: ", "))]", mode: mode), "getTime", mode
            )
        }
    }

    func test_result_answersItself_evenWithText() throws {
        let resultAndText = Self.result("getTime", text: true)
        XCTAssertNil(try choose(contents: Self.turns(Self.question, Self.call("getTime"), resultAndText)))
        XCTAssertNil(try choose(contents: Self.turns(Self.result("getTime"))), "a result alone")
    }

    /// Any number of functions times any length of text would take hours.
    func test_function_isFoundSoon_whenMuchIsDeclaredAndSaid() throws {
        let names = (0..<5_000).map { #"{"name": "function\#($0)x"}"# }.joined(separator: ", ")
        let start = ContinuousClock.now
        let name = try choose(
            text: String(repeating: "function", count: 100_000),
            tools: #""tools": [{"functionDeclarations": [\#(names)]}]"#
        )
        XCTAssertEqual(name, "function0x")
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(10))
    }
}
