// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What the fake answers by itself: the same for the same request and seed, and telling what arrived.
struct BuiltInAnswer {
    private(set) var answer: ModelAnswer
    private let media: RequestMedia

    private var traits: ModelTraits { answer.traits }

    /// - Parameters:
    ///   - answer: the one that is to be filled.
    ///   - media: the request's.
    ///   - model: the name that was asked for.
    init(
        _ answer: ModelAnswer, to request: GenerateContentRequest, media: RequestMedia, model: String,
        _ generator: inout SeededGenerator
    ) {
        self.answer = answer
        self.media = media
        let isThinking = traits.isThinking(budget: request.config.thinkingBudget)
        think(isThinking, request.config, &generator)
        let function = FunctionChoice.function(for: request)
        for index in 0..<request.config.candidateCount {
            let draft = draft(
                request, function, model: model, candidate: index, isThinking: isThinking, &generator
            )
            self.answer.drafts.append(draft)
        }
    }

    /// Decides how long it thinks. Thoughts use up the limit first, as on the real service, where a small
    /// `maxOutputTokens` gives a content without parts (CORE 4.3).
    private mutating func think(
        _ isThinking: Bool, _ config: GenerationConfig, _ generator: inout SeededGenerator
    ) {
        guard isThinking else { return }
        let wanted = ModelAnswer.usualThoughts(config, &generator)
        answer.thoughts = wanted
        if let limit = config.maxOutputTokens, limit <= wanted {
            // Recorded: a limit of 5 left 2 thought tokens and nothing else.
            (answer.thoughts, answer.isUncounted) = (limit > 3 ? limit - 3 : nil, true)
        }
        if config.includesThoughts {
            answer.thoughtText =
                "**Reading the request**\n\nI look at what arrived before I say what it was.\n\n\n"
        }
    }

    private func draft(
        _ request: GenerateContentRequest, _ function: FunctionDeclaration?, model: String, candidate: Int,
        isThinking: Bool, _ generator: inout SeededGenerator
    ) -> ModelAnswer.Draft {
        let room = request.config.maxOutputTokens.map { $0 - (answer.thoughts ?? 0) } ?? Int.max
        guard room > 0, !answer.isUncounted else {
            return ModelAnswer.Draft(tokens: 0, finishReason: "MAX_TOKENS")
        }
        if let function {
            return call(function, room: room, isThinking: isThinking, &generator)
        }
        var text = text(request, model: model, &generator)
        if candidate > 0, request.config.responseSchema == nil { text += " (candidate \(candidate + 1))" }
        if let cut = BuiltInAnswer.firstStop(in: text, request.config.stopSequences) {
            text = String(text[..<cut])
        }
        let tokens = TextTokens.count(text)
        let isCut = tokens > room
        if isCut { text = String(TextTokens.prefix(text, limit: room)) }
        return ModelAnswer.Draft(
            parts: [
                OutputPart(
                    .text(text),
                    thoughtSignature: traits.signsText(isThinking) ? ThoughtSignature.make(&generator) : nil
                )
            ],
            // An answer that is cut has as many tokens as were allowed (recorded).
            tokens: min(tokens, room), finishReason: isCut ? "MAX_TOKENS" : "STOP"
        )
    }

    private func call(
        _ function: FunctionDeclaration, room: Int, isThinking: Bool, _ generator: inout SeededGenerator
    ) -> ModelAnswer.Draft {
        let arguments =
            function.parameters.map { SchemaValue.make(for: $0, seed: generator.next()) } ?? .object([])
        let tokens = TokenOverhead(era: traits.era).call(function.name, arguments)
        guard tokens <= room else { return ModelAnswer.Draft(tokens: 0, finishReason: "MAX_TOKENS") }
        let id = traits.givesCallIDs ? CallID.make(&generator) : nil
        return ModelAnswer.Draft(
            parts: [
                OutputPart(
                    .functionCall(name: function.name, arguments: arguments, id: id),
                    thoughtSignature: traits.signsCalls(isThinking) ? ThoughtSignature.make(&generator) : nil
                )
            ],
            tokens: tokens, finishReason: "STOP", finishMessage: answer.callMessage
        )
    }

    private func text(
        _ request: GenerateContentRequest, model: String, _ generator: inout SeededGenerator
    ) -> String {
        let type = request.config.responseMimeType
        if let schema = request.config.responseSchema, type != "text/plain" {
            let value = SchemaValue.make(for: schema, seed: generator.next())
            if type == "text/x.enum", case .string(let name) = value { return name }
            return String(decoding: value.bytes(.compact), as: UTF8.self)
        }
        let summary = RequestSummary.of(request, model: model, media: media)
        guard type == "application/json" else { return summary }
        return String(
            decoding: JSON.object([JSON.Member("answer", .string(summary))]).bytes(.compact), as: UTF8.self)
    }

    private static func firstStop(in text: String, _ sequences: [String]) -> String.Index? {
        sequences.compactMap { Substrings.first($0, in: text) }.min()
    }
}

/// Plain search for text in text, which the standard library has only for regular expressions.
enum Substrings {
    static func first(_ wanted: String, in text: String) -> String.Index? {
        var (wanted, text) = (wanted, text)
        let offset = text.withUTF8 { text in wanted.withUTF8 { first($0, in: text) } }
        return offset.map { text.utf8.index(text.startIndex, offsetBy: $0) }
    }

    private static func first(_ wanted: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>)
        -> Int?
    {
        guard let start = wanted.first, wanted.count <= text.count else { return nil }
        var at = 0
        while at <= text.count - wanted.count {
            if text[at] == start, wanted.indices.allSatisfy({ text[at + $0] == wanted[$0] }) { return at }
            at += 1
        }
        return nil
    }
}
