// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// An answer told as steps: the same text, value or calls that generateContent would give.
struct InteractionAnswer {
    private(set) var steps: [InteractionStep] = []
    let status: InteractionStatus
    private(set) var usage: InteractionUsage

    /// - Parameter generator: for what generateContent doesn't always have: signatures, ids of calls.
    /// - Throws: `APIError` where nothing of it is shown: the generation is refused then, and not kept (seen).
    init(_ answer: GenerateContentResponse, _ generator: inout SeededGenerator) throws(APIError) {
        if case .string(let reason) = answer.promptFeedback?["blockReason"], answer.candidates.isEmpty {
            throw .withheld(reason, isPrompt: true)
        }
        let candidate = answer.candidates.first
        if let candidate, candidate.isWithheld {
            throw .withheld(candidate.finishReason ?? "OTHER", isPrompt: false)
        }
        let parts = (candidate?.parts ?? []).map(InteractionAnswer.known)
        let thoughts = answer.usage.thoughts ?? 0
        usage = InteractionUsage(
            input: answer.usage.prompt, output: answer.usage.candidates ?? 0, thoughts: thoughts)
        usage.overrides = answer.usage.overrides
        // Who thinks begins with a thought, of which only the signature is shown (recorded).
        if thoughts > 0 {
            let signature = parts.lazy.compactMap(\.thoughtSignature).first
            steps.append(
                .thought(
                    signature: signature ?? Base64Encoding.standard(generator.bytes(96)),
                    summary: parts.first { $0.isThought }.flatMap(InteractionAnswer.text)
                )
            )
        }
        var isCalling = false
        for part in parts where !part.isThought {
            switch part.data {
            case .text(let text): steps.append(.text(text))
            case .functionCall(let name, let arguments, let id):
                isCalling = true
                let id = id ?? CallID.make(&generator)
                steps.append(.functionCall(id: id, name: name, arguments: arguments))
            // Other kinds of steps aren't made.
            case .given: continue
            }
        }
        status =
            candidate?.finishReason == "MAX_TOKENS" ? .incomplete : isCalling ? .requiresAction : .completed
    }

    /// A part that a scenario gives, as one of ours.
    private static func known(_ part: OutputPart) -> OutputPart {
        guard case .given(let json) = part.data else { return part }
        var known = part
        if case .string(let text) = json["text"] {
            known.data = .text(text)
        } else if let call = json["functionCall"], case .string(let name) = call["name"] {
            var id: String?
            if case .string(let given) = call["id"] { id = given }
            known.data = .functionCall(name: name, arguments: call["args"] ?? .object([]), id: id)
        }
        known.isThought = json["thought"] == .bool(true)
        if case .string(let signature) = json["thoughtSignature"] { known.thoughtSignature = signature }
        return known
    }

    private static func text(_ part: OutputPart) -> String? {
        if case .text(let text) = part.data { text } else { nil }
    }
}
