// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class InteractionEventTests: XCTestCase {
    func test_frames_areAsRecorded() {
        let call = InteractionStep.functionCall(id: "61nzpsv4", name: "getWeather", arguments: ["a": 1])
        for (event, expected) in [
            (
                .created(makeInteraction()),
                """
                event: interaction.created
                data: {"interaction":{"id":"v1_x","status":"in_progress","object":"interaction",\
                "model":"gemini-3.5-flash"},"event_type":"interaction.created"}
                """
            ),
            (
                .statusUpdate(id: "", .inProgress),
                """
                event: interaction.status_update
                data: {"interaction_id":"","status":"in_progress","event_type":"interaction.status_update"}
                """
            ),
            (
                .stepStart(index: 0, .thought(signature: "AAAA", summary: nil)),
                "event: step.start\ndata: {\"index\":0,\"step\":{\"type\":\"thought\"},\"event_type\":\"step.start\"}"
            ),
            (
                .stepStart(index: 1, call),
                """
                event: step.start
                data: {"index":1,"step":{"id":"61nzpsv4","signature":"","type":"function_call","name":"getWeather",\
                "arguments":{}},"event_type":"step.start"}
                """
            ),
            (
                .stepDelta(index: 1, .arguments(#"{"a":1}"#), id: nil),
                """
                event: step.delta
                data: {"index":1,"delta":{"arguments":"{\\"a\\":1}","type":"arguments_delta"},"event_type":"step.delta"}
                """
            ),
            (
                .stepDelta(index: 1, .text("Hel"), id: "v1_x"),
                """
                event: step.delta
                data: {"index":1,"delta":{"text":"Hel","type":"text"},"event_id":"v1_x","event_type":"step.delta"}
                """
            ),
            (
                .stepDelta(index: 0, .thoughtSummary("Hm"), id: nil),
                """
                event: step.delta
                data: {"index":0,"delta":{"content":{"text":"Hm","type":"text"},"type":"thought_summary"},\
                "event_type":"step.delta"}
                """
            ),
            (
                .stepStop(index: 1),
                "event: step.stop\ndata: {\"index\":1,\"event_type\":\"step.stop\"}"
            ),
            (
                .failed(.cancelledRun),
                """
                event: error
                data: {"error":{"message":"The operation was cancelled.","code":"cancelled"},"event_type":"error"}
                """
            ),
        ] as [(InteractionEvent, String)] {
            XCTAssertEqual(makeText(event.frame), expected + "\n\n")
        }
        XCTAssertEqual(makeText(InteractionEvent.done), "event: done\ndata: [DONE]\n\n")
    }

    func test_completed_hasNoSteps() {
        let text = makeText(InteractionEvent.completed(makeInteraction(id: nil)).frame)
        XCTAssertTrue(
            text.hasPrefix("event: interaction.completed\ndata: {\"interaction\":{\"id\":\"\",\"status\""))
        XCTAssertFalse(text.contains("steps"))
        XCTAssertTrue(
            text.contains("\"service_tier\":\"standard\",\"object\":\"interaction\",\"model\""), text)
    }

    /// `0_thought_15`, as seen.
    func test_id_isAsSeen() {
        let step = InteractionStep.thought(signature: "", summary: nil)
        XCTAssertEqual(InteractionEvent.id(index: 0, step: step, number: 15), "v1_MF90aG91Z2h0XzE1")
    }
}
