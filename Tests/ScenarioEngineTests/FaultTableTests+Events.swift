// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

@testable import ScenarioEngine

extension FaultTableTests {
    private static let one = #"data: {"a": 1}␍␊␍␊"#
    private static let two = #"data: {"a": 2}␍␊␍␊"#
    private static let three = #"data: {"a": 3, "finishReason": "STOP"}␍␊␍␊"#
    private static let start = "event: step.start␊data: {}␊␊"
    private static let completed = "event: interaction.completed␊data: {\"b\":1}␊␊"
    private static let done = "event: done␊data: [DONE]␊␊"
    private static let sorry = NamedError(name: "internal", message: "Sorry")
    private static let status =
        "{␊  \"error\": {␊    \"code\": 500,␊    \"message\": \"Sorry\",␊    \"status\": \"INTERNAL\"␊  }␊}"

    /// Those of the events and what they say.
    static let events: [String: [Example]] = [
        "malformed-json": [
            Example(becomes: [#"data: {"a": 1␍␊␍␊"#, two, three]),
            Example(
                plan: .array, options: FaultOptions(after: .events(2)),
                becomes: [#"[{"a": 1}"#, #"␊,␍␊{"a": 2}"#, #"␊,␍␊{"a": 3, "finishReason": "STOP"␊]"#]),
            Example(plan: .single, becomes: ["{␊  \"finishReason\": \"STOP\"␊␊"]),
        ],
        "half-event": [
            Example(becomes: [one, two, #"data: {"a": 3, "finis"#]),
            Example(options: FaultOptions(after: .events(0)), becomes: [#"data: {"a"#]),
            Example(options: FaultOptions(after: .events(3)), becomes: [one, two, three]),
        ],
        "error-mid-stream": [
            Example(options: FaultOptions(error: sorry), becomes: [one, "\(status)␊"]),
            Example(
                options: FaultOptions(after: .events(2), form: "event", error: sorry),
                becomes: [
                    one, two,
                    #"data: {"error": {"code": 500,"message": "Sorry","status": "INTERNAL"}}␍␊␍␊"#,
                ]),
            Example(
                plan: .array, options: FaultOptions(error: sorry),
                becomes: [#"[{"a": 1}"#, "␊,␍␊\(status)␊]"]),
            Example(
                plan: .interaction, options: FaultOptions(form: "event", error: sorry),
                becomes: [
                    start,
                    #"event: error␊data: {"error":{"message":"Sorry","code":"api_error"},"event_type":"error"}␊␊"#,
                ]),
            Example(
                plan: .interaction, options: FaultOptions(error: sorry),
                becomes: [start, #"{"error":{"message":"Sorry","code":"api_error"}}␊"#]),
            Example(plan: .single, options: FaultOptions(error: sorry), becomes: ResponsePlan.single.script),
        ],
        "sse-comment": [
            Example(becomes: [one, ": keep-alive␍␊␍␊", two, three]),
            Example(
                options: FaultOptions(after: .events(0), form: "inside", text: "x"),
                becomes: [": x␍␊\(one)", two, three]),
            Example(
                plan: .interaction, options: FaultOptions(after: .events(0)),
                becomes: [": keep-alive␊␊", start, completed, done]),
            Example(plan: .array, becomes: ResponsePlan.array.script),
        ],
        "sse-event-line": [
            Example(
                becomes: ["event: message␍␊\(one)", "event: message␍␊\(two)", "event: message␍␊\(three)"]),
            Example(plan: .interaction, becomes: [start, completed, done]),
        ],
        "sse-id-line": [
            Example(becomes: ["id: 1␍␊\(one)", "id: 2␍␊\(two)", "id: 3␍␊\(three)"]),
            Example(
                plan: .interaction,
                becomes: [
                    "event: step.start␊id: 1␊data: {}␊␊",
                    "event: interaction.completed␊id: 2␊data: {\"b\":1}␊␊",
                    "event: done␊id: 3␊data: [DONE]␊␊",
                ]),
        ],
        "sse-bom": [Example(becomes: ["BOM\(one)", two, three])],
        "sse-lf": [
            Example(
                becomes: [
                    #"data: {"a": 1}␊␊"#, #"data: {"a": 2}␊␊"#,
                    #"data: {"a": 3, "finishReason": "STOP"}␊␊"#,
                ])
        ],
        "sse-mixed": [
            Example(becomes: [one, #"data: {"a": 2}␊␊"#, three]),
            Example(
                plan: .interaction,
                becomes: [start, "event: interaction.completed␍␊data: {\"b\":1}␍␊␍␊", done]),
        ],
        "sse-no-space": [
            Example(
                becomes: [
                    #"data:{"a": 1}␍␊␍␊"#, #"data:{"a": 2}␍␊␍␊"#,
                    #"data:{"a": 3, "finishReason": "STOP"}␍␊␍␊"#,
                ])
        ],
        "sse-multi-line-data": [
            Example(
                becomes: [
                    #"data: {␍␊data: "a": 1␍␊data: }␍␊␍␊"#, #"data: {␍␊data: "a": 2␍␊data: }␍␊␍␊"#,
                    #"data: {␍␊data: "a": 3, "finishReason": "STOP"␍␊data: }␍␊␍␊"#,
                ]),
            Example(
                plan: .interaction,
                becomes: [
                    start, "event: interaction.completed␊data: {␊data: \"b\":1␊data: }␊␊", done,
                ]),
        ],
        "done-marker": [
            Example(becomes: [one, two, three, "data: [DONE]␍␊␍␊"]),
            Example(plan: .interaction, becomes: [start, completed, done]),
        ],
        "raw-separators": [
            Example(becomes: [one, two, three]),
            Example(
                plan: .separated,
                becomes: ["data: {\"a\": \"1\u{2028}2\u{2029}3\u{85}4\\\\u2028\"}␍␊␍␊"]),
        ],
        "duplicate-event": [
            Example(becomes: [one, one, two, three]),
            Example(
                plan: .array, options: FaultOptions(after: .events(3)),
                becomes: [
                    #"[{"a": 1}"#, #"␊,␍␊{"a": 2}"#, #"␊,␍␊{"a": 3, "finishReason": "STOP"}"#,
                    #"␊,␍␊{"a": 3, "finishReason": "STOP"}␊]"#,
                ]),
        ],
        "reordered-events": [
            Example(becomes: [two, one, three]),
            Example(
                plan: .array, options: FaultOptions(after: .events(1)),
                becomes: [
                    #"[{"a": 1}"#, #"␊,␍␊{"a": 3, "finishReason": "STOP"}"#, #"␊,␍␊{"a": 2}␊]"#,
                ]),
        ],
        "missing-finish-reason": [
            Example(becomes: [one, two, #"data: {"a": 3}␍␊␍␊"#]),
            Example(plan: .interaction, becomes: [start, done]),
            Example(plan: .single, becomes: ["{␊  }␊"]),
        ],
        "empty-stream": [
            Example(becomes: []),
            Example(plan: .array, becomes: ["[]"]),
            Example(plan: .single, becomes: ResponsePlan.single.script),
        ],
    ]
}
