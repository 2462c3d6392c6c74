// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// What is answered once: a `ScriptedReply` whose texts are still to be filled in.
struct Reply: Sendable, Equatable {
    var content: Content
    /// What states become with it.
    var states: [StateValue] = []

    enum Content: Sendable, Equatable {
        case made(MadeAnswer, AnswerOverrides)
        case builtIn(AnswerOverrides)
        case body(JSON, status: Int)
        case error(NamedError)
        case file(FileFate)
        case interaction(InteractionFate, text: Template?)
    }
}

/// What a model says.
struct MadeAnswer: Sendable, Equatable {
    var thought: Template?
    var said: Said?
    var calls: [ScriptedCall] = []
    var chunks: StreamChunks?

    enum Said: Sendable, Equatable {
        case text(Template)
        case json(JSON)
        case parts([JSON])
    }
}

extension Reply.Content {
    /// The methods that can answer so; nil where all can.
    var endpoints: [String]? {
        switch self {
        case .made: ScenarioVocabulary.speaking
        case .builtIn(let overrides): overrides == AnswerOverrides() ? nil : ScenarioVocabulary.speaking
        case .file: [ScenarioVocabulary.uploading]
        case .interaction: ["createInteraction"]
        case .body, .error: nil
        }
    }
}
