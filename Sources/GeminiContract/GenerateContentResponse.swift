// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One answer of generateContent, or one event of a stream. Members are written in the recorded order (CORE 4.3).
public struct GenerateContentResponse: Sendable, Equatable {
    /// Left out where there are none, like every empty list (CORE 4.3: a blocked prompt).
    public var candidates: [Candidate]
    /// What is told of the prompt: why it is blocked, how it is rated.
    public var promptFeedback: JSON?
    public var usage: UsageMetadata
    public var modelVersion: String
    public var responseID: String

    public init(
        candidates: [Candidate], promptFeedback: JSON? = nil, usage: UsageMetadata, modelVersion: String,
        responseID: String
    ) {
        self.candidates = candidates
        self.promptFeedback = promptFeedback
        self.usage = usage
        self.modelVersion = modelVersion
        self.responseID = responseID
    }

    public func bytes(_ style: JSONStyle) -> [UInt8] {
        var writer = JSONWriter(style)
        writer.object { writer in
            if !candidates.isEmpty {
                writer.key("candidates")
                writer.array { writer in
                    for candidate in candidates { candidate.write(to: &writer) }
                }
            }
            // In the candidates' place where there are none (CORE 4.3, seen); behind them is assumed.
            if let promptFeedback { writer.member("promptFeedback", promptFeedback) }
            writer.key("usageMetadata")
            usage.write(to: &writer)
            writer.member("modelVersion", modelVersion)
            writer.member("responseId", responseID)
        }
        return writer.bytes
    }
}

/// One of the answers that were asked for.
public struct Candidate: Sendable, Equatable {
    public var parts: [OutputPart]
    /// Whether nothing of it is shown: then the content has no role either. Recorded of 1.5 with `SAFETY`, reported of
    /// 2.0 to 3.1 with `MALFORMED_FUNCTION_CALL` and `RECITATION`.
    public var isWithheld: Bool
    public var finishReason: String?
    public var avgLogprobs: Double?
    /// Left out for single candidates by models before 2.5 (CORE 4.3).
    public var index: Int?
    /// No longer sent by default; its place is assumed.
    public var safetyRatings: JSON?
    public var finishMessage: String?

    public init(
        parts: [OutputPart], isWithheld: Bool = false, finishReason: String? = nil,
        avgLogprobs: Double? = nil, index: Int? = nil, safetyRatings: JSON? = nil,
        finishMessage: String? = nil
    ) {
        self.parts = parts
        self.isWithheld = isWithheld
        self.finishReason = finishReason
        self.avgLogprobs = avgLogprobs
        self.index = index
        self.safetyRatings = safetyRatings
        self.finishMessage = finishMessage
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("content")
            writer.object { writer in
                // Nothing but thoughts within the limit: a content without parts (CORE 4.3).
                if !parts.isEmpty {
                    writer.key("parts")
                    writer.array { writer in
                        for part in parts { part.write(to: &writer) }
                    }
                }
                if !isWithheld { writer.member("role", "model") }
            }
            if let finishReason { writer.member("finishReason", finishReason) }
            if let avgLogprobs { writer.member("avgLogprobs", avgLogprobs) }
            if let index { writer.member("index", index) }
            if let safetyRatings { writer.member("safetyRatings", safetyRatings) }
            if let finishMessage { writer.member("finishMessage", finishMessage) }
        }
    }
}

/// A piece of an answer.
public struct OutputPart: Sendable, Equatable {
    public enum Data: Sendable, Equatable {
        case text(String)
        case functionCall(name: String, arguments: JSON, id: String?)
        /// A whole part, written as it stands.
        case given(JSON)
    }

    public var data: Data
    public var isThought: Bool
    /// Base64, standard alphabet.
    public var thoughtSignature: String?

    public init(_ data: Data, isThought: Bool = false, thoughtSignature: String? = nil) {
        self.data = data
        self.isThought = isThought
        self.thoughtSignature = thoughtSignature
    }

    func write(to writer: inout JSONWriter) {
        if case .given(let part) = data { return writer.value(part) }
        writer.object { writer in
            switch data {
            case .given: break
            case .text(let text): writer.member("text", text)
            case .functionCall(let name, let arguments, let id):
                writer.key("functionCall")
                writer.object { writer in
                    writer.member("name", name)
                    writer.member("args", arguments)
                    if let id { writer.member("id", id) }
                }
            }
            if isThought { writer.member("thought", true) }
            if let thoughtSignature { writer.member("thoughtSignature", thoughtSignature) }
        }
    }
}

/// A kind of input or output.
public enum Modality: String, Sendable, CaseIterable {
    case text = "TEXT"
    case image = "IMAGE"
    case video = "VIDEO"
    case audio = "AUDIO"
    case document = "DOCUMENT"
}

/// How many tokens of one kind.
public struct ModalityTokenCount: Sendable, Equatable {
    public var modality: Modality
    public var tokenCount: Int

    public init(_ modality: Modality, _ tokenCount: Int) {
        self.modality = modality
        self.tokenCount = tokenCount
    }
}

extension [ModalityTokenCount] {
    public var total: Int { reduce(0) { $0 + $1.tokenCount } }

    public func write(to writer: inout JSONWriter) {
        writer.array { writer in
            for count in self {
                writer.object { writer in
                    writer.member("modality", count.modality.rawValue)
                    writer.member("tokenCount", count.tokenCount)
                }
            }
        }
    }
}

/// What a request and its answer cost, in tokens.
public struct UsageMetadata: Sendable, Equatable {
    public var prompt: [ModalityTokenCount]
    /// Nil as long as nothing of the answer has been counted.
    public var candidates: Int?
    /// Models before 2.5 tell the answer's kinds too (CORE 4.3).
    public var candidatesDetails: [ModalityTokenCount]?
    public var thoughts: Int?
    public var serviceTier: String?
    /// What is told instead of the above, and beside it.
    public var overrides: [JSON.Member] = []

    public init(
        prompt: [ModalityTokenCount], candidates: Int? = nil, candidatesDetails: [ModalityTokenCount]? = nil,
        thoughts: Int? = nil, serviceTier: String? = nil
    ) {
        self.prompt = prompt
        self.candidates = candidates
        self.candidatesDetails = candidatesDetails
        self.thoughts = thoughts
        self.serviceTier = serviceTier
    }

    /// Thoughts are counted beside the answer, not within it (CORE 4.3).
    public var total: Int { prompt.total + (candidates ?? 0) + (thoughts ?? 0) }

    func write(to writer: inout JSONWriter) {
        guard overrides.isEmpty else { return writer.value(overridden) }
        writeCounted(to: &writer)
    }

    private func writeCounted(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("promptTokenCount", prompt.total)
            if let candidates { writer.member("candidatesTokenCount", candidates) }
            writer.member("totalTokenCount", total)
            writer.key("promptTokensDetails")
            prompt.write(to: &writer)
            if let candidatesDetails {
                writer.key("candidatesTokensDetails")
                candidatesDetails.write(to: &writer)
            }
            if let thoughts { writer.member("thoughtsTokenCount", thoughts) }
            if let serviceTier { writer.member("serviceTier", serviceTier) }
        }
    }
}
