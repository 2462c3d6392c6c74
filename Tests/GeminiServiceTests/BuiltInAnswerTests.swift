// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class BuiltInAnswerTests: XCTestCase {
    static let models = [
        "gemini-2.0-flash", "gemini-2.5-flash", "gemini-2.5-flash-lite", "gemini-3.6-flash",
    ]
    static let tool =
        #""tools": [{"functionDeclarations": [{"name": "getTime", "parameters": "#
        + #"{"type": "OBJECT", "properties": {"city": {"type": "STRING"}}, "required": ["city"]}}]}]"#
    private static let withoutThinking = #""thinkingConfig": {"thinkingBudget": 0}"#

    private func config(_ members: String...) -> String {
        #""generationConfig": {\#(members.joined(separator: ", "))}"#
    }

    private func texts(_ parts: [OutputPart]) -> String {
        parts.map { if case .text(let text) = $0.data, !$0.isThought { text } else { "" } }.joined()
    }

    private func text(_ answer: ModelAnswer, candidate: Int = 0) -> String {
        texts(answer.whole.candidates[candidate].parts)
    }

    /// What a client that adds up a stream has at its end.
    private func streamed(_ answer: ModelAnswer, candidate: Int = 0) -> String {
        answer.events.flatMap(\.candidates).filter { ($0.index ?? 0) == candidate }.map { texts($0.parts) }
            .joined()
    }

    func calls(_ parts: [OutputPart]) -> [String] {
        parts.compactMap { if case .functionCall(let name, _, _) = $0.data { name } else { nil } }
    }

    /// Requests of many kinds, for what holds for all of them.
    private func answers() throws -> [(String, ModelAnswer)] {
        var answers: [(String, ModelAnswer)] = []
        for model in Self.models + ["gemma-4-31b-it", "gemini-7-pro"] {
            for (name, members) in [
                ("plain", ""), ("system", #""systemInstruction": {"parts": {"text": "Be brief."}}"#),
                ("tools", Self.tool),
                ("candidates", config(#""candidateCount": 3"#)),
                ("thoughts", config(#""thinkingConfig": {"includeThoughts": true}"#)),
                ("short", config(#""maxOutputTokens": 5"#)), ("cut", config(#""maxOutputTokens": 80"#)),
                ("one", config(#""maxOutputTokens": 1"#, Self.withoutThinking)),
                ("stop", config(#""stopSequences": ["received"]"#)),
                ("stopAtOnce", config(#""stopSequences": ["This"]"#)),
                ("json", config(#""responseMimeType": "application/json""#)),
                (
                    "schema",
                    config(
                        #""responseMimeType": "application/json""#,
                        #""responseSchema": {"type": "ARRAY", "items": {"type": "STRING"}}"#
                    )
                ),
                (
                    "all",
                    config(
                        #""candidateCount": 2, "maxOutputTokens": 90"#,
                        #""thinkingConfig": {"includeThoughts": true, "thinkingBudget": 30}"#
                    )
                ), ("callsCut", Self.tool + ", " + config(#""maxOutputTokens": 3"#, Self.withoutThinking)),
                ("callsTwice", Self.tool + ", " + config(#""candidateCount": 2"#)),
            ] {
                answers.append(("\(model) \(name)", try makeBuiltIn(members: members, model: model)))
            }
        }
        return answers
    }

    // MARK: - Determinism

    func test_answer_isSame_forSameRequestAndSeed() throws {
        for (first, second) in zip(try answers(), try answers()) {
            XCTAssertEqual(first.1.whole, second.1.whole, first.0)
            XCTAssertEqual(first.1.events, second.1.events, first.0)
        }
    }

    func test_responseID_differs_byRequestModelAndSeed() throws {
        let ids = try [
            makeBuiltIn(), makeBuiltIn(text: "ho"), makeBuiltIn(seed: 2),
            makeBuiltIn(model: "gemini-2.5-pro"),
            makeBuiltIn(members: #""labels": {}"#),
        ].map(\.whole.responseID)
        XCTAssertEqual(Set(ids).count, ids.count)
        for id in ids {
            XCTAssertEqual(id.count, 22)
            XCTAssertTrue(
                id.utf8.allSatisfy { Base64Encoding.urlSafe([0, 16, 131]).utf8.count == 4 && $0 != 0x3D })
        }
    }

    func test_modelVersion_isResolvedName() throws {
        XCTAssertEqual(try makeBuiltIn(model: "gemini-flash-latest").whole.modelVersion, "gemini-3.6-flash")
        XCTAssertTrue(
            text(try makeBuiltIn(model: "gemini-flash-latest")).contains(
                "answering by itself as gemini-flash-latest."))
    }

    // MARK: - Streams

    func test_events_areThreeOrMore_forTexts() throws {
        for model in Self.models {
            XCTAssertGreaterThanOrEqual(try makeBuiltIn(model: model).events.count, 3, model)
        }
        XCTAssertGreaterThanOrEqual(
            try makeBuiltIn(members: config(#""responseMimeType": "application/json""#)).events.count, 3
        )
    }

    func test_events_joinToWhole_forEachCandidate() throws {
        for (name, answer) in try answers() {
            for (index, candidate) in answer.whole.candidates.enumerated() {
                XCTAssertEqual(streamed(answer, candidate: index), texts(candidate.parts), "\(name) \(index)")
                let streamed = answer.events.flatMap(\.candidates).filter { ($0.index ?? 0) == index }
                XCTAssertEqual(
                    streamed.flatMap { calls($0.parts) }, calls(candidate.parts), "\(name) \(index)")
            }
        }
    }

    func test_events_finishEachCandidateOnce_atItsEnd() throws {
        for (name, answer) in try answers() {
            for (index, candidate) in answer.whole.candidates.enumerated() {
                let reasons = answer.events.flatMap(\.candidates).filter { ($0.index ?? 0) == index }.map(
                    \.finishReason)
                XCTAssertEqual(reasons.last, candidate.finishReason, name)
                XCTAssertTrue(reasons.dropLast().allSatisfy { $0 == nil }, name)
            }
            XCTAssertNotNil(answer.events.last?.candidates.last?.finishReason, name)
        }
    }

    func test_usage_neverFalls_andEndsAtThatOfWhole() throws {
        for (name, answer) in try answers() {
            let totals = answer.events.map(\.usage.total)
            XCTAssertEqual(totals, totals.sorted(), name)
            let candidates = answer.events.map { $0.usage.candidates ?? 0 }
            XCTAssertEqual(candidates, candidates.sorted(), name)
            XCTAssertEqual(answer.events.last?.usage, answer.whole.usage, name)
        }
    }

    func test_events_shareIDVersionAndPrompt() throws {
        for (name, answer) in try answers() {
            for event in answer.events {
                XCTAssertEqual(event.responseID, answer.whole.responseID, name)
                XCTAssertEqual(event.modelVersion, answer.whole.modelVersion, name)
                XCTAssertEqual(event.usage.prompt, answer.whole.usage.prompt, name)
                XCTAssertEqual(event.usage.serviceTier, "standard", name)
            }
        }
    }

    func test_usage_tellsCandidatesAtEndOnly_before25() throws {
        let old = try makeBuiltIn(model: "gemini-2.0-flash").events
        XCTAssertTrue(
            old.dropLast().allSatisfy { $0.usage.candidates == nil && $0.usage.candidatesDetails == nil })
        XCTAssertNotNil(old.last?.usage.candidates)
        XCTAssertTrue(try makeBuiltIn().events.allSatisfy { $0.usage.candidates != nil })
    }

    // MARK: - Generations

    func test_candidate_hasIndexSince25_andLogprobsBefore() throws {
        for (model, index, hasLogprobs) in [
            ("gemini-2.0-flash", nil, true), ("gemini-2.5-flash", 0, false), ("gemini-3.6-flash", 0, false),
        ] as [(String, Int?, Bool)] {
            let answer = try makeBuiltIn(model: model)
            XCTAssertEqual(answer.whole.candidates[0].index, index, model)
            XCTAssertEqual(answer.whole.candidates[0].avgLogprobs != nil, hasLogprobs, model)
            XCTAssertEqual(answer.whole.usage.candidatesDetails != nil, hasLogprobs, model)
            XCTAssertTrue(answer.events.allSatisfy { $0.candidates[0].index == index }, model)
        }
        let logprobs = try XCTUnwrap(makeBuiltIn(model: "gemini-2.0-flash").whole.candidates[0].avgLogprobs)
        XCTAssertTrue((-0.1...0).contains(logprobs))
    }

    func test_candidateCount_givesEachAnIndex() throws {
        for model in Self.models {
            let answer = try makeBuiltIn(members: config(#""candidateCount": 3"#), model: model)
            XCTAssertEqual(answer.whole.candidates.map(\.index), [0, 1, 2], model)
            let texts = (0..<3).map { text(answer, candidate: $0) }
            XCTAssertEqual(Set(texts).count, 3, model)
            XCTAssertTrue(texts[2].hasSuffix(" (candidate 3)"))
            XCTAssertEqual(
                answer.whole.usage.candidates, texts.reduce(0) { $0 + TextTokens.count($1) }, model
            )
        }
    }

    func test_signature_dependsOnGeneration() throws {
        for (model, signsText, signsCall) in [
            ("gemini-2.0-flash", false, false), ("gemini-2.5-flash", false, true),
            ("gemini-2.5-flash-lite", false, false), ("gemini-3.6-flash", true, true),
        ] {
            let (text, call) = (
                try makeBuiltIn(model: model), try makeBuiltIn(members: Self.tool, model: model)
            )
            for (answer, signs) in [(text, signsText), (call, signsCall)] {
                let signatures = answer.whole.candidates[0].parts.compactMap(\.thoughtSignature)
                XCTAssertEqual(signatures.count, signs ? 1 : 0, model)
                XCTAssertEqual(
                    answer.events.flatMap { $0.candidates[0].parts }.compactMap(\.thoughtSignature),
                    signatures)
                for signature in signatures {
                    let bytes = Array(signature.utf8).withUnsafeBufferPointer { Base64Text($0)?.byteCount }
                    XCTAssertEqual(bytes, 96)
                }
            }
        }
    }

    func test_lastEvent_isEmptyTextWithSignature_onThree() throws {
        let last = try XCTUnwrap(makeBuiltIn(model: "gemini-3.6-flash").events.last?.candidates[0])
        XCTAssertEqual(last.parts.map(\.data), [.text("")])
        XCTAssertNotNil(last.parts[0].thoughtSignature)
        XCTAssertEqual(last.finishReason, "STOP")
    }

    // MARK: - Thinking

    func test_thoughts_areCounted_whenItThinks() throws {
        for (model, members, thinks) in [
            ("gemini-2.0-flash", "", false), ("gemini-2.5-flash", "", true),
            ("gemini-2.5-flash-lite", "", false),
            ("gemini-2.5-flash-lite", config(#""thinkingConfig": {"thinkingBudget": 512}"#), true),
            ("gemini-2.5-flash", config(Self.withoutThinking), false), ("gemini-3.6-flash", "", true),
            ("gemini-2.5-flash", config(#""thinkingConfig": {"thinkingBudget": -1}"#), true),
        ] {
            let usage = try makeBuiltIn(members: members, model: model).whole.usage
            XCTAssertEqual(usage.thoughts != nil, thinks, "\(model) \(members)")
            XCTAssertEqual(usage.total, usage.prompt.total + (usage.candidates ?? 0) + (usage.thoughts ?? 0))
        }
        let budget = try makeBuiltIn(members: config(#""thinkingConfig": {"thinkingBudget": 7}"#)).whole.usage
        XCTAssertEqual(budget.thoughts, 7, "no more than the budget")
    }

    func test_thoughts_comeFirst_whenAskedFor() throws {
        let members = config(#""thinkingConfig": {"includeThoughts": true}"#)
        for model in ["gemini-2.5-flash", "gemini-3.6-flash"] {
            let answer = try makeBuiltIn(members: members, model: model)
            XCTAssertEqual(answer.whole.candidates[0].parts.map(\.isThought), [true, false], model)
            XCTAssertEqual(answer.events[0].candidates[0].parts.map(\.isThought), [true], model)
            XCTAssertNil(answer.events[0].usage.candidates, "nothing is counted yet")
            XCTAssertTrue(
                answer.events.dropFirst().allSatisfy { !$0.candidates[0].parts.contains(where: \.isThought) })
        }
        XCTAssertFalse(
            try makeBuiltIn(members: members, model: "gemini-2.0-flash").whole.candidates[0].parts[0]
                .isThought)
        XCTAssertFalse(try makeBuiltIn().whole.candidates[0].parts[0].isThought)
    }

    // MARK: - Limits

    func test_maxOutputTokens_isHeld_forEachLimit() throws {
        for model in Self.models {
            for thinking in ["", Self.withoutThinking] {
                let whole = try makeBuiltIn(members: config(thinking), model: model)
                for limit in 1...140 {
                    let members = config(
                        #""maxOutputTokens": \#(limit)"# + (thinking.isEmpty ? "" : ", \(thinking)"))
                    // One more member is another request, but its text is the same.
                    let answer = try makeBuiltIn(members: members, model: model)
                    let usage = answer.whole.usage
                    XCTAssertLessThanOrEqual(
                        (usage.candidates ?? 0) + (usage.thoughts ?? 0), limit, "\(model) \(limit)")
                    XCTAssertTrue(text(whole).hasPrefix(text(answer)), "\(model) \(limit)")
                    let isCut = text(answer) != text(whole)
                    XCTAssertEqual(answer.whole.candidates[0].finishReason, isCut ? "MAX_TOKENS" : "STOP")
                    if isCut, thinking == Self.withoutThinking {
                        XCTAssertEqual(usage.candidates, limit, model)
                    }
                }
            }
        }
    }

    /// CORE 4.3: a content without parts.
    func test_maxOutputTokens_leavesNothing_whenThinkingTakesIt() throws {
        for limit in [1, 2, 3, 5, 20] {
            let answer = try makeBuiltIn(members: config(#""maxOutputTokens": \#(limit)"#)).whole
            XCTAssertEqual(answer.candidates[0].parts, [])
            XCTAssertEqual(answer.candidates[0].finishReason, "MAX_TOKENS")
            XCTAssertEqual(answer.usage.thoughts, limit > 3 ? limit - 3 : nil)
            XCTAssertNil(answer.usage.candidates)
        }
    }

    func test_stopSequence_endsText_atFirstOfAll() throws {
        let whole = text(try makeBuiltIn())
        for (stops, end) in [
            (#"["received"]"#, "received"), (#"["nowhere", "itself", "received"]"#, "itself"),
            (#"["received", "itself"]"#, "itself"),
            (#"["", "itself"]"#, "itself"), (#""gemini-mock""#, "gemini-mock"), (#"["This"]"#, "This"),
        ] {
            let answer = try makeBuiltIn(members: config(#""stopSequences": \#(stops)"#))
            let expected = String(whole[..<(try XCTUnwrap(whole.range(of: end)).lowerBound)])
            XCTAssertEqual(text(answer), expected, stops)
            XCTAssertEqual(answer.whole.candidates[0].finishReason, "STOP")
            XCTAssertEqual(answer.whole.usage.candidates, TextTokens.count(expected))
        }
        XCTAssertEqual(text(try makeBuiltIn(members: config(#""stopSequences": ["nowhere"]"#))), whole)
    }

    // MARK: - Structured answers

    func test_text_isJSON_whenAskedFor() throws {
        let answer = try makeBuiltIn(members: config(#""responseMimeType": "application/json""#))
        let value = try makeJSON(text(answer))
        guard case .string(let summary) = value["answer"] else { return XCTFail("no answer") }
        XCTAssertTrue(summary.hasPrefix("This is gemini-mock"))
    }

    func test_text_satisfiesSchema_whenOneIsSent() throws {
        let schema = #"{"type": "OBJECT", "properties": {"n": {"type": "INTEGER"}}, "required": ["n"]}"#
        for name in ["responseSchema", "response_schema", "responseJsonSchema", "_responseJsonSchema"] {
            for seed in 0..<5 {
                let members = config(#""responseMimeType": "application/json", "\#(name)": \#(schema)"#)
                let value = try makeJSON(text(try makeBuiltIn(members: members, seed: UInt64(seed))))
                XCTAssertEqual(
                    SchemaValidator(root: try makeJSON(schema)).problems(value, try makeJSON(schema)), [],
                    name)
            }
        }
    }

    func test_text_isBareChoice_whenTypeIsEnum() throws {
        let schema = #"{"type": "STRING", "enum": ["red", "green"]}"#
        let type = { (type: String) in
            self.config(#""responseMimeType": "\#(type)", "responseSchema": \#(schema)"#)
        }
        XCTAssertTrue(["red", "green"].contains(text(try makeBuiltIn(members: type("text/x.enum")))))
        XCTAssertTrue(
            [#""red""#, #""green""#].contains(text(try makeBuiltIn(members: type("application/json")))))
        let plain = try makeBuiltIn(members: type("text/plain"), checks: RequestChecks(mode: .off))
        XCTAssertTrue(text(plain).hasPrefix("This is gemini-mock"))
    }
}
