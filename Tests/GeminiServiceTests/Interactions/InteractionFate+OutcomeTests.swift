// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class InteractionFateOutcomeTests: XCTestCase {
    private let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))

    private func fate(_ status: String, _ text: String? = nil, runLength: Duration? = nil) -> ScriptedReply {
        .interaction(InteractionFate(status: status, text: text, runLength: runLength))
    }

    private func kinds(_ interaction: JSON) -> [String] {
        interaction["steps"]?.elements.compactMap { $0["type"]?.text } ?? []
    }

    private func get(_ interaction: JSON, _ service: FakeService) throws -> JSON {
        let id = interaction["id"]?.text ?? ""
        return try makeInteractionAnswer("GET", "/v1beta/interactions/\(id)", service: service)
    }

    private func names(_ frames: [String]) -> [String] {
        frames.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("event: ") }
            .map { String($0.dropFirst(7)) }
    }

    func test_turn_endsAsWanted() throws {
        for (status, text, steps) in [
            ("completed", "ok", ["thought", "model_output"]),
            ("completed", nil, ["thought", "model_output"]),
            ("incomplete", "part", ["thought", "model_output"]), ("incomplete", nil, ["thought"]),
            ("budget_exceeded", "part", ["thought", "model_output"]),
            ("requires_continuation", "part", ["thought", "model_output"]),
            ("failed", "part", ["thought", "model_output"]), ("failed", nil, []),
            ("cancelled", "part", []), ("in_progress", "part", []), ("queued", nil, []),
        ] as [(String, String?, [String])] {
            let service = makeService(clock: clock)
            let told = try makeInteraction(service: service, script: fate(status, text))
            XCTAssertEqual(told["status"], .string(status))
            XCTAssertEqual(kinds(told), steps, status)
            if let text, !steps.isEmpty { XCTAssertEqual(told.outputText, text, status) }
            let kept = try get(told, service)
            XCTAssertEqual(kept["status"], .string(status))
            XCTAssertEqual(kinds(kept), ["user_input"] + steps, status)
            let isCounted = !["failed", "cancelled", "in_progress", "queued"].contains(status)
            XCTAssertEqual(told["usage"] != nil, isCounted, status)
            XCTAssertEqual(told["continuation_token"] != nil, status == "requires_continuation")
            XCTAssertEqual(told["errors"] != nil, status == "failed")
            XCTAssertEqual(kept["errors"], told["errors"])
        }
    }

    func test_turn_callsFunctions() throws {
        let script = ScriptedReply.interaction(
            InteractionFate(
                status: "requires_action", text: "First:",
                calls: [
                    ScriptedCall(name: "f", arguments: ["a": 1]), ScriptedCall(name: "g", arguments: [:]),
                ]))
        let told = try makeInteraction(service: makeService(), script: script)
        XCTAssertEqual(told["status"], "requires_action")
        XCTAssertEqual(kinds(told), ["thought", "model_output", "function_call", "function_call"])
    }

    func test_stream_endsAsWanted() throws {
        for (status, store) in [
            ("completed", true), ("incomplete", true), ("budget_exceeded", false),
            ("requires_continuation", false),
        ] {
            let frames = try makeFrames(
                body: makeInteractionBody(members: #""stream": true, "store": \#(store)"#),
                service: makeService(), script: fate(status, "abc"))
            XCTAssertEqual(
                names(frames).suffix(6),
                ["step.delta", "step.delta", "step.delta", "step.stop", "interaction.completed", "done"])
            XCTAssertTrue(frames[frames.count - 2].contains(#""status":"\#(status)""#))
            XCTAssertEqual(
                frames[frames.count - 2].contains(#""continuation_token":""#),
                status == "requires_continuation")
        }
    }

    func test_stream_endsWithError_whenItFails() throws {
        for (status, code) in [("failed", "api_error"), ("cancelled", "cancelled")] {
            let frames = try makeFrames(
                body: makeInteractionBody(members: #""stream": true"#), service: makeService(),
                script: fate(status))
            XCTAssertEqual(
                names(frames), ["interaction.created", "interaction.status_update", "error", "done"])
            XCTAssertTrue(frames[2].contains(#""code":"\#(code)"}"#), frames[2])
        }
    }

    func test_run_endsAsWanted_whenItsTimeIsOver() throws {
        for status in ["completed", "incomplete", "failed", "cancelled", "budget_exceeded"] {
            let service = makeService(clock: clock)
            let begun = try makeInteraction(
                members: #""background": true"#, service: service,
                script: fate(status, "part", runLength: .seconds(60)))
            XCTAssertEqual(begun["status"], "queued")
            clock.advance(by: .seconds(59))
            XCTAssertEqual(try get(begun, service)["status"], "in_progress", status)
            clock.advance(by: .seconds(1))
            let ended = try get(begun, service)
            XCTAssertEqual(ended["status"], .string(status))
            XCTAssertNotEqual(ended["updated"], ended["created"])
        }
    }

    func test_run_neverEnds_butIsCancelled() throws {
        for members in [#""background": true"#, ""] {
            let service = makeService(clock: clock)
            let begun = try makeInteraction(members: members, service: service, script: fate("in_progress"))
            XCTAssertEqual(begun["status"], "in_progress")
            clock.advance(by: .seconds(10 * 86_400))
            XCTAssertEqual(try get(begun, service)["status"], "in_progress")
            let id = try XCTUnwrap(begun["id"]?.text)
            XCTAssertEqual(
                refusal {
                    try makeInteraction(
                        members: #""previous_interaction_id": "\#(id)""#, service: service)
                }, .notRunning)
            let cancelled = try makeInteractionAnswer(
                "POST", "/v1beta/interactions/\(id)/cancel", service: service)
            XCTAssertEqual(cancelled["status"], "cancelled")
            XCTAssertEqual(try get(begun, service)["status"], "cancelled")
            XCTAssertEqual(
                try makeInteraction(
                    members: #""previous_interaction_id": "\#(id)""#, service: service)["status"], "completed"
            )
        }
    }

    /// What it says comes; then nothing, until somebody cancels it.
    func test_stream_waits_whileRunNeverEnds() throws {
        let service = makeService(clock: clock)
        let begun = try makeInteraction(
            members: #""background": true"#, service: service, script: fate("in_progress", "abc"))
        let id = try XCTUnwrap(begun["id"]?.text)
        var waits = 0
        let frames = try makeFrames(
            "GET", "/v1beta/interactions/\(id)?stream=true", service: service
        ) { wait in
            XCTAssertLessThanOrEqual(wait, .milliseconds(100))
            clock.advance(by: .seconds(1))
            waits += 1
            guard waits == 1000 else { return }
            _ = try makeInteractionAnswer(
                "POST", "/v1beta/interactions/\(id)/cancel", service: service)
        }
        XCTAssertEqual(waits, 1000)
        XCTAssertEqual(names(frames).suffix(3), ["step.stop", "error", "done"])
        XCTAssertEqual(names(frames).filter { $0 == "step.delta" }.count, 4)
    }

    func test_stream_breaksOff_whenItIsNotKept() throws {
        let frames = try makeFrames(
            body: makeInteractionBody(members: #""stream": true, "store": false"#), service: makeService(),
            script: fate("in_progress", "abc"))
        XCTAssertEqual(names(frames).suffix(2), ["step.delta", "step.stop"])
        let told = try makeInteraction(
            members: #""store": false"#, service: makeService(), script: fate("in_progress", "abc"))
        XCTAssertEqual(told["status"], "in_progress")
        XCTAssertEqual(told["steps"], [])
    }

    /// As the client's next hop does (INTERACTIONS 5).
    func test_conversation_goesOn_withToken() throws {
        let service = makeService()
        let first = try makeInteraction(service: service, script: fate("requires_continuation", "AAA "))
        let (id, token) = (first["id"]?.text ?? "", first["continuation_token"]?.text ?? "")
        XCTAssertEqual(token.utf8.count, 32)
        let body =
            #"{"model": "gemini-3.5-flash", "continuation_token": "\#(token)", "previous_interaction_id": "\#(id)"}"#
        let next = try makeInteractionAnswer(
            "POST", "/v1beta/interactions", body: body, service: service, script: fate("completed", "BBB"))
        XCTAssertEqual(next["status"], "completed")
        XCTAssertEqual(next.outputText, "BBB")
    }

    func test_conversation_goesOn_behindEachEnd() throws {
        for status in ["completed", "incomplete", "failed", "cancelled", "budget_exceeded"] {
            let service = makeService()
            let first = try makeInteraction(service: service, script: fate(status, "part"))
            let id = first["id"]?.text ?? ""
            let next = try makeInteraction(
                members: #""previous_interaction_id": "\#(id)""#, service: service)
            XCTAssertEqual(next["status"], "completed", status)
        }
    }
}
