// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

extension ModelAnswer {
    /// Says what a scenario wants said. What the scenario leaves open looks as usual: ids and signatures of the model's
    /// generation, how long it thinks. Limits, stop sequences, schemas and `candidateCount` change nothing.
    mutating func say(
        _ scripted: ScriptedAnswer, to request: GenerateContentRequest, _ generator: inout SeededGenerator
    ) {
        let isThinking =
            traits.isThinking(budget: request.config.thinkingBudget) || scripted.thought != nil
        thoughtText = scripted.thought
        if let thought = scripted.thought {
            thoughts = TextTokens.count(thought)
        } else if isThinking {
            thoughts = ModelAnswer.usualThoughts(request.config, &generator)
        }
        var draft = Draft(tokens: 0, finishReason: "STOP")
        switch scripted.said {
        case .text(let text): add(text, scripted, isSigned: isThinking, to: &draft, &generator)
        case .json(let value):
            let text = String(decoding: value.bytes(.compact), as: UTF8.self)
            add(text, scripted, isSigned: isThinking, to: &draft, &generator)
        case .parts(let parts): add(parts, to: &draft)
        case nil: break
        }
        for (number, call) in scripted.calls.enumerated() {
            // Only the first of parallel calls is signed (CORE 4.3).
            let isSigned = number == 0 && traits.signsCalls(isThinking)
            let part = OutputPart(
                .functionCall(
                    name: call.name, arguments: call.arguments,
                    id: traits.givesCallIDs ? CallID.make(&generator) : nil),
                thoughtSignature: isSigned ? ThoughtSignature.make(&generator) : nil
            )
            draft.parts.append(part)
            draft.tokens += count(of: part)
        }
        if !scripted.calls.isEmpty { draft.finishMessage = callMessage }
        drafts = [draft]
    }

    private func add(
        _ text: String, _ scripted: ScriptedAnswer, isSigned: Bool, to draft: inout Draft,
        _ generator: inout SeededGenerator
    ) {
        // Where calls follow, the first of them has the signature.
        let isSigned = scripted.calls.isEmpty && traits.signsText(isSigned)
        draft.parts.append(
            OutputPart(.text(text), thoughtSignature: isSigned ? ThoughtSignature.make(&generator) : nil))
        draft.tokens = TextTokens.count(text)
        // A text without characters is said, too.
        draft.chunks = scripted.chunks ?? (text.isEmpty ? .pieces([""]) : nil)
    }

    private mutating func add(_ parts: [JSON], to draft: inout Draft) {
        for json in parts {
            let part = OutputPart(.given(json))
            draft.parts.append(part)
            // Thoughts are counted beside the answer (CORE 4.3).
            if case .bool(true) = json["thought"] {
                thoughts = (thoughts ?? 0) + ModelAnswer.count(json, traits)
            } else {
                draft.tokens += count(of: part)
            }
        }
    }

    /// Tokens of a part of the answer.
    func count(of part: OutputPart) -> Int {
        switch part.data {
        case .text(let text): TextTokens.count(text)
        case .functionCall(let name, let arguments, _):
            TokenOverhead(era: traits.era).call(name, arguments)
        case .given(let json): json["thought"] == .bool(true) ? 0 : ModelAnswer.count(json, traits)
        }
    }

    /// A text and a call count like ours, anything else by its names and values.
    private static func count(_ part: JSON, _ traits: ModelTraits) -> Int {
        if case .string(let text) = part["text"] { return TextTokens.count(text) }
        if let call = part["functionCall"], case .string(let name) = call["name"] {
            return TokenOverhead(era: traits.era).call(name, call["args"] ?? .object([]))
        }
        guard let view = try? JSONDocument(parsing: part.bytes(.compact)).root else { return 0 }
        return TokenOverhead.leaves(view)
    }
}
