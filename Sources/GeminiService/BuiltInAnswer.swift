// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What the fake answers by itself: the same for the same request and seed, and telling what arrived.
///
/// Made once for a request; `whole` and `events` are two ways to send it.
struct BuiltInAnswer {
    /// One candidate before it is cut into events.
    private struct Draft {
        /// Empty, one call, or one text.
        var part: OutputPart?
        var tokens: Int
        var finishReason: String
        var finishMessage: String?
    }

    private let traits: ModelTraits
    private let media: RequestMedia
    private let prompt: [ModalityTokenCount]
    private let serviceTier: String
    private let responseID: String
    private let avgLogprobs: Double?
    private var thoughts: Int?
    private var thoughtText: String?
    /// Whether thinking has used up the limit.
    private var isExhausted = false
    private var drafts: [Draft] = []

    /// - Parameters:
    ///   - media: the request's.
    ///   - model: the name that was asked for.
    ///   - seed: from the server's seed and the request's bytes.
    init(
        to request: GenerateContentRequest, media: RequestMedia, traits: ModelTraits, model: String,
        serviceTier: String, seed: UInt64
    ) {
        self.traits = traits
        self.serviceTier = serviceTier
        var generator = SeededGenerator(seed: seed)
        self.media = media
        prompt = TokenCounter.count(
            contents: request.newContents, systemInstruction: request.systemInstruction, tools: request.tools,
            media: media, traits: traits
        )
        // 16 bytes: 22 characters of URL-safe base64, as in recordings.
        responseID = Base64Encoding.urlSafe(generator.bytes(16))
        avgLogprobs = traits.tellsLogprobs ? -Double(generator.next() % 100_000) / 1_000_000 : nil
        let isThinking = traits.isThinking(budget: request.config.thinkingBudget)
        think(isThinking, request.config, &generator)
        let function = FunctionChoice.function(for: request)
        for index in 0..<request.config.candidateCount {
            drafts.append(
                draft(
                    request, function, model: model, candidate: index, isThinking: isThinking, &generator
                )
            )
        }
    }

    var promptTokens: Int { prompt.reduce(0) { $0 + $1.tokenCount } }

    // MARK: Making

    /// Decides how long it thinks. Thoughts use up the limit first, as on the real service, where a small
    /// `maxOutputTokens` gives a content without parts (CORE 4.3).
    private mutating func think(
        _ isThinking: Bool, _ config: GenerationConfig, _ generator: inout SeededGenerator
    ) {
        guard isThinking else { return }
        let usual = 24 + Int(generator.next() % 40)
        let budget = config.thinkingBudget.flatMap { $0 > 0 ? $0 : nil } ?? usual
        let wanted = min(usual, budget)
        thoughts = wanted
        if let limit = config.maxOutputTokens, limit <= wanted {
            // Recorded: a limit of 5 left 2 thought tokens and nothing else.
            (thoughts, isExhausted) = (limit > 3 ? limit - 3 : nil, true)
        }
        if config.includesThoughts {
            thoughtText = "**Reading the request**\n\nI look at what arrived before I say what it was.\n\n\n"
        }
    }

    private func draft(
        _ request: GenerateContentRequest, _ function: FunctionDeclaration?, model: String, candidate: Int,
        isThinking: Bool, _ generator: inout SeededGenerator
    ) -> Draft {
        let room = request.config.maxOutputTokens.map { $0 - (thoughts ?? 0) } ?? Int.max
        guard room > 0, !isExhausted else { return Draft(tokens: 0, finishReason: "MAX_TOKENS") }
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
        return Draft(
            part: OutputPart(
                .text(text),
                thoughtSignature: traits.signsText(isThinking) ? BuiltInAnswer.signature(&generator) : nil
            ),
            // An answer that is cut has as many tokens as were allowed (recorded).
            tokens: min(tokens, room), finishReason: isCut ? "MAX_TOKENS" : "STOP"
        )
    }

    private func call(
        _ function: FunctionDeclaration, room: Int, isThinking: Bool, _ generator: inout SeededGenerator
    ) -> Draft {
        let arguments =
            function.parameters.map { SchemaValue.make(for: $0, seed: generator.next()) } ?? .object([])
        let tokens = callTokens(function.name, arguments)
        guard tokens <= room else { return Draft(tokens: 0, finishReason: "MAX_TOKENS") }
        let id = traits.givesCallIDs ? CallID.make(&generator) : nil
        return Draft(
            part: OutputPart(
                .functionCall(name: function.name, arguments: arguments, id: id),
                thoughtSignature: traits.signsCalls(isThinking) ? BuiltInAnswer.signature(&generator) : nil
            ),
            tokens: tokens, finishReason: "STOP",
            finishMessage: traits.isSince25 ? "Model generated function call(s)." : nil
        )
    }

    /// Counted as the same call is when it comes back with the next turn.
    private func callTokens(_ name: String, _ arguments: JSON) -> Int {
        let call = JSON.object([JSON.Member("name", .string(name)), JSON.Member("args", arguments)])
        guard let view = try? JSONDocument(parsing: call.bytes(.compact)).root else { return 0 }
        return TokenOverhead(era: traits.era).call(name: view["name"], arguments: view["args"])
    }

    /// Opaque bytes; the real ones are longer.
    private static func signature(_ generator: inout SeededGenerator) -> String {
        Base64Encoding.standard(generator.bytes(96))
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

    // MARK: Sending

    /// The one answer of generateContent.
    var whole: GenerateContentResponse {
        var thoughtParts: [OutputPart] = []
        if let thoughtText { thoughtParts = [OutputPart(.text(thoughtText), isThought: true)] }
        let candidates = drafts.enumerated().map { index, draft in
            Candidate(
                parts: thoughtParts + (draft.part.map { [$0] } ?? []), finishReason: draft.finishReason,
                avgLogprobs: avgLogprobs, index: self.index(of: index), finishMessage: draft.finishMessage
            )
        }
        return response(candidates, usage(tokens: drafts.reduce(0) { $0 + $1.tokens }, isLast: true))
    }

    /// The events of a stream, in order.
    var events: [GenerateContentResponse] {
        var events: [GenerateContentResponse] = []
        if let thoughtText {
            // Nothing is counted yet but the prompt.
            let thought = Candidate(
                parts: [OutputPart(.text(thoughtText), isThought: true)], index: traits.isSince25 ? 0 : nil
            )
            events.append(response([thought], UsageMetadata(prompt: prompt, serviceTier: serviceTier)))
        }
        var earlier = 0
        for (index, draft) in drafts.enumerated() {
            for (candidate, tokens) in candidates(of: draft, index: self.index(of: index)) {
                let isLast = candidate.finishReason != nil && index == drafts.count - 1
                events.append(response([candidate], usage(tokens: earlier + tokens, isLast: isLast)))
            }
            earlier += draft.tokens
        }
        return events
    }

    /// The pieces of one candidate, each with the tokens of all up to there. The last one has the finish reason.
    private func candidates(of draft: Draft, index: Int?) -> [(Candidate, tokens: Int)] {
        var pieces: [(Candidate, tokens: Int)] = []
        switch draft.part?.data {
        case .text(let text):
            let texts = StreamSplitter.pieces(of: text)
            for (piece, tokens) in zip(texts, TextTokens.runningCounts(texts)) {
                pieces.append(
                    (Candidate(parts: [OutputPart(.text(piece))], index: index), min(tokens, draft.tokens)))
            }
            // Gemini 3 sends its signature with an empty text at the end.
            if let signature = draft.part?.thoughtSignature {
                pieces.append((empty(signature, index), draft.tokens))
            }
        case .functionCall:
            pieces = draft.part.map { [(Candidate(parts: [$0], index: index), draft.tokens)] } ?? []
            // Recorded: Gemini 3 finishes a call with an empty text, and without a finishMessage.
            if traits.era == .three { pieces.append((empty(nil, index), draft.tokens)) }
        case nil: break
        }
        if pieces.isEmpty { pieces = [(Candidate(parts: [], index: index), draft.tokens)] }
        let last = pieces.count - 1
        pieces[last].0.finishReason = draft.finishReason
        if traits.era == .twoFive { pieces[last].0.finishMessage = draft.finishMessage }
        pieces[last].tokens = draft.tokens
        return pieces
    }

    private func empty(_ signature: String?, _ index: Int?) -> Candidate {
        Candidate(parts: [OutputPart(.text(""), thoughtSignature: signature)], index: index)
    }

    private func index(of candidate: Int) -> Int? { traits.isSince25 || drafts.count > 1 ? candidate : nil }

    private func usage(tokens: Int, isLast: Bool) -> UsageMetadata {
        let tellsCandidates = isLast || traits.isSince25
        return UsageMetadata(
            prompt: prompt, candidates: tellsCandidates && !isExhausted ? tokens : nil,
            candidatesDetails: isLast && traits.tellsLogprobs ? [ModalityTokenCount(.text, tokens)] : nil,
            thoughts: thoughts, serviceTier: serviceTier
        )
    }

    private func response(_ candidates: [Candidate], _ usage: UsageMetadata) -> GenerateContentResponse {
        GenerateContentResponse(
            candidates: candidates, usage: usage, modelVersion: traits.version, responseID: responseID
        )
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
