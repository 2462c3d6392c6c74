// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// How a turn's stream comes, as a scenario wants it.
struct InteractionDelivery {
    /// How texts are cut; nil for as usual.
    private(set) var chunks: StreamChunks?
    /// Tokens a second; nil for as fast as any.
    private(set) var rate: Double?

    init(_ script: ScriptedReply? = nil) {
        switch script {
        case .answer(let answer, let overrides):
            rate = overrides.tokensPerSecond
            // Parts come as they stand.
            if case .parts = answer.said { return }
            chunks = answer.chunks
        case .builtIn(let overrides): rate = overrides.tokensPerSecond
        default: return
        }
    }

    /// How long the events are waited for.
    func pace(of events: [InteractionEvent]) -> StreamPace? {
        guard let rate, rate > 0 else { return nil }
        return StreamPace(tokens: events.map(InteractionDelivery.tokens), rate: rate)
    }

    /// Each delta is counted by itself, so that pieces of words count a little more than within their text.
    private static func tokens(of event: InteractionEvent) -> Int {
        guard case .stepDelta(_, let delta, _) = event else { return 0 }
        return switch delta {
        case .text(let text), .thoughtSummary(let text), .arguments(let text): TextTokens.count(text)
        case .thoughtSignature: 0
        }
    }
}
