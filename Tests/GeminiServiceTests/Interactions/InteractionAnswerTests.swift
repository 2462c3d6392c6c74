// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class InteractionAnswerTests: XCTestCase {
    private func kinds(_ interaction: JSON) -> [String] {
        interaction["steps"]?.elements.compactMap { $0["type"]?.text } ?? []
    }

    private func made(
        _ answer: ScriptedAnswer, _ overrides: AnswerOverrides = AnswerOverrides(), members: String = "",
        service: FakeService = makeService()
    ) throws -> JSON {
        try makeInteraction(members: members, service: service, script: .answer(answer, overrides))
    }

    private let calls = [
        ScriptedCall(name: "f", arguments: ["a": 1]), ScriptedCall(name: "g", arguments: [:]),
    ]

    func test_answer_becomesSteps() throws {
        let told = try made(ScriptedAnswer(thought: "Hm well", said: .text("ok"), calls: calls))
        XCTAssertEqual(kinds(told), ["thought", "model_output", "function_call", "function_call"])
        XCTAssertEqual(told["status"], "requires_action")
        XCTAssertEqual(told.outputText, "ok")
        let steps = told["steps"]?.elements ?? []
        XCTAssertEqual(steps[0]["summary"], [["text": "Hm well", "type": "text"]])
        XCTAssertEqual(steps[2]["name"], "f")
        XCTAssertEqual(steps[2]["arguments"], ["a": 1])
        XCTAssertEqual(steps[3]["name"], "g")
        XCTAssertNotEqual(steps[2]["id"], steps[3]["id"])
        XCTAssertEqual(told["usage"]?["total_thought_tokens"], 2)
    }

    func test_parts_becomeSteps_asFarAsTheyAreKnown() throws {
        let told = try made(
            ScriptedAnswer(
                said: .parts([
                    ["text": "hm", "thought": true], ["text": "ok"], ["executableCode": ["code": "1"]],
                    ["functionCall": ["name": "f", "id": "abcdefgh"], "thoughtSignature": "Zg=="],
                ])))
        XCTAssertEqual(kinds(told), ["thought", "model_output", "function_call"])
        let steps = told["steps"]?.elements ?? []
        XCTAssertEqual(steps[0]["signature"], "Zg==")
        XCTAssertEqual(steps[0]["summary"], [["text": "hm", "type": "text"]])
        XCTAssertEqual(
            steps[2], ["id": "abcdefgh", "type": "function_call", "name": "f", "arguments": [:]])
    }

    func test_json_isText() throws {
        XCTAssertEqual(try made(ScriptedAnswer(said: .json(["n": 1]))).outputText, #"{"n":1}"#)
    }

    func test_limit_isIncomplete() throws {
        let told = try made(
            ScriptedAnswer(said: .text("ok")), AnswerOverrides(finishReason: "MAX_TOKENS"))
        XCTAssertEqual(told["status"], "incomplete")
        XCTAssertEqual(told.outputText, "ok")
    }

    func test_usage_isOverridden() throws {
        let told = try made(
            ScriptedAnswer(said: .text("ok")),
            AnswerOverrides(usage: [JSON.Member("totalTokenCount", 9), JSON.Member("promptTokenCount", 5)]))
        XCTAssertEqual(told["usage"]?["total_tokens"], 9)
        XCTAssertEqual(told["usage"]?["total_input_tokens"], 5)
    }

    /// Refused generations aren't kept (seen).
    func test_withheldAnswer_isRefused() throws {
        for (overrides, code) in [
            (AnswerOverrides(finishReason: "SAFETY"), "safety"),
            (AnswerOverrides(promptFeedback: ["blockReason": "PROHIBITED_CONTENT"]), "prohibited_content"),
            (AnswerOverrides(promptFeedback: ["blockReason": "OTHER"]), "content_blocked"),
        ] {
            let service = makeService()
            let error = refusal { try makeInteraction(service: service, script: .builtIn(overrides)) }
            XCTAssertEqual(error?.interactionCode.name, code)
            XCTAssertEqual(error?.interactionCode.http, 400)
            XCTAssertEqual(service.interactions.occupancy.turns, 0)
        }
    }

    func test_answer_hasNoSteps_withoutCandidates() throws {
        let told = try made(ScriptedAnswer(said: .text("ok")), AnswerOverrides(hasNoCandidates: true))
        XCTAssertEqual(told["steps"], [])
        XCTAssertEqual(told["status"], "completed")
    }

    /// The calls of a scenario are answered like any other.
    func test_conversation_goesOn_behindCalls() throws {
        let service = makeService()
        let first = try made(ScriptedAnswer(calls: calls), service: service)
        let id = try XCTUnwrap(first["id"]?.text)
        let results = (first["steps"]?.elements ?? []).filter { $0["type"] == "function_call" }.map { call in
            #"{"type": "function_result", "call_id": "\#(call["id"]?.text ?? "")", "result": "r"}"#
        }
        let next = try makeInteraction(
            "[\(results.joined(separator: ", "))]", members: #""previous_interaction_id": "\#(id)""#,
            service: service)
        XCTAssertEqual(next["status"], "completed")
        XCTAssertNotNil(next.outputText)
    }
}
