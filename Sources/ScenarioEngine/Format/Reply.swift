// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// What is answered once: a `ScriptedReply` whose texts are still to be filled in.
struct Reply: Sendable, Equatable {
    var content: Content
    /// What states become with it.
    var states: [StateValue] = []
    /// When it comes, and in which pieces.
    var wire: WireOptions?
    /// What is broken, in order.
    var faults: [FaultSetting] = []

    /// Whether nothing becomes of it on the wire.
    var isPlain: Bool { wire == nil && faults.isEmpty }

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
    /// Whether it can be a stream.
    var mayStream: Bool {
        switch self {
        case .made, .builtIn, .interaction: true
        case .body(_, let status): status == 200
        case .error, .file: false
        }
    }

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
