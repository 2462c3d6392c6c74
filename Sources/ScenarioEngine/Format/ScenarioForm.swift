// SPDX-License-Identifier: Apache-2.0

/// The names that each map of a scenario file may have. The decoder reads by these lists, and the published JSON Schema
/// is checked against them.
struct ScenarioForm: Sendable {
    /// What such a map is, as part of a sentence.
    let title: String
    /// Its name in the JSON Schema.
    let definition: String
    let required: [String]
    let optional: [String]

    var names: [String] { required + optional }

    init(_ title: String, _ definition: String, required: [String] = [], optional: [String] = []) {
        self.title = title
        self.definition = definition
        self.required = required
        self.optional = optional
    }

    static let scenario = ScenarioForm(
        "a scenario", "scenario", required: ["name", "stubs"],
        optional: ["description", "settings", "states"]
    )
    static let settings = ScenarioForm(
        "settings", "settings", optional: ["strict", "streamInterval", "runLength"])
    static let stub = ScenarioForm(
        "a stub", "stub", required: ["name", "replies"], optional: ["when", "repeat", "required"])
    static let pattern = ScenarioForm(
        "when", "when",
        optional: [
            "endpoint", "model", "tenant", "header", "query", "system", "lastText", "body", "pointers",
            "schema",
            "tool", "functionResponse", "turn", "file", "inlineBytes", "stream", "step", "call", "state",
        ]
    )
    static let textPattern = ScenarioForm(
        "a text pattern", "textPattern", optional: ["equals", "contains", "glob", "matches"])
    static let pointer = ScenarioForm(
        "a pointer condition", "pointer", required: ["at"], optional: ["equals", "matches", "exists"])
    static let filePattern = ScenarioForm(
        "a file pattern", "filePattern", optional: ["mimeType", "size", "sha256", "duration"])
    static let bounds = ScenarioForm("a range", "bounds", optional: ["min", "max"])
    static let reply = ScenarioForm(
        "a reply", "reply", optional: ReplyKind.names + ReplyKind.options + ["set", "wire", "faults"])
    static let call = ScenarioForm("a function call", "call", required: ["name"], optional: ["args"])
    static let chunks = ScenarioForm("chunks", "chunks", optional: ["count", "size"])
    static let file = ScenarioForm("a file", "file", optional: ["for", "polls", "then", "error"])
    static let interaction = ScenarioForm(
        "an interaction", "interaction", required: ["status"], optional: ["text", "calls", "runLength"])

    static let wire = ScenarioForm(
        "wire", "wire",
        optional: [
            "delay", "firstEvent", "interval", "jitter", "bytesPerSecond", "uploadBytesPerSecond", "writes",
        ])
    static let writes = ScenarioForm("writes", "writes", optional: ["bytes", "events", "at"])
    static let fault = ScenarioForm(
        "a fault", "fault", required: ["fault"],
        optional: [
            "after", "form", "text", "error", "message", "by", "for", "status", "location", "bytes",
            "times", "probability",
        ])
    static let point = ScenarioForm("after", "point", optional: ["events", "bytes"])

    static let all = [
        scenario, settings, stub, pattern, textPattern, pointer, filePattern, bounds, reply, call, chunks,
        file,
        interaction, wire, writes, fault, point,
    ]
}

/// What a reply may be, by the names that make it so, and which options go with it.
struct ReplyKind: Sendable {
    let names: [String]
    let options: [String]

    private static let overrides = [
        "finishReason", "usage", "safetyRatings", "promptFeedback", "noCandidates", "tokensPerSecond",
    ]
    static let made = ReplyKind(
        names: ["text", "thought", "calls", "json", "parts"], options: overrides + ["chunks"])
    static let builtIn = ReplyKind(names: ["builtIn"], options: overrides)
    static let body = ReplyKind(names: ["body"], options: ["status"])
    static let error = ReplyKind(names: ["error"], options: ["message", "retryDelay"])
    static let file = ReplyKind(names: ["file"], options: [])
    static let interaction = ReplyKind(names: ["interaction"], options: [])

    static let all = [made, builtIn, body, error, file, interaction]
    static let names = all.flatMap(\.names)
    static let options = made.options + body.options + error.options
}
