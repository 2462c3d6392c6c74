// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class ModelAnswerOverridesTests: XCTestCase {
    private static let counted =
        #""usageMetadata": {"promptTokenCount": 2,"totalTokenCount": 2,"#
        + #""promptTokensDetails": [{"modality": "TEXT","tokenCount": 2}],"serviceTier": "standard"}"#

    private func builtIn(
        _ overrides: AnswerOverrides, members: String = "", model: String = "gemini-2.5-flash"
    ) throws -> ModelAnswer {
        try makeBuiltIn(members: members, model: model, script: .builtIn(overrides))
    }

    private func end(_ answer: ModelAnswer, _ version: String = "gemini-2.5-flash") -> String {
        #","modelVersion": "\#(version)","responseId": "\#(answer.whole.responseID)"}"#
    }

    func test_builtIn_isUsualOne_whenNothingIsOverridden() throws {
        for model in ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-3.6-flash"] {
            let (usual, scripted) = (
                try makeBuiltIn(model: model), try builtIn(AnswerOverrides(), model: model)
            )
            XCTAssertEqual(scripted.whole, usual.whole)
            XCTAssertEqual(scripted.events, usual.events)
        }
    }

    func test_finishReason_isAnyWord_onLastEvent() throws {
        for reason in ["MAX_TOKENS", "STOP", "SOMETHING_NEW"] {
            let answer = try builtIn(AnswerOverrides(finishReason: reason))
            XCTAssertEqual(answer.whole.candidates[0].finishReason, reason)
            XCTAssertEqual(answer.whole.candidates[0].parts, try makeBuiltIn().whole.candidates[0].parts)
            XCTAssertEqual(answer.events.compactMap { $0.candidates[0].finishReason }, [reason])
            XCTAssertEqual(answer.events.last?.candidates[0].finishReason, reason)
        }
    }

    /// As recorded (SAFETY) and reported (RECITATION).
    func test_builtIn_isWithheld_withReasonsThatShowNothing() throws {
        let recitation = try builtIn(AnswerOverrides(finishReason: "RECITATION"))
        let expected =
            #"{"candidates": [{"content": {},"finishReason": "RECITATION","index": 0}],"#
            + Self.counted + end(recitation)
        XCTAssertEqual(makeLine(recitation.whole), expected)
        XCTAssertEqual(recitation.events.map(makeLine), [expected])
        let safety = try builtIn(AnswerOverrides(finishReason: "SAFETY"), model: "gemini-2.0-flash")
        let ratings =
            #"[{"category": "HARM_CATEGORY_HATE_SPEECH","probability": "LOW","blocked": true},"#
            + #"{"category": "HARM_CATEGORY_DANGEROUS_CONTENT","probability": "NEGLIGIBLE"},"#
            + #"{"category": "HARM_CATEGORY_HARASSMENT","probability": "NEGLIGIBLE"},"#
            + #"{"category": "HARM_CATEGORY_SEXUALLY_EXPLICIT","probability": "NEGLIGIBLE"}]"#
        XCTAssertTrue(
            makeLine(safety.whole).hasPrefix(
                #"{"candidates": [{"content": {},"finishReason": "SAFETY","safetyRatings": \#(ratings)}],"#
                    + #""usageMetadata": {"promptTokenCount": "#), makeLine(safety.whole))
        XCTAssertEqual(safety.events.map(makeLine), [makeLine(safety.whole)])
        XCTAssertFalse(makeLine(safety.whole).contains("candidatesToken"))
    }

    func test_malformedCall_tellsMessage_since25() throws {
        let tool = #""tools": [{"functionDeclarations": [{"name": "getTime"}]}]"#
        for (model, members, message) in [
            ("gemini-2.0-flash", tool, nil),
            ("gemini-2.5-flash", tool, "Malformed function call: call:default_api:getTime{"),
            ("gemini-3.6-flash", "", "Malformed function call"),
        ] {
            let answer = try builtIn(
                AnswerOverrides(finishReason: "MALFORMED_FUNCTION_CALL"), members: members, model: model)
            for response in [answer.whole] + answer.events {
                XCTAssertEqual(response.candidates.map(\.finishMessage), [message], model)
                XCTAssertEqual(response.candidates.map(\.isWithheld), [true], model)
                XCTAssertEqual(response.candidates.map(\.finishReason), ["MALFORMED_FUNCTION_CALL"])
            }
        }
    }

    /// A partial answer is shown: somebody wants to see what a client does with it.
    func test_scripted_isShown_withAnyReason() throws {
        let answer = try makeScripted(
            ScriptedAnswer(said: .text("abc")), AnswerOverrides(finishReason: "SAFETY"))
        XCTAssertEqual(answer.whole.candidates[0].parts.map(\.data), [.text("abc")])
        XCTAssertEqual(answer.whole.candidates[0].finishReason, "SAFETY")
        XCTAssertEqual(answer.events.count, 3)
    }

    func test_callMessage_isLeftOut_withOtherReasons() throws {
        let calls = ScriptedAnswer(calls: [ScriptedCall(name: "f", arguments: [:])])
        XCTAssertNil(
            try makeScripted(calls, AnswerOverrides(finishReason: "MAX_TOKENS")).whole.candidates[0]
                .finishMessage)
    }

    func test_usage_isOverridden_onceItIsFinal() throws {
        let overrides = AnswerOverrides(usage: [
            JSON.Member("candidatesTokenCount", 8192), JSON.Member("cachedContentTokenCount", 1),
        ])
        let answer = try makeScripted(ScriptedAnswer(thought: "hm", said: .text("abc")), overrides)
        XCTAssertTrue(
            makeLine(answer.whole).contains(
                #""usageMetadata": {"promptTokenCount": 2,"candidatesTokenCount": 8192,"totalTokenCount": 8195,"#
                    + #""cachedContentTokenCount": 1,"promptTokensDetails""#), makeLine(answer.whole))
        XCTAssertEqual(answer.events.map { $0.usage.overrides.count }, [0, 0, 0, 2])
        XCTAssertEqual(answer.events.last?.usage, answer.whole.usage)
    }

    func test_safetyRatings_areCandidates_onItsLastEvent() throws {
        let ratings: JSON = [["category": "C"]]
        let members = #""generationConfig": {"candidateCount": 2}"#
        let answer = try builtIn(AnswerOverrides(safetyRatings: ratings), members: members)
        XCTAssertEqual(answer.whole.candidates.map(\.safetyRatings), [ratings, ratings])
        for event in answer.events {
            let candidate = event.candidates[0]
            XCTAssertEqual(candidate.safetyRatings, candidate.finishReason == nil ? nil : ratings)
        }
    }

    /// CORE 4.3: no `candidates` at all.
    func test_prompt_isBlocked() throws {
        let answer = try builtIn(AnswerOverrides(promptFeedback: ["blockReason": "PROHIBITED_CONTENT"]))
        let expected =
            #"{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},"# + Self.counted + end(answer)
        XCTAssertEqual(makeLine(answer.whole), expected)
        XCTAssertEqual(answer.events.map(makeLine), [expected])
        XCTAssertEqual(answer.eventTokens, [0])
    }

    func test_promptFeedback_standsBesideCandidates_whenNothingIsBlocked() throws {
        let feedback: JSON = ["safetyRatings": []]
        let answer = try builtIn(AnswerOverrides(promptFeedback: feedback))
        XCTAssertEqual(answer.whole.promptFeedback, feedback)
        XCTAssertEqual(answer.whole.candidates, try makeBuiltIn().whole.candidates)
        XCTAssertEqual(answer.events.map(\.promptFeedback), [feedback, nil, nil])
    }

    func test_candidates_areLeftOut() throws {
        for answer in [
            try builtIn(AnswerOverrides(hasNoCandidates: true)),
            try makeScripted(ScriptedAnswer(said: .text("a")), AnswerOverrides(hasNoCandidates: true)),
        ] {
            XCTAssertEqual(makeLine(answer.whole), "{" + Self.counted + end(answer))
            XCTAssertEqual(answer.events.map(makeLine), [makeLine(answer.whole)])
        }
    }
}
