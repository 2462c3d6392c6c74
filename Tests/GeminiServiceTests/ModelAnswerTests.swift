// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

/// What holds of every answer, whoever made it and however it is overridden.
final class ModelAnswerTests: XCTestCase {
    private static let models = ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-3.6-flash"]

    private static let answers: [ScriptedAnswer?] = [
        nil, ScriptedAnswer(), ScriptedAnswer(said: .text("")), ScriptedAnswer(said: .text("one two three")),
        ScriptedAnswer(thought: "", said: .text("a")),
        ScriptedAnswer(thought: "hm hm", said: .json(["n": [1, 2]]), chunks: .count(2)),
        ScriptedAnswer(said: .text("👩‍👩‍👧‍👦🇫🇷"), chunks: .size(1)),
        ScriptedAnswer(said: .text("ab"), chunks: .pieces(["", "a", "", "b", ""])),
        ScriptedAnswer(said: .parts([["text": "a"], ["text": "hm", "thought": true], [:]])),
        ScriptedAnswer(
            thought: "hm", said: .text("ok"),
            calls: [
                ScriptedCall(name: "f", arguments: ["a": 1]), ScriptedCall(name: "g", arguments: .null),
            ]),
    ]

    private static let overrides: [AnswerOverrides] = [
        AnswerOverrides(), AnswerOverrides(finishReason: "SAFETY"), AnswerOverrides(finishReason: "NEW"),
        AnswerOverrides(finishReason: "MALFORMED_FUNCTION_CALL", safetyRatings: []),
        AnswerOverrides(usage: [JSON.Member("promptTokenCount", .int(.max)), JSON.Member("x", .null)]),
        AnswerOverrides(promptFeedback: ["blockReason": "OTHER"]), AnswerOverrides(hasNoCandidates: true),
    ]

    private func eachAnswer(_ check: (ModelAnswer, String) throws -> Void) throws {
        for model in Self.models {
            for (number, answer) in Self.answers.enumerated() {
                for (other, overrides) in Self.overrides.enumerated() {
                    let script = answer.map { ScriptedReply.answer($0, overrides) } ?? .builtIn(overrides)
                    let made = try makeBuiltIn(model: model, script: script)
                    try check(made, "\(model), answer \(number), overrides \(other)")
                }
            }
        }
    }

    private func text(_ candidates: [Candidate]) -> String {
        candidates.flatMap(\.parts).map { part in
            switch part.data {
            case .text(let text): part.isThought ? "~\(text)" : text
            case .functionCall(let name, let arguments, let id): "\(name)\(arguments)\(id ?? "")"
            case .given(let json): String(decoding: json.bytes(.compact), as: UTF8.self)
            }
        }.joined()
    }

    func test_stream_saysTheWhole() throws {
        try eachAnswer { answer, name in
            XCTAssertEqual(
                text(answer.events.flatMap(\.candidates)), text(answer.whole.candidates), name)
            XCTAssertEqual(answer.events.last?.usage, answer.whole.usage, name)
        }
    }

    func test_stream_finishesOnItsLastEvent() throws {
        try eachAnswer { answer, name in
            let reasons = answer.events.map { $0.candidates.first?.finishReason }
            XCTAssertTrue(reasons.dropLast().allSatisfy { $0 == nil }, name)
            XCTAssertEqual(reasons.last, .some(answer.whole.candidates.first?.finishReason), name)
        }
    }

    func test_eventTokens_areEachEvents() throws {
        try eachAnswer { answer, name in
            XCTAssertEqual(answer.eventTokens.count, answer.events.count, name)
            XCTAssertTrue(answer.eventTokens.allSatisfy { $0 >= 0 }, name)
        }
    }

    func test_answer_isJSON() throws {
        try eachAnswer { answer, name in
            for response in [answer.whole] + answer.events {
                for style in [JSONStyle.pretty, .singleLine] {
                    XCTAssertNoThrow(
                        try JSONDocument(parsing: response.bytes(style), grammar: .strict), name)
                }
            }
        }
    }
}
