// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The forms of the maps in a scenario file.
enum ScenarioForm {
    static let scenario = MapForm(
        "a scenario", "scenario", required: ["name", "stubs"],
        optional: ["description", "settings", "states"]
    )
    static let settings = MapForm(
        "settings", "settings", optional: ["strict", "streamInterval", "runLength"])
    static let stub = MapForm(
        "a stub", "stub", required: ["name", "replies"], optional: ["when", "repeat", "required"])
    static let pattern = MapForm(
        "when", "when",
        optional: [
            "endpoint", "model", "tenant", "header", "query", "system", "lastText", "body", "pointers",
            "schema",
            "tool", "functionResponse", "turn", "file", "inlineBytes", "stream", "step", "call", "state",
        ]
    )
    static let textPattern = MapForm(
        "a text pattern", "textPattern", optional: ["equals", "contains", "glob", "matches"])
    static let pointer = MapForm(
        "a pointer condition", "pointer", required: ["at"], optional: ["equals", "matches", "exists"])
    static let filePattern = MapForm(
        "a file pattern", "filePattern", optional: ["mimeType", "size", "sha256", "duration"])
    static let bounds = MapForm("a range", "bounds", optional: ["min", "max"])
    static let reply = MapForm(
        "a reply", "reply", optional: ReplyKind.names + ReplyKind.options + ["set", "wire", "faults"])
    static let call = MapForm("a function call", "call", required: ["name"], optional: ["args"])
    static let chunks = MapForm("chunks", "chunks", optional: ["count", "size"])
    static let file = MapForm("a file", "file", optional: ["for", "polls", "then", "error"])
    static let interaction = MapForm(
        "an interaction", "interaction", required: ["status"], optional: ["text", "calls", "runLength"])

    static let wire = MapForm(
        "wire", "wire",
        optional: [
            "delay", "firstEvent", "interval", "jitter", "bytesPerSecond", "uploadBytesPerSecond", "writes",
        ])
    static let writes = MapForm("writes", "writes", optional: ["bytes", "events", "at"])
    static let fault = MapForm(
        "a fault", "fault", required: ["fault"],
        optional: [
            "after", "form", "text", "error", "message", "by", "for", "status", "location", "bytes",
            "times", "probability",
        ])
    static let point = MapForm("after", "point", optional: ["events", "bytes"])

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

/// What a fault may have beside its name.
package enum FaultNames {
    package static let options = ScenarioForm.fault.optional
}
