// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class ModelAnswerScriptedTests: XCTestCase {
    private static let models = ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-3.6-flash"]

    /// The thinking is off, so that nothing but what is said is told.
    private static let unthinking = #""generationConfig": {"thinkingConfig": {"thinkingBudget": 0}}"#

    private func calls(_ names: String...) -> [ScriptedCall] {
        names.map { ScriptedCall(name: $0, arguments: ["city": "Rome"]) }
    }

    private func contents(_ answer: ModelAnswer) -> [String] {
        answer.events.map { event in
            event.candidates.map { candidate in
                candidate.parts.map { part in
                    switch part.data {
                    case .text(let text): (part.isThought ? "~" : "") + text
                    case .functionCall(let name, _, _): "\(name)()"
                    case .given(let json): String(decoding: json.bytes(.compact), as: UTF8.self)
                    }
                }.joined(separator: "|")
            }.joined(separator: "||")
        }
    }

    func test_text_isSaid_wholeAndStreamed() throws {
        let answer = try makeScripted(
            ScriptedAnswer(said: .text("Four words are said")), members: Self.unthinking)
        let id = answer.whole.responseID
        let end = #","modelVersion": "gemini-2.5-flash","responseId": "\#(id)"}"#
        let usage = { (count: Int) in
            #""usageMetadata": {"promptTokenCount": 2,"candidatesTokenCount": \#(count),"#
                + #""totalTokenCount": \#(count + 2),"promptTokensDetails": [{"modality": "TEXT","tokenCount": 2}],"#
                + #""serviceTier": "standard"}"#
        }
        XCTAssertEqual(
            makeLine(answer.whole),
            #"{"candidates": [{"content": {"parts": [{"text": "Four words are said"}],"role": "model"},"#
                + #""finishReason": "STOP","index": 0}],\#(usage(4))\#(end)"#)
        XCTAssertEqual(
            answer.events.map(makeLine),
            [
                #"{"candidates": [{"content": {"parts": [{"text": "Four wo"}],"role": "model"},"index": 0}],"#
                    + usage(2) + end,
                #"{"candidates": [{"content": {"parts": [{"text": "rds ar"}],"role": "model"},"index": 0}],"#
                    + usage(3) + end,
                #"{"candidates": [{"content": {"parts": [{"text": "e said"}],"role": "model"},"#
                    + #""finishReason": "STOP","index": 0}],\#(usage(4))\#(end)"#,
            ])
    }

    func test_json_isSaid_asCompactText() throws {
        let answer = try makeScripted(ScriptedAnswer(said: .json(["b": 1, "a": [true, .null]])))
        XCTAssertEqual(answer.whole.candidates[0].parts.map(\.data), [.text(#"{"b":1,"a":[true,null]}"#)])
    }

    func test_text_isCut_asWanted() throws {
        for (chunks, expected) in [
            (.count(2), ["abc", "de"]), (.size(4), ["abcd", "e"]),
            (.pieces(["a", "", "bcde"]), ["a", "", "bcde"]),
            (.count(1), ["abcde"]),
        ] as [(StreamChunks, [String])] {
            let answer = try makeScripted(ScriptedAnswer(said: .text("abcde"), chunks: chunks))
            XCTAssertEqual(contents(answer), expected)
            XCTAssertEqual(answer.events.compactMap { $0.candidates[0].finishReason }, ["STOP"])
            XCTAssertEqual(answer.events.last?.candidates[0].finishReason, "STOP")
        }
    }

    func test_text_isSaid_evenWhenEmpty() throws {
        let answer = try makeScripted(ScriptedAnswer(said: .text("")))
        XCTAssertEqual(answer.whole.candidates[0].parts, [OutputPart(.text(""))])
        XCTAssertEqual(answer.events.map { $0.candidates[0].parts }, [[OutputPart(.text(""))]])
    }

    func test_thought_comesFirst_andIsCounted() throws {
        for model in Self.models {
            let answer = try makeScripted(
                ScriptedAnswer(thought: "Three small words", said: .text("ok")), model: model)
            XCTAssertEqual(answer.whole.usage.thoughts, 3, model)
            XCTAssertEqual(answer.whole.candidates[0].parts.map(\.isThought), [true, false], model)
            XCTAssertEqual(contents(answer).first, "~Three small words", model)
            XCTAssertEqual(answer.eventTokens.count, answer.events.count, model)
            XCTAssertEqual(answer.eventTokens.reduce(0, +), 4, model)
        }
    }

    /// What isn't dictated looks as usual.
    func test_thoughts_areCounted_whenModelThinksAnyway() throws {
        let said = ScriptedAnswer(said: .text("ok"))
        XCTAssertNil(try makeScripted(said, model: "gemini-2.0-flash").whole.usage.thoughts)
        XCTAssertNil(try makeScripted(said, members: Self.unthinking).whole.usage.thoughts)
        let usual = try XCTUnwrap(makeScripted(said).whole.usage.thoughts)
        XCTAssertTrue((24..<64).contains(usual), "\(usual)")
        XCTAssertEqual(try makeScripted(said).whole.candidates[0].parts.count, 1)
    }

    func test_calls_areParallel_idsAndSignaturesByGeneration() throws {
        for (model, hasID, signed) in [
            ("gemini-2.0-flash", false, [false, false]), ("gemini-2.5-flash", false, [true, false]),
            ("gemini-3.6-flash", true, [true, false]),
        ] {
            let answer = try makeScripted(ScriptedAnswer(calls: calls("f", "g")), model: model)
            let parts = answer.whole.candidates[0].parts
            XCTAssertEqual(parts.map { $0.thoughtSignature != nil }, signed, model)
            var ids: Set<String> = []
            for (part, expected) in zip(parts, ["f", "g"]) {
                guard case .functionCall(expected, ["city": "Rome"], let id) = part.data else {
                    return XCTFail("\(part)")
                }
                XCTAssertEqual(id?.count, hasID ? 8 : nil, model)
                if let id { ids.insert(id) }
            }
            XCTAssertEqual(ids.count, hasID ? 2 : 0)
            XCTAssertEqual(contents(answer), ["f()", "g()"] + (hasID ? [""] : []), model)
            XCTAssertEqual(answer.whole.candidates[0].finishReason, "STOP")
            XCTAssertEqual(
                answer.whole.candidates[0].finishMessage,
                model == "gemini-2.0-flash" ? nil : "Model generated function call(s).")
        }
    }

    func test_text_comesBeforeCalls_andLeavesThemTheSignature() throws {
        let answer = try makeScripted(
            ScriptedAnswer(said: .text("ok"), calls: calls("f")), model: "gemini-3.6-flash")
        XCTAssertEqual(answer.whole.candidates[0].parts.map { $0.thoughtSignature != nil }, [false, true])
        XCTAssertEqual(contents(answer), ["ok", "f()", ""])
        let alone = try makeScripted(ScriptedAnswer(said: .text("ok")), model: "gemini-3.6-flash")
        XCTAssertNotNil(alone.whole.candidates[0].parts[0].thoughtSignature)
    }

    func test_counts_grow_toTheWhole() throws {
        for model in Self.models {
            let answer = try makeScripted(
                ScriptedAnswer(said: .text("one two three"), calls: calls("f", "g")), model: model)
            let counts = answer.events.compactMap(\.usage.candidates)
            XCTAssertEqual(counts, counts.sorted(), model)
            XCTAssertEqual(counts.last, answer.whole.usage.candidates, model)
            XCTAssertEqual(answer.eventTokens.reduce(0, +), answer.whole.usage.candidates, model)
            XCTAssertGreaterThan(answer.whole.usage.candidates ?? 0, 3, model)
        }
    }

    func test_parts_goAsTheyStand_eachOneEvent() throws {
        let parts: [JSON] = [
            ["text": "one two", "thought": true], ["text": "three"],
            ["inlineData": ["mimeType": "image/png", "data": "AA=="]],
            ["functionCall": ["name": "f", "args": [:]], "thoughtSignature": "Zg=="],
        ]
        let answer = try makeScripted(ScriptedAnswer(said: .parts(parts)), members: Self.unthinking)
        XCTAssertEqual(answer.whole.candidates[0].parts, parts.map { OutputPart(.given($0)) })
        XCTAssertEqual(contents(answer), parts.map { String(decoding: $0.bytes(.compact), as: UTF8.self) })
        XCTAssertEqual(answer.whole.usage.thoughts, 2, "thoughts are counted beside the answer")
        XCTAssertEqual(answer.eventTokens.reduce(0, +), answer.whole.usage.candidates)
        XCTAssertEqual(answer.eventTokens.prefix(2), [0, 1])
    }

    func test_limits_changeNothing() throws {
        let config = #"""
            "generationConfig": {"maxOutputTokens": 1, "stopSequences": ["two"], "candidateCount": 3,
            "responseMimeType": "application/json", "responseSchema": {"type": "INTEGER"}}
            """#
        for model in Self.models {
            let whole = try makeScripted(
                ScriptedAnswer(said: .text("one two three")), members: config, model: model
            ).whole
            XCTAssertEqual(whole.candidates.count, 1)
            XCTAssertEqual(whole.candidates[0].parts.map(\.data), [.text("one two three")])
            XCTAssertEqual(whole.candidates[0].finishReason, "STOP")
        }
    }

    func test_answer_isEmpty_whenNothingIsSaid() throws {
        let answer = try makeScripted(ScriptedAnswer(), members: Self.unthinking)
        XCTAssertEqual(answer.whole.candidates, [Candidate(parts: [], finishReason: "STOP", index: 0)])
        XCTAssertEqual(answer.events, [answer.whole])
    }

    /// The request is checked as ever.
    func test_request_isRefused_inAnyCase() throws {
        let script = ScriptedReply.answer(ScriptedAnswer(said: .text("ok")), AnswerOverrides())
        XCTAssertEqual(
            refusal { try makeBuiltIn(model: "gemini-none", script: script) }?.status, .notFound)
        XCTAssertEqual(refusal { try makeBuiltIn(contents: "[]", script: script) }?.status, .invalidArgument)
    }

    func test_answer_isSame_forSameRequest() throws {
        let said = ScriptedAnswer(said: .text("ok"), calls: calls("f", "g"))
        for model in Self.models {
            XCTAssertEqual(
                makeLine(try makeScripted(said, model: model).whole),
                makeLine(try makeScripted(said, model: model).whole))
        }
    }
}
