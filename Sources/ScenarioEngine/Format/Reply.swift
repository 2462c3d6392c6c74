// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is answered once.
struct Reply: Sendable, Equatable {
    var content: Content
    /// What states become with it.
    var states: [StateValue] = []

    enum Content: Sendable, Equatable {
        /// An answer of the model, made from its parts.
        case made(MadeAnswer, AnswerOverrides)
        /// What would have been answered without a scenario.
        case builtIn(AnswerOverrides)
        /// A whole body.
        case body(JSON, status: Int)
        case error(NamedError)
        case file(FileReply)
        case interaction(InteractionReply)
    }
}

/// What a model says.
struct MadeAnswer: Sendable, Equatable {
    var thought: Template?
    var said: Said?
    var calls: [FunctionCall] = []
    var chunks: Chunks?

    enum Said: Sendable, Equatable {
        case text(Template)
        /// A text that is this value as JSON.
        case json(JSON)
        /// As they go into the answer.
        case parts([JSON])
    }

    struct FunctionCall: Sendable, Equatable {
        var name: String
        var arguments: JSON
    }

    /// How a stream cuts the text.
    enum Chunks: Sendable, Equatable {
        /// Into so many pieces.
        case count(Int)
        /// Into pieces of so many characters.
        case size(Int)
        /// Into these; joined they are the text.
        case pieces([String])
    }
}

/// What differs from a usual answer.
struct AnswerOverrides: Sendable, Equatable {
    /// Any word: clients must live with new ones.
    var finishReason: String?
    var usage: [JSON.Member] = []
    var safetyRatings: JSON?
    var promptFeedback: JSON?
    /// Whether there are no candidates at all.
    var hasNoCandidates = false
    var tokensPerSecond: Double?
}

/// A refusal of the catalogue, with what is to differ.
struct NamedError: Sendable, Equatable {
    var name: String
    var message: String?
    var retryDelay: Duration?
}

/// How a file that is uploaded fares.
struct FileReply: Sendable, Equatable {
    enum End: String, Sendable, CaseIterable {
        case active = "ACTIVE"
        case failed = "FAILED"
        case expired = "EXPIRED"
    }

    enum Processing: Sendable, Equatable {
        case time(Duration)
        /// So many times the file is asked for.
        case polls(Int)
    }

    var processing: Processing?
    var end = End.active
    /// What a failed file tells.
    var error: String?
}

/// How a turn of the Interactions API ends.
struct InteractionReply: Sendable, Equatable {
    var status: String
    var text: Template?
    var calls: [MadeAnswer.FunctionCall] = []
    /// How long it takes in the background.
    var runLength: Duration?
}
