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
    private var inline: [JSON] = []
    private(set) var chunks = 0
    private var isCancelled = false
    private let flaws: Set<Flaw>

    init(flaws: Set<Flaw>) { self.flaws = flaws }

    /// The caller wants no more.
    mutating func cancel() { isCancelled = true }

    /// Whether the model has said that it has ended, or that it won't begin.
    var isComplete: Bool { finishReason != nil || blockReason != nil || isCancelled }

    mutating func take(_ chunk: JSON) throws {
        chunks += 1
        if let problem = ContentAnswer.problem(chunk, flaws) { throw ClientFailure("protocol", problem) }
        let candidate = chunk["candidates"]?.list.first
        for part in candidate?["content"]?["parts"]?.list ?? [] {
            parts.append(part)
            if let data = part["inlineData"] { inline.append(try media(data)) }
            guard let text = part["text"]?.text else { continue }
            let isThought = part["thought"] == .bool(true) && !flaws.contains(.thoughtIsText)
            if !isThought { self.text += text } else if !flaws.contains(.dropsThoughts) { thought += text }
        }
        if let reason = candidate?["finishReason"]?.text { finishReason = reason }
        if let message = candidate?["finishMessage"]?.text { finishMessage = message }
        if let reason = chunk["promptFeedback"]?["blockReason"]?.text, !flaws.contains(.ignoresFeedback) {
            blockReason = reason
        }
        if let usage = chunk["usageMetadata"], self.usage == nil || !flaws.contains(.firstUsage) {
            self.usage = usage
        }
    }

    /// The functions that are to be called.
    var calls: [JSON] { parts.compactMap { $0["functionCall"] } }

    /// The turn of the conversation that this is.
    var content: JSON {
        var kept = parts.filter { !flaws.contains(.dropsEmptyParts) || $0["text"]?.text != "" }
        if flaws.contains(.stripsCallIDs) { kept = kept.map(ContentAnswer.withoutID) }
        return ["role": flaws.contains(.assistantRole) ? "assistant" : "model", "parts": .array(kept)]
    }

    var members: [JSON.Member] {
        let isDropped = flaws.contains(.dropsCutText) && finishReason == "MAX_TOKENS"
        var members = [JSON.Member("text", .string(isDropped ? "" : text))]
        if !thought.isEmpty { members.append(JSON.Member("thought", .string(thought))) }
        if let finishReason = finishReason.map(told), !flaws.contains(.hidesFinish) {
            members.append(JSON.Member("finish_reason", .string(finishReason)))
        }
        if let finishMessage, !flaws.contains(.hidesFinishMessage) {
            members.append(JSON.Member("finish_message", .string(finishMessage)))
        }
        if isCancelled { members.append(JSON.Member("cancelled", true)) }
        if let blockReason = blockReason.map(told) {
            members.append(JSON.Member("block_reason", .string(blockReason)))
        }
        if !inline.isEmpty { members.append(JSON.Member("inline", .array(inline))) }
        if !calls.isEmpty { members.append(JSON.Member("calls", .array(calls))) }
        if let usage { members.append(JSON.Member("usage", usage)) }
        members.append(JSON.Member("chunks", .int(chunks)))
        return members
    }

    /// A word of the service's.
    private func told(_ word: String) -> String {
        flaws.contains(.namesUnknownOther) && word == "SOMETHING_NEW" ? "OTHER" : word
    }

    /// Bytes that came in the answer: of what kind, and how many.
    private func media(_ data: JSON) throws -> JSON {
        guard let bytes = Base64.decoded(data["data"]?.text ?? "", flaws) else {
            throw ClientFailure("protocol", "bytes that are no base64")
        }
        let kind: JSON = flaws.contains(.hidesMIME) ? .null : data["mimeType"] ?? .null
        return ["mime": kind, "bytes": .int(bytes.count)]
    }

    var result: JSON { .object([JSON.Member("ok", true)] + members) }
}
