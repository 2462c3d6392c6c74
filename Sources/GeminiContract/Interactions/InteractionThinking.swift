// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How a turn asks to think: `thinking_level` and `thinking_summaries` (INTERACTIONS 2).
struct InteractionThinking {
    /// `minimal` left no thought tokens (seen).
    let isOff: Bool
    let isSummed: Bool

    /// - Throws: `APIError` where the model doesn't take the level.
    init(_ config: JSONView?, agent: JSONView?, _ actor: InteractionActor) throws(APIError) {
        let level = config?["thinking_level"]?.string
        isOff = level == "minimal"
        isSummed = (config?["thinking_summaries"] ?? agent?["thinking_summaries"])?.string == "auto"
        // Seen 2026-08-19 with these three left over; that it was a Pro model is assumed.
        if case .model(let name) = actor, isOff, name.contains("-pro") {
            throw .thinkingLevel("minimal", allowed: ["medium", "low", "high"])
        }
    }
}
