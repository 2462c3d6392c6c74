// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// What the user said last.
struct LastTextMatcher: Matcher {
    let name = "lastText"
    private let condition: TextCondition

    init(_ pattern: TextPattern) { condition = TextCondition(pattern) }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let text = request.conversation.lastText
        if let text, condition.fits(text, within: request.searches) { return nil }
        return Miss { condition.details(text, missing: "no text of the user") }
    }
}
