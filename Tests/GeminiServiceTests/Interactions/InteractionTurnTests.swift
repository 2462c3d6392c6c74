// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe
import XCTest

@testable import GeminiService

final class InteractionTurnTests: XCTestCase {
    private let weather = """
        "tools": [{"type": "function", "name": "get_weather", "parameters": {"type": "object",
        "properties": {"city": {"type": "string"}}, "required": ["city"]}}]
        """

    private func kinds(_ interaction: JSON) -> [String] {
        interaction["steps"]?.elements.compactMap { $0["type"]?.text } ?? []
    }

    private func tokens(_ interaction: JSON, _ member: String) -> Int {
        if case .int(let count) = interaction["usage"]?[member] { count } else { -1 }
    }

    // MARK: Answers

    func test_answer_isGenerateContents() throws {
        let service = makeService()
        let interaction = try makeInteraction(
            #""How do you do?""#, model: "gemini-2.5-flash", service: service)
        let generated = try makeAnswerJSON(
            "POST", "/v1beta/models/gemini-2.5-flash:generateContent", body: makeBody(text: "How do you do?"),
            service: service)
        let text = generated["candidates"]?.elements.first?["content"]?["parts"]?.elements.first?["text"]
        XCTAssertEqual(interaction.outputText, text?.text)
        XCTAssertEqual(kinds(interaction), ["thought", "model_output"])
        XCTAssertEqual(interaction["status"], "completed")
        let count = try makeAnswerJSON(
            "POST", "/v1beta/models/gemini-2.5-flash:countTokens", body: makeBody(text: "How do you do?"),
            service: service)
        XCTAssertEqual(interaction["usage"]?["total_input_tokens"], count["totalTokens"])
        XCTAssertEqual(
            tokens(interaction, "total_tokens"),
            tokens(interaction, "total_input_tokens") + tokens(interaction, "total_output_tokens")
                + tokens(interaction, "total_thought_tokens"))
    }

    func test_answer_satisfiesTheSchema() throws {
        let schema = #"{"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}"#
        let interaction = try makeInteraction(
            members: #""response_format": \#(schema)"#, service: makeService())
        let value = try makeJSON(XCTUnwrap(interaction.outputText))
        guard case .int = value["n"] else { return XCTFail("\(value)") }
        let empty = #"{"type": "object", "schema": {"type": "string"}}"#
        let other = try makeInteraction(members: #""response_format": \#(empty)"#, service: makeService())
        XCTAssertEqual(other.outputText, "{}", "seen")
    }

    func test_answer_isTheSame_atAnyTime() throws {
        let format =
            #""response_format": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}"#
        let answers = try [0, 86_400, 1_787_150_052].map { (seconds: Int64) in
            let service = makeService(clock: FixedWallClock(seconds: seconds))
            let first = try makeInteraction(members: format, service: service)
            let previous = #", "previous_interaction_id": "\#(first["id"]?.text ?? "")""#
            let second = try makeInteraction(members: format + previous, service: service)
            return [first.outputText, second.outputText]
        }
        XCTAssertEqual(Set(answers).count, 1, "\(answers)")
    }

    func test_audio_isCounted_asEverywhere() throws {
        let sound = Base64Encoding.standard(makeWAV())
        let content = #"[{"type": "audio", "data": "\#(sound)", "mime_type": "audio/wav"}]"#
        let interaction = try makeInteraction(content, service: makeService())
        let kinds = interaction["usage"]?["input_tokens_by_modality"]?.elements ?? []
        XCTAssertTrue(kinds.contains(["modality": "audio", "tokens": 139]), "\(kinds)")
        XCTAssertTrue(interaction.outputText?.contains("audio/wav, 4.32 s") ?? false)
    }

    private func counts(_ content: String, service: FakeService = makeService()) throws -> [JSON] {
        try makeInteraction("[\(content)]", service: service)["usage"]?["input_tokens_by_modality"]?.elements
            ?? []
    }

    func test_file_isCounted_byWhatIsStored() throws {
        let facts = MediaFacts(seconds: 4.32)
        let service = makeService(files: FileTable(["abc-123": makeEntry("audio/wav", facts: facts)]))
        for uri in [
            "https://generativelanguage.googleapis.com/v1beta/files/abc-123",
            "http://127.0.0.1:1/v1/files/abc-123",
        ] {
            for type in [#", "mime_type": "audio/mpeg""#, ""] {
                XCTAssertTrue(
                    try counts(#"{"type": "audio", "uri": "\#(uri)"\#(type)}"#, service: service)
                        .contains(["modality": "audio", "tokens": 139]), uri)
            }
        }
        let error = refusal {
            try counts(#"{"type": "audio", "uri": "https://x/v1/files/unknown"}"#, service: service)
        }
        XCTAssertEqual(error?.interactionCode.http, 403)
        XCTAssertEqual(error?.interactionCode.name, "permission_denied")
        XCTAssertNoThrow(try counts(#"{"type": "image", "uri": "https://example.com/a.gif"}"#))
    }

    func test_film_isCounted_asFarAsItIsMeant() throws {
        let film = #""type": "video", "uri": "https://www.youtube.com/watch?v=ku-N-eS1lgM""#
        let piece = #""processing": {"type": "static", "start_offset": "5s", "end_offset": "15s"}"#
        XCTAssertTrue(try counts("{\(film), \(piece)}").contains(["modality": "video", "tokens": 700]))
        XCTAssertTrue(try counts("{\(film)}").contains(["modality": "video", "tokens": 4200]))
    }

    /// This API takes types that generateContent refuses.
    func test_types_areCounted_asTheirContentSays() throws {
        let picture = #"{"type": "image", "mime_type": "image/gif", "data": "R0lGODlh"}"#
        XCTAssertTrue(try counts(picture).contains(["modality": "image", "tokens": 1088]))
        let letter = #"{"type": "document", "mime_type": "application/msword", "data": "0M8R"}"#
        XCTAssertTrue(try counts(letter).contains(["modality": "image", "tokens": 1102]))
    }

    func test_pictureOfAFunction_isCounted() throws {
        let result = """
            {"type": "function_result", "call_id": "c", "name": "f", "result": [{"type": "text", "text": "see"},
            {"type": "image", "mime_type": "image/png", "data": "iVBORw0K"}]}
            """
        XCTAssertTrue(try counts(result).contains(["modality": "image", "tokens": 1088]))
    }

    func test_limit_leavesItIncomplete() throws {
        let interaction = try makeInteraction(
            members: #""generation_config": {"max_output_tokens": 5}"#, service: makeService())
        XCTAssertEqual(interaction["status"], "incomplete")
        XCTAssertEqual(kinds(interaction), ["thought"])
    }

    func test_thinking_isAskedFor() throws {
        let minimal = try makeInteraction(
            members: #""generation_config": {"thinking_level": "minimal"}"#, service: makeService())
        XCTAssertEqual(kinds(minimal), ["model_output"])
        XCTAssertEqual(tokens(minimal, "total_thought_tokens"), 0)
        let summed = try makeInteraction(
            members: #""generation_config": {"thinking_summaries": "auto"}"#, service: makeService())
        XCTAssertNotNil(summed["steps"]?.elements.first?["summary"]?.elements.first?["text"])
    }

    func test_unknownModel_isNotFound() throws {
        for model in ["no-such-model", "gemini-embedding-001", "models/no-such"] {
            let error = refusal { try makeInteraction(model: model, service: makeService()) }
            XCTAssertEqual(error?.interactionCode.name, "model_not_found", model)
        }
    }

    // MARK: Conversations

    func test_functionLoop_endsWithItsResult() throws {
        let service = makeService()
        let asked = try makeInteraction(#""How warm is it?""#, members: weather, service: service)
        XCTAssertEqual(asked["status"], "requires_action")
        XCTAssertEqual(kinds(asked), ["thought", "function_call"])
        let call = try XCTUnwrap(asked["steps"]?.elements.last)
        XCTAssertEqual(call["name"], "get_weather")
        XCTAssertEqual(call["id"]?.text?.utf8.count, 8)
        XCTAssertNotNil(call["arguments"]?["city"]?.text)
        let result = """
            [{"type": "function_result", "call_id": "\(call["id"]?.text ?? "")", "result": {"celsius": 21}}]
            """
        let previous = #""previous_interaction_id": "\#(asked["id"]?.text ?? "")""#
        let answered = try makeInteraction(result, members: "\(previous), \(weather)", service: service)
        XCTAssertEqual(answered["status"], "completed")
        XCTAssertTrue(
            answered.outputText?.contains("functionResponse of get_weather") ?? false, "\(answered)")
        XCTAssertEqual(answered["id"]?.text?.prefix(30), asked["id"]?.text?.prefix(30))
        XCTAssertNotEqual(answered["id"], asked["id"])
    }

    func test_choice_callsEachAllowedFunction_once() throws {
        let tools = """
            "tools": [{"type": "function", "name": "f"}, {"type": "function", "name": "g"}],
            "generation_config": {"tool_choice": "any"}
            """
        let service = makeService()
        var (input, members, called): (String, String, [String]) = (#""Go""#, tools, [])
        for _ in 0..<3 {
            let turn = try makeInteraction(input, members: members, service: service)
            guard let call = turn["steps"]?.elements.last, let name = call["name"]?.text else { break }
            called.append(name)
            input = #"[{"type": "function_result", "call_id": "\#(call["id"]?.text ?? "")", "result": "ok"}]"#
            members = tools + #", "previous_interaction_id": "\#(turn["id"]?.text ?? "")""#
        }
        XCTAssertEqual(called, ["f", "g"])
    }

    func test_laterTurn_knowsTheEarlier_andCountsItself() throws {
        let service = makeService()
        let first = try makeInteraction(#""What is the capital of France?""#, service: service)
        let previous = #""previous_interaction_id": "\#(first["id"]?.text ?? "")""#
        let second = try makeInteraction(members: previous, service: service)
        XCTAssertTrue(second.outputText?.contains("It received 3 contents") ?? false, "\(second)")
        XCTAssertEqual(
            tokens(second, "total_input_tokens"),
            tokens(try makeInteraction(service: service), "total_input_tokens"),
            "recorded: of the new turn only")
        // Sent along instead of kept, all of it counts.
        let whole = try makeInteraction(
            #"[{"role": "user", "content": "What is the capital of France?"}, {"role": "user", "content": "hi"}]"#,
            members: #""store": false"#, service: service)
        XCTAssertGreaterThan(tokens(whole, "total_input_tokens"), tokens(second, "total_input_tokens"))
        XCTAssertNil(whole["id"])
    }

    func test_previous_mustBeThere_andOver() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: 1000))
        let service = makeService(clock: clock)
        let unknown = InteractionID(root: nil, token: String(repeating: "a", count: 22)).text
        XCTAssertEqual(
            refusal {
                try makeInteraction(members: #""previous_interaction_id": "\#(unknown)""#, service: service)
            },
            .noSuchEntity)
        let run = try makeInteraction(members: #""background": true"#, service: service)
        let previous = #""previous_interaction_id": "\#(run["id"]?.text ?? "")""#
        XCTAssertEqual(refusal { try makeInteraction(members: previous, service: service) }, .notRunning)
        clock.advance(by: .seconds(1))
        XCTAssertNoThrow(try makeInteraction(members: previous, service: service))
        XCTAssertEqual(
            refusal { try makeInteraction(members: previous, service: service, tenant: "other") },
            .noSuchEntity)
    }

    func test_longConversation_goesOn() throws {
        let service = makeService()
        var members = ""
        for _ in 0..<300 {
            let turn = try makeInteraction(members: members, service: service)
            members = #""previous_interaction_id": "\#(turn["id"]?.text ?? "")""#
        }
        XCTAssertEqual(service.interactions.occupancy.turns, 300)
    }

    // MARK: Runs

    func test_run_goesThroughItsStates() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))
        let service = makeService(clock: clock)
        let created = try makeInteraction(members: #""background": true"#, service: service)
        XCTAssertEqual(created["status"], "queued")
        XCTAssertEqual(created["steps"]?.elements.count, 0)
        XCTAssertNil(created["usage"])
        let get = {
            try makeInteractionAnswer(
                "GET", "/v1/interactions/\(created["id"]?.text ?? "")", service: service)
        }
        clock.advance(by: .milliseconds(100))
        XCTAssertEqual(try get()["status"], "in_progress")
        XCTAssertEqual(kinds(try get()), ["user_input"])
        clock.advance(by: .milliseconds(899))
        XCTAssertEqual(try get()["status"], "in_progress")
        clock.advance(by: .milliseconds(1))
        let done = try get()
        XCTAssertEqual(done["status"], "completed")
        XCTAssertEqual(kinds(done), ["user_input", "thought", "model_output"])
        XCTAssertEqual(done["created"], "2026-08-19T14:34:12Z")
        XCTAssertEqual(done["updated"], "2026-08-19T14:34:13Z")
        XCTAssertEqual(
            refusal {
                try makeInteractionAnswer(
                    "POST", "/v1/interactions/\(created["id"]?.text ?? "")/cancel", service: service)
            }, .notRunning)
    }
}
