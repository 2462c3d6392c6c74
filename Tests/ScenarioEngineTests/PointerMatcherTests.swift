// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class PointerMatcherTests: XCTestCase {
    private let body = #"""
        {"contents": [{"parts": [{"text": "Hello\u0021"}]}], "generation_config": {"topK": 40.0, "stop": null},
         "tools": [{"functionCall": {"args": {"user_id": 1, "list": [1, 2]}}}]}
        """#

    private func misses(_ pointer: String, _ condition: PointerCondition.Condition) throws -> [String] {
        ScenarioEngineTests.misses(
            RequestPattern(pointers: [.init(pointer: pointer, condition: condition)]), try subject(body: body)
        )
    }

    func test_whatFits() throws {
        let good: [(String, PointerCondition.Condition)] = [
            ("/contents/0/parts/0/text", .equals("Hello!")),
            ("/contents/0/parts/0/text", .matches("^Hel+o!$")),
            ("/generationConfig/topK", .equals(40)),
            ("/generation_config/top_k", .matches("^40")),
            ("/generationConfig/stop", .exists(true)),
            ("/generationConfig/stop", .equals(.null)),
            ("/generationConfig/none", .exists(false)),
            ("/contents/1", .exists(false)),
            ("/contents/00", .exists(false)),
            ("/contents/-", .exists(false)),
            ("/tools/0/functionCall/args", .equals(["list": [1, 2], "user_id": 1])),
            ("/tools/0/functionCall/args/userId", .exists(false)),
        ]
        for (pointer, condition) in good { XCTAssertEqual(try misses(pointer, condition), [], pointer) }
    }

    func test_whatDoesNot() throws {
        let bad: [(String, PointerCondition.Condition, String)] = [
            ("/contents/0/parts/0/text", .equals("Hello"), "the text “Hello” | the text “Hello!”"),
            ("/contents/0/parts/0/text", .matches("^x"), "a text that matches “^x” | “Hello!”"),
            ("/generationConfig/topK", .matches("4$"), "a text that matches “4$” | “40.0”"),
            ("/contents", .matches("x"), "a text that matches “x” | an array of 1"),
            ("/contents", .exists(false), "nothing | an array of 1"),
            ("/contents/3", .exists(true), "something | nothing"),
            ("/x/y", .equals(1), "the number 1 | nothing"),
            ("/tools/0/functionCall/args", .equals(["user_id": 1]), "no member “list” | one"),
            (
                "/tools/0/functionCall/args", .equals(["user_id": 2, "list": [1, 2]]),
                "the number 2 at /user_id | the number 1"
            ),
        ]
        for (pointer, condition, line) in bad {
            XCTAssertEqual(try misses(pointer, condition), ["pointer “\(pointer)”: \(line)"])
        }
    }
}
