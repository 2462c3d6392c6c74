// SPDX-License-Identifier: Apache-2.0

import GeminiService
import XCTest

@testable import ScenarioEngine

final class ReplyFillingTests: XCTestCase {
    private func fill(_ text: String, _ request: RequestSubject, call: Int = 1) throws -> String? {
        let reply = Reply(content: .made(MadeAnswer(said: .text(try Template(text))), AnswerOverrides()))
        let values = TemplateValues(now: 1_700_000_000_123_456_789, seed: 7)
        guard case .answer(let answer, _) = reply.filled(request, values, call: call),
            case .text(let filled) = answer.said
        else { return nil }
        return filled
    }

    func test_everyName_isFilledIn() throws {
        let request = try makeSubject(lastText: "hello", turn: 3)
        XCTAssertEqual(
            try fill(
                "{{model}} {{endpoint}} {{lastText}} {{call}} {{turn}} {{seed}} {{time}}", request, call: 2),
            "gemini-2.5-flash generateContent hello 2 3 7 2023-11-14T22:13:20.123456Z")
    }

    func test_whatIsntThere_isEmpty() throws {
        XCTAssertEqual(try fill("[{{model}}{{lastText}}{{/no/where}}]", try makeSubject(model: nil)), "[]")
    }

    func test_pointers_giveTextsAsTheyAre_andOthersAsSent() throws {
        let request = try makeSubject(body: #"{"a": {"b": ["x\"y", 1.50, {"c":  null}]}}"#)
        XCTAssertEqual(try fill("{{/a/b/0}}|{{/a/b/1}}|{{/a/b/2}}", request), #"x"y|1.50|{"c":  null}"#)
    }

    func test_aPlace_isFilledWithSoMuchAtMost() throws {
        let request = try makeSubject(lastText: String(repeating: "é", count: 50_000) + "!")
        XCTAssertEqual(try fill("{{lastText}}", request)?.utf8.count, 65_536)
        let odd = try makeSubject(lastText: "a" + String(repeating: "é", count: 50_000))
        XCTAssertEqual(try fill("{{lastText}}", odd)?.utf8.count, 65_535)
    }

    func test_thoughtsAndInteractions_areFilledToo() throws {
        let request = try makeSubject(lastText: "hello")
        let made = Reply(
            content: .made(MadeAnswer(thought: try Template("{{lastText}}?")), AnswerOverrides()))
        XCTAssertEqual(
            made.filled(request, .some, call: 1),
            .answer(ScriptedAnswer(thought: "hello?"), AnswerOverrides()))
        let interaction = Reply(
            content: .interaction(InteractionFate(status: "completed"), text: try Template("{{lastText}}!")))
        XCTAssertEqual(
            interaction.filled(request, .some, call: 1),
            .interaction(InteractionFate(status: "completed", text: "hello!")))
    }
}
