// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What a scenario has one request answered with, its texts filled in.
public enum ScriptedReply: Sendable, Equatable {
    /// An answer of the model, made from its parts.
    case answer(ScriptedAnswer, AnswerOverrides)
    /// What would be answered without a scenario.
    case builtIn(AnswerOverrides)
    /// How the file that is being uploaded will fare.
    case file(FileFate)
    /// How the turn of the Interactions API ends.
    case interaction(InteractionFate)
    /// A whole body.
    case body(JSON, status: Int)
    case error(NamedError)
}

/// What a model is to say.
public struct ScriptedAnswer: Sendable, Equatable {
    public var thought: String?
    public var said: Said?
    /// More than one is called in parallel.
    public var calls: [ScriptedCall]
    public var chunks: StreamChunks?

    public enum Said: Sendable, Equatable {
        case text(String)
        /// A text that is this value as JSON.
        case json(JSON)
        /// As they go into the answer.
        case parts([JSON])
    }

    public init(
        thought: String? = nil, said: Said? = nil, calls: [ScriptedCall] = [], chunks: StreamChunks? = nil
    ) {
        self.thought = thought
        self.said = said
        self.calls = calls
        self.chunks = chunks
    }
}

/// A function that the model is to call.
public struct ScriptedCall: Sendable, Equatable {
    public var name: String
    public var arguments: JSON

    public init(name: String, arguments: JSON) {
        self.name = name
        self.arguments = arguments
    }
}

/// How a stream cuts the text.
public enum StreamChunks: Sendable, Equatable {
    /// Into so many pieces.
    case count(Int)
    /// Into pieces of so many characters.
    case size(Int)
    /// Into these; joined they are the text.
    case pieces([String])
}

/// What differs from a usual answer.
public struct AnswerOverrides: Sendable, Equatable {
    /// Any word: clients must live with new ones.
    public var finishReason: String?
    /// Members of `usageMetadata`, each in the place of its own value.
    public var usage: [JSON.Member]
    public var safetyRatings: JSON?
    public var promptFeedback: JSON?
    /// Whether there are no candidates at all.
    public var hasNoCandidates: Bool
    /// How fast a stream comes.
    public var tokensPerSecond: Double?

    public init(
        finishReason: String? = nil, usage: [JSON.Member] = [], safetyRatings: JSON? = nil,
        promptFeedback: JSON? = nil, hasNoCandidates: Bool = false, tokensPerSecond: Double? = nil
    ) {
        self.finishReason = finishReason
        self.usage = usage
        self.safetyRatings = safetyRatings
        self.promptFeedback = promptFeedback
        self.hasNoCandidates = hasNoCandidates
        self.tokensPerSecond = tokensPerSecond
    }
}

/// How a file that is uploaded fares, films too: without processing it is at its end at once. While it is processed, polls
/// are the requests for this one file, and lists aren't. After a restart all that is known of it is its end.
public struct FileFate: Sendable, Equatable {
    public enum End: String, Sendable, CaseIterable {
        case active = "ACTIVE"
        case failed = "FAILED"
        case expired = "EXPIRED"
    }

    public enum Processing: Sendable, Equatable {
        case time(Duration)
        /// So many times the file is asked for.
        case polls(Int)
    }

    public var processing: Processing?
    public var end: End
    /// What a failed file tells.
    public var error: String?

    public init(processing: Processing? = nil, end: End = .active, error: String? = nil) {
        self.processing = processing
        self.end = end
        self.error = error
    }
}

/// How a turn of the Interactions API ends.
public struct InteractionFate: Sendable, Equatable {
    /// As the API spells it.
    public var status: String
    public var text: String?
    public var calls: [ScriptedCall]
    /// How long it takes in the background.
    public var runLength: Duration?

    public init(
        status: String, text: String? = nil, calls: [ScriptedCall] = [], runLength: Duration? = nil
    ) {
        self.status = status
        self.text = text
        self.calls = calls
        self.runLength = runLength
    }
}
