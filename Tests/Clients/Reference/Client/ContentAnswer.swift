// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a model has said so far: one answer, or the pieces of a stream.
struct ContentAnswer {
    private(set) var text = ""
    private(set) var thought = ""
    /// As they came, to be given back in the next turn.
    private(set) var parts: [JSON] = []
    var finishReason: String?
    private(set) var finishMessage: String?
    private(set) var blockReason: String?
    private(set) var usage: JSON?
    private(set) var chunks = 0
    private var isCancelled = false
    private let flaws: Set<Flaw>

    init(flaws: Set<Flaw>) { self.flaws = flaws }

    /// The caller wants no more.
    mutating func cancel() { isCancelled = true }

    /// Whether the model has said that it has ended, or that it won't begin.
    var isComplete: Bool { finishReason != nil || blockReason != nil || isCancelled }

    mutating func take(_ chunk: JSON) {
        chunks += 1
        let candidate = chunk["candidates"]?.list.first
        for part in candidate?["content"]?["parts"]?.list ?? [] {
            parts.append(part)
            guard let text = part["text"]?.text else { continue }
            let isThought = part["thought"] == .bool(true) && !flaws.contains(.thoughtIsText)
            if !isThought { self.text += text } else if !flaws.contains(.dropsThoughts) { thought += text }
        }
        if let reason = candidate?["finishReason"]?.text { finishReason = reason }
        if let message = candidate?["finishMessage"]?.text { finishMessage = message }
        if let reason = chunk["promptFeedback"]?["blockReason"]?.text { blockReason = reason }
        if let usage = chunk["usageMetadata"], self.usage == nil || !flaws.contains(.firstUsage) {
            self.usage = usage
        }
    }

    /// The functions that are to be called.
    var calls: [JSON] { parts.compactMap { $0["functionCall"] } }

    /// The turn of the conversation that this is.
    var content: JSON {
        let kept = parts.filter { !flaws.contains(.dropsEmptyParts) || $0["text"]?.text != "" }
        return ["role": flaws.contains(.assistantRole) ? "assistant" : "model", "parts": .array(kept)]
    }

    var members: [JSON.Member] {
        var members = [JSON.Member("text", .string(text))]
        if !thought.isEmpty { members.append(JSON.Member("thought", .string(thought))) }
        if let finishReason { members.append(JSON.Member("finish_reason", .string(finishReason))) }
        if let finishMessage { members.append(JSON.Member("finish_message", .string(finishMessage))) }
        if isCancelled { members.append(JSON.Member("cancelled", true)) }
        if let blockReason { members.append(JSON.Member("block_reason", .string(blockReason))) }
        if !calls.isEmpty { members.append(JSON.Member("calls", .array(calls))) }
        if let usage { members.append(JSON.Member("usage", usage)) }
        members.append(JSON.Member("chunks", .int(chunks)))
        return members
    }

    var result: JSON { .object([JSON.Member("ok", true)] + members) }
}
