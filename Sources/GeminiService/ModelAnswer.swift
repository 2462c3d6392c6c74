// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What is answered to one request, whoever makes it up: the fake itself or a scenario.
///
/// Made once for a request; `whole` and `events` are two ways to send it.
struct ModelAnswer {
    /// One candidate before it is cut into events.
    struct Draft {
        /// Nothing, texts, calls.
        var parts: [OutputPart] = []
        var tokens: Int
        var finishReason: String
        var finishMessage: String?
        /// Whether nothing of it is shown.
        var isWithheld = false
        var safetyRatings: JSON?
        /// How a stream cuts its text.
        var chunks: StreamChunks?
    }

    let traits: ModelTraits
    let prompt: [ModalityTokenCount]
    private let serviceTier: String
    private let responseID: String
    private let avgLogprobs: Double?
    var thoughts: Int?
    var thoughtText: String?
    /// Whether nothing of the answer is counted: thinking has used up the limit, or nothing is shown.
    var isUncounted = false
    /// None where the prompt is blocked.
    var drafts: [Draft] = []
    var promptFeedback: JSON?
    /// What the usage tells instead, once it is final.
    var usageOverrides: [JSON.Member] = []
    /// How fast a stream comes; nil for as fast as any.
    var tokensPerSecond: Double?

    /// An answer that says nothing yet.
    ///
    /// - Parameters:
    ///   - media: the request's.
    ///   - generator: from the server's seed and the request's bytes.
    init(
        to request: GenerateContentRequest, media: RequestMedia, traits: ModelTraits, serviceTier: String,
        _ generator: inout SeededGenerator
    ) {
        self.traits = traits
        self.serviceTier = serviceTier
        prompt = TokenCounter.count(
            contents: request.newContents, systemInstruction: request.systemInstruction, tools: request.tools,
            media: media, traits: traits
        )
        // 16 bytes: 22 characters of URL-safe base64, as in recordings.
        responseID = Base64Encoding.urlSafe(generator.bytes(16))
        avgLogprobs = traits.tellsLogprobs ? -Double(generator.next() % 100_000) / 1_000_000 : nil
    }

    /// An answer, made up by whom `script` says.
    ///
    /// - Parameters:
    ///   - model: the name that was asked for.
    ///   - seed: from the server's seed and the request's bytes.
    static func make(
        to request: GenerateContentRequest, media: RequestMedia, traits: ModelTraits, model: String,
        serviceTier: String, seed: UInt64, script: ScriptedReply? = nil
    ) -> ModelAnswer {
        var generator = SeededGenerator(seed: seed)
        var answer = ModelAnswer(
            to: request, media: media, traits: traits, serviceTier: serviceTier, &generator)
        if case .answer(let scripted, let overrides) = script {
            answer.say(scripted, to: request, &generator)
            answer.apply(overrides, to: request, isBuiltIn: false)
            return answer
        }
        answer = BuiltInAnswer(answer, to: request, media: media, model: model, &generator).answer
        if case .builtIn(let overrides) = script { answer.apply(overrides, to: request, isBuiltIn: true) }
        return answer
    }

    var promptTokens: Int { prompt.total }

    /// How long is usually thought, in tokens.
    static func usualThoughts(_ config: GenerationConfig, _ generator: inout SeededGenerator) -> Int {
        let usual = 24 + Int(generator.next() % 40)
        return min(usual, config.thinkingBudget.flatMap { $0 > 0 ? $0 : nil } ?? usual)
    }

    /// What an answer with calls says of itself (CORE 4.3).
    var callMessage: String? { traits.isSince25 ? "Model generated function call(s)." : nil }

    // MARK: Sending

    /// The one answer of generateContent.
    var whole: GenerateContentResponse {
        var thoughtParts: [OutputPart] = []
        if let thoughtText { thoughtParts = [OutputPart(.text(thoughtText), isThought: true)] }
        let candidates = drafts.enumerated().map { index, draft in
            Candidate(
                parts: thoughtParts.isEmpty ? draft.parts : thoughtParts + draft.parts,
                isWithheld: draft.isWithheld, finishReason: draft.finishReason,
                avgLogprobs: draft.isWithheld ? nil : avgLogprobs, index: self.index(of: index),
                safetyRatings: draft.safetyRatings, finishMessage: draft.finishMessage
            )
        }
        return response(
            candidates, promptFeedback, usage(tokens: drafts.reduce(0) { $0 + $1.tokens }, isLast: true))
    }

    /// The events of a stream, in order.
    var events: [GenerateContentResponse] {
        // A blocked prompt is told in one.
        guard !drafts.isEmpty else { return [whole] }
        var events: [GenerateContentResponse] = []
        if let thoughtText {
            // Nothing is counted yet but the prompt.
            let thought = Candidate(
                parts: [OutputPart(.text(thoughtText), isThought: true)], index: traits.isSince25 ? 0 : nil
            )
            events.append(response([thought], nil, UsageMetadata(prompt: prompt, serviceTier: serviceTier)))
        }
        var earlier = 0
        for (index, draft) in drafts.enumerated() {
            for (candidate, tokens) in candidates(of: draft, index: self.index(of: index)) {
                let isLast = candidate.finishReason != nil && index == drafts.count - 1
                events.append(response([candidate], nil, usage(tokens: earlier + tokens, isLast: isLast)))
            }
            earlier += draft.tokens
        }
        if promptFeedback != nil { events[0].promptFeedback = promptFeedback }
        return events
    }

    /// How many tokens each of the events brings.
    var eventTokens: [Int] {
        guard !drafts.isEmpty else { return [0] }
        var counts = thoughtText == nil ? [] : [thoughts ?? 0]
        for draft in drafts {
            var earlier = 0
            for (_, tokens) in candidates(of: draft, index: nil) {
                counts.append(max(0, tokens - earlier))
                earlier = tokens
            }
        }
        return counts
    }

    /// The pieces of one candidate, each with the tokens of all up to there. The last one has the finish reason.
    private func candidates(of draft: Draft, index: Int?) -> [(Candidate, tokens: Int)] {
        var pieces: [(Candidate, tokens: Int)] = []
        var earlier = 0
        for (number, part) in draft.parts.enumerated() {
            let isLast = number == draft.parts.count - 1
            switch part.data {
            case .text(let text):
                let texts = StreamSplitter.pieces(of: text, draft.chunks)
                for (piece, tokens) in zip(texts, TextTokens.runningCounts(texts)) {
                    let count = min(earlier + tokens, draft.tokens)
                    pieces.append((Candidate(parts: [OutputPart(.text(piece))], index: index), count))
                }
                // Gemini 3 sends its signature with an empty text at the end.
                if let signature = part.thoughtSignature {
                    pieces.append((empty(signature, index), pieces.last?.tokens ?? draft.tokens))
                }
            case .functionCall, .given:
                let count = isLast ? draft.tokens : earlier + count(of: part)
                pieces.append((Candidate(parts: [part], index: index), count))
                // Recorded: Gemini 3 finishes a call with an empty text, and without a finishMessage.
                if isLast, traits.era == .three, case .functionCall = part.data {
                    pieces.append((empty(nil, index), draft.tokens))
                }
            }
            earlier = pieces.last?.tokens ?? earlier
        }
        if pieces.isEmpty {
            pieces = [(Candidate(parts: [], isWithheld: draft.isWithheld, index: index), draft.tokens)]
        }
        let last = pieces.count - 1
        pieces[last].0.finishReason = draft.finishReason
        pieces[last].0.safetyRatings = draft.safetyRatings
        if traits.era == .twoFive || draft.isWithheld { pieces[last].0.finishMessage = draft.finishMessage }
        pieces[last].tokens = draft.tokens
        return pieces
    }

    private func empty(_ signature: String?, _ index: Int?) -> Candidate {
        Candidate(parts: [OutputPart(.text(""), thoughtSignature: signature)], index: index)
    }

    private func index(of candidate: Int) -> Int? { traits.isSince25 || drafts.count > 1 ? candidate : nil }

    private func usage(tokens: Int, isLast: Bool) -> UsageMetadata {
        let tellsCandidates = (isLast || traits.isSince25) && !isUncounted
        var usage = UsageMetadata(
            prompt: prompt, candidates: tellsCandidates ? tokens : nil,
            candidatesDetails: isLast && tellsCandidates && traits.tellsLogprobs
                ? [ModalityTokenCount(.text, tokens)] : nil,
            thoughts: thoughts, serviceTier: serviceTier
        )
        if isLast { usage.overrides = usageOverrides }
        return usage
    }

    private func response(
        _ candidates: [Candidate], _ promptFeedback: JSON?, _ usage: UsageMetadata
    ) -> GenerateContentResponse {
        GenerateContentResponse(
            candidates: candidates, promptFeedback: promptFeedback, usage: usage,
            modelVersion: traits.version, responseID: responseID
        )
    }
}
