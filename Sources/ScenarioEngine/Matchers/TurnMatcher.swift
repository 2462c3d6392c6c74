// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// How many turns of the user there are.
struct TurnMatcher: Matcher {
    let name = "turn"
    let turns: Bounds<Int>

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let turn = request.conversation.turn
        // A request that is no part of a conversation has no turn, whatever the bounds are.
        return turn > 0 && turns.contains(turn) ? nil : Miss { details(turn) }
    }

    private func details(_ turn: Int) -> Miss.Details {
        Miss.Details(
            distance: turn > 0 ? turns.distance(turn) : 1, expected: "turn \(turns.words())",
            got: turn > 0 ? "turn \(turn)" : "no turn of a user")
    }
}
