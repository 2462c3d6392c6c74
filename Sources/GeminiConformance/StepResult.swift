// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a client made of a step. What stays nil it doesn't tell; a check that asks for it fails.
public struct StepResult: Sendable {
    public var text: String?
    public var thought: String?
    public var finishReason: String?
    public var finishMessage: String?
    public var blockReason: String?
    /// Counts by the API's names: `totalTokenCount`.
    public var usage: [String: Int]?
    /// What `count_tokens` counts.
    public var tokens: Int?
    /// Whether the client tells that an answer isn't whole, without an error.
    public var isTruncated: Bool?
    /// Other members of a result by the protocol, as the text of a JSON object; what stands in it counts.
    public var more: String?

    public init(text: String? = nil, finishReason: String? = nil, more: String? = nil) {
        (self.text, self.finishReason, self.more) = (text, finishReason, more)
    }

    var members: [JSON.Member] {
        let texts = [
            ("text", text), ("thought", thought), ("finish_reason", finishReason),
            ("finish_message", finishMessage), ("block_reason", blockReason),
        ]
        var members = texts.compactMap { name, value in value.map { JSON.Member(name, .string($0)) } }
        if let usage {
            let counts = usage.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .int($0.value)) }
            members.append(JSON.Member("usage", .object(counts)))
        }
        if let tokens { members.append(JSON.Member("tokens", .int(tokens))) }
        if let isTruncated { members.append(JSON.Member("truncated", .bool(isTruncated))) }
        guard let more, let document = try? JSONDocument(parsing: Array(more.utf8), grammar: .strict),
            case .object(let others) = JSON(document.root)
        else { return members }
        let names = others.map(\.name)
        return members.filter { !names.contains($0.name) } + others
    }
}
