// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

extension InteractionFate {
    private var saysNothing: Bool { text == nil && calls.isEmpty }

    /// What the model says in it; nil for what it would say without a scenario: a turn that is completed says something.
    var reply: ScriptedReply? {
        if saysNothing, status == InteractionStatus.completed.rawValue { return nil }
        let said = text.map { ScriptedAnswer.Said.text($0) }
        return .answer(ScriptedAnswer(said: said, calls: calls), AnswerOverrides())
    }

    /// Makes a turn end as a scenario wants it.
    func decide(_ outcome: inout Interaction, _ generator: inout SeededGenerator) {
        guard let status = InteractionStatus(rawValue: status) else { return }
        outcome.status = status
        switch status {
        case .queued, .inProgress, .cancelled:
            if saysNothing { outcome.steps = [] }
        case .failed:
            if saysNothing { outcome.steps = [] }
            outcome.usage = nil
            outcome.failure = .internalError
        case .requiresContinuation:
            outcome.continuationToken = Base64Encoding.urlSafe(generator.bytes(24))
        case .requiresAction, .completed, .incomplete, .budgetExceeded: break
        }
    }
}
