// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a model's answer says, put together from one message or from all of a stream; of generateContent and of the
/// Interactions API. Texts are looked at for credentials again: one may have been told piece by piece.
struct AnswerDigest {
    private var text = ""
    private var thoughts = ""
    private var calls: [Call] = []
    private var finishReason: String?
    private var status: String?
    private var usage: JSON?
    private var error: JSON?
    private var isAny = false

    private struct Call {
        var name: String
        var id: String?
        var arguments: JSON
        /// What a stream tells of the arguments, bit by bit.
        var told = ""
    }

    /// Which call each step of a stream is.
    private var callOfStep: [Int: Int] = [:]

    /// - Parameter messages: in the order in which they were sent.
    init(_ messages: [JSONView]) {
        for message in messages { read(message) }
    }

    /// Nil where it is no model's answer.
    var json: [JSON.Member]? {
        guard isAny else { return nil }
        let redactor = Redactor()
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        if !text.isEmpty { add("text", .string(redactor.text(text))) }
        if !thoughts.isEmpty { add("thoughts", .string(redactor.text(thoughts))) }
        if !calls.isEmpty { add("functionCalls", .array(calls.map { AnswerDigest.json($0, redactor) })) }
        add("finishReason", finishReason.map { .string($0) })
        add("outcome", status.map { .string($0) })
        add("usage", usage)
        add("error", error)
        return members
    }

    private static func json(_ call: Call, _ redactor: Redactor) -> JSON {
        var arguments = call.arguments
        if !call.told.isEmpty {
            let told = redactor.text(call.told)
            let document = try? JSONDocument(parsing: Array(told.utf8), grammar: .strict)
            arguments = document.map { JSON($0.root) } ?? .string(told)
        }
        let id = call.id.map { [JSON.Member("id", .string($0))] } ?? []
        return .object([.init("name", .string(call.name)), .init("args", arguments)] + id)
    }

    private mutating func read(_ message: JSONView) {
        if message["candidates"] != nil || message["usageMetadata"] != nil { readContent(message) }
        if message["event_type"] != nil { readEvent(message) }
        if message["object"]?.string == "interaction" { readInteraction(message) }
        if let error = message["error"] {
            isAny = true
            self.error = JSON(error)
        }
    }

    // MARK: generateContent

    private mutating func readContent(_ message: JSONView) {
        isAny = true
        if let usage = message["usageMetadata"] { self.usage = JSON(usage) }
        // The first of several answers: they would run into each other.
        guard let candidate = message["candidates"]?.elements.first(where: { ($0["index"]?.int ?? 0) == 0 })
        else {
            return
        }
        if let reason = candidate["finishReason"]?.string { finishReason = reason }
        for part in candidate["content"]?["parts"]?.elements.map(\.self) ?? [] {
            if let text = part["text"]?.string {
                if part["thought"]?.bool == true { thoughts += text } else { self.text += text }
            }
            if let call = part["functionCall"] {
                calls.append(
                    Call(
                        name: call["name"]?.string ?? "", id: call["id"]?.string,
                        arguments: call["args"].map { JSON($0) } ?? [:]))
            }
        }
    }

    // MARK: Interactions

    private mutating func readInteraction(_ interaction: JSONView) {
        isAny = true
        if let status = interaction["status"]?.string { self.status = status }
        if let usage = interaction["usage"] { self.usage = JSON(usage) }
        for step in interaction["steps"]?.elements.map(\.self) ?? [] { readStep(step) }
    }

    private mutating func readStep(_ step: JSONView) {
        switch step["type"]?.string {
        case "model_output": text += AnswerDigest.text(step["content"])
        case "thought": thoughts += AnswerDigest.text(step["summary"])
        case "function_call":
            calls.append(
                Call(
                    name: step["name"]?.string ?? "", id: step["id"]?.string,
                    arguments: step["arguments"].map { JSON($0) } ?? [:]))
        default: break
        }
    }

    private static func text(_ contents: JSONView?) -> String {
        contents?.elements.compactMap { $0["text"]?.string }.joined() ?? ""
    }

    private mutating func readEvent(_ event: JSONView) {
        isAny = true
        let index = event["index"]?.int ?? 0
        switch event["event_type"]?.string {
        case "step.start":
            guard let step = event["step"] else { return }
            if step["type"]?.string == "function_call" { callOfStep[index] = calls.count }
            readStep(step)
        case "step.delta": if let delta = event["delta"] { readDelta(delta, of: index) }
        case "interaction.created", "interaction.completed":
            if let interaction = event["interaction"] { readInteraction(interaction) }
        case "interaction.status_update": status = event["status"]?.string ?? status
        default: break
        }
    }

    private mutating func readDelta(_ delta: JSONView, of step: Int) {
        switch delta["type"]?.string {
        case "text": text += delta["text"]?.string ?? ""
        case "thought_summary": thoughts += delta["content"]?["text"]?.string ?? ""
        case "arguments_delta":
            guard let call = callOfStep[step], calls.indices.contains(call) else { return }
            calls[call].told += delta["arguments"]?.string ?? ""
        default: break
        }
    }
}
