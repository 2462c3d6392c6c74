// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The built-in answer told as steps: the same text, value or call that generateContent would give.
struct InteractionAnswer {
    let steps: [InteractionStep]
    let status: InteractionStatus
    let usage: InteractionUsage

    /// - Parameter generator: for what generateContent doesn't always have: signatures, ids of calls.
    init(_ answer: GenerateContentResponse, _ generator: inout SeededGenerator) {
        let candidate = answer.candidates.first
        let parts = candidate?.parts ?? []
        let thoughts = answer.usage.thoughts ?? 0
        usage = InteractionUsage(
            input: answer.usage.prompt, output: answer.usage.candidates ?? 0, thoughts: thoughts)
        var steps: [InteractionStep] = []
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
            case .given: continue
            }
        }
        self.steps = steps
        status =
            candidate?.finishReason == "MAX_TOKENS" ? .incomplete : isCalling ? .requiresAction : .completed
    }

    private static func text(_ part: OutputPart) -> String? {
        if case .text(let text) = part.data { text } else { nil }
    }
}
