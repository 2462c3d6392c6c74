// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class InteractionTests: XCTestCase {
    private let usage = """
        "usage":{"total_tokens":58,"total_input_tokens":7,"input_tokens_by_modality":[{"modality":"text","tokens":7}],\
        "total_cached_tokens":0,"total_output_tokens":19,"total_tool_use_tokens":0,"total_thought_tokens":32}
        """
    private let times = #""created":"2025-05-15T18:51:55Z","updated":"2025-05-15T18:51:55Z""#

    func test_bytes_haveTheRecordedOrder() {
        let steps: [InteractionStep] = [
            .thought(signature: "AAAA", summary: nil), .text("Hello!"),
        ]
        XCTAssertEqual(
            makeText(makeInteraction(steps: steps).bytes),
            """
            {"id":"v1_x","status":"completed",\(usage),\(times),"service_tier":"standard",\
            "steps":[{"signature":"AAAA","type":"thought"},\
            {"content":[{"text":"Hello!","type":"text"}],"type":"model_output"}],\
            "object":"interaction","model":"gemini-3.5-flash"}
            """
        )
    }

    func test_bytes_leaveOutTheID_whereItIsNotStored() {
        let text = makeText(makeInteraction(id: nil, steps: []).bytes)
        XCTAssertTrue(text.hasPrefix(#"{"status":"completed""#), text)
    }

    func test_bytes_tellTheAgent_itsEnvironment_andTheInput() throws {
        let agent = try XCTUnwrap(InteractionAgent("antigravity-preview-09-2026"))
        var interaction = makeInteraction(status: .inProgress, steps: [], actor: .agent(agent))
        interaction.usage = nil
        interaction.environmentID = "e"
        interaction.input = "hi"
        XCTAssertEqual(
            makeText(interaction.bytes),
            """
            {"id":"v1_x","status":"in_progress",\(times),"service_tier":"standard","steps":[],"environment_id":"e",\
            "object":"interaction","agent":"antigravity-preview-09-2026","input":"hi"}
            """
        )
    }

    func test_bytes_tellTheToken_andTheFailure() {
        var interaction = makeInteraction(status: .requiresContinuation, steps: [])
        interaction.usage = nil
        interaction.continuationToken = "T"
        XCTAssertEqual(
            makeText(interaction.bytes),
            """
            {"id":"v1_x","status":"requires_continuation",\(times),"service_tier":"standard",\
            "continuation_token":"T","steps":[],"object":"interaction","model":"gemini-3.5-flash"}
            """
        )
        interaction.failure = .internalError
        let failed = interaction.withoutResult(.inProgress)
        XCTAssertFalse(makeText(failed.bytes).contains("errors"))
        XCTAssertFalse(makeText(failed.bytes).contains("continuation"))
        interaction.status = .failed
        interaction.continuationToken = nil
        XCTAssertEqual(
            makeText(interaction.bytes),
            """
            {"id":"v1_x","status":"failed",\(times),"service_tier":"standard","steps":[],"object":"interaction",\
            "model":"gemini-3.5-flash",\
            "errors":[{"message":"\(APIError.internalError.message)","code":"api_error"}]}
            """
        )
    }

    func test_withoutResult_hasNoStepsAndNoCounts() {
        let running = makeInteraction(steps: [.text("a")]).withoutResult(.inProgress)
        XCTAssertEqual(
            makeText(running.bytes),
            """
            {"id":"v1_x","status":"in_progress",\(times),"service_tier":"standard","steps":[],\
            "object":"interaction","model":"gemini-3.5-flash"}
            """
        )
    }

    func test_steps_haveTheirMembers() {
        for (step, expected) in [
            (
                .thought(signature: "AAAA", summary: "I think"),
                #"{"signature":"AAAA","summary":[{"text":"I think","type":"text"}],"type":"thought"}"#
            ),
            (
                .functionCall(id: "61nzpsv4", name: "f", arguments: ["a": 1]),
                #"{"id":"61nzpsv4","type":"function_call","name":"f","arguments":{"a":1}}"#
            ),
            (.input(["content": [], "type": "user_input"]), #"{"content":[],"type":"user_input"}"#),
        ] as [(InteractionStep, String)] {
            let text = makeText(makeInteraction(steps: [step]).bytes)
            XCTAssertTrue(text.contains(#""steps":[\#(expected)]"#), text)
        }
    }
}
