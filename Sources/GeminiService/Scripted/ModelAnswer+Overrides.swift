// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

extension ModelAnswer {
    /// Reasons with which nothing of an answer is shown. Recorded of `SAFETY`, reported of `RECITATION` and
    /// `MALFORMED_FUNCTION_CALL` (`"content": {}`); of the others assumed.
    private static let withholding: Set = [
        "SAFETY", "RECITATION", "LANGUAGE", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
        "MALFORMED_FUNCTION_CALL", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_OTHER", "NO_IMAGE",
        "IMAGE_RECITATION", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE",
        "MALFORMED_RESPONSE",
    ]

    /// How an answer was rated that was withheld (recorded of 1.5, its order of members assumed).
    private static let unsafeRatings: JSON = [
        [
            "category": "HARM_CATEGORY_HATE_SPEECH", "probability": "LOW", "blocked": true,
        ],
        ["category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "NEGLIGIBLE"],
        ["category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"],
        ["category": "HARM_CATEGORY_SEXUALLY_EXPLICIT", "probability": "NEGLIGIBLE"],
    ]

    /// Makes the answer differ as a scenario wants it.
    ///
    /// - Parameter isBuiltIn: whether nobody has said what is to be answered. Then an answer that the real service would
    ///   withhold is withheld; what a scenario dictates is shown in any case.
    mutating func apply(_ overrides: AnswerOverrides, to request: GenerateContentRequest, isBuiltIn: Bool) {
        usageOverrides = overrides.usage
        tokensPerSecond = overrides.tokensPerSecond
        if let reason = overrides.finishReason {
            finish(reason, isWithheld: isBuiltIn && ModelAnswer.withholding.contains(reason), request)
        }
        if let ratings = overrides.safetyRatings {
            for at in drafts.indices { drafts[at].safetyRatings = ratings }
        }
        promptFeedback = overrides.promptFeedback
        let isBlocked = isBuiltIn && promptFeedback?["blockReason"] != nil
        if isBlocked || overrides.hasNoCandidates {
            drafts = []
            showNothing()
        }
    }

    private mutating func finish(_ reason: String, isWithheld: Bool, _ request: GenerateContentRequest) {
        for at in drafts.indices {
            drafts[at].finishReason = reason
            // "Model generated function call(s)." was seen with STOP alone.
            if reason != "STOP" { drafts[at].finishMessage = nil }
            guard isWithheld else { continue }
            drafts[at] = Draft(tokens: 0, finishReason: reason, isWithheld: true)
            if reason == "MALFORMED_FUNCTION_CALL" { drafts[at].finishMessage = malformedMessage(request) }
            if reason == "SAFETY" { drafts[at].safetyRatings = ModelAnswer.unsafeRatings }
        }
        if isWithheld { showNothing() }
    }

    /// Reported: nothing but the prompt is counted then.
    private mutating func showNothing() {
        (thoughtText, thoughts, isUncounted) = (nil, nil, true)
    }

    /// Reported since 2.5, with the call as the model wrote it behind the colon; 2.0 said nothing.
    private func malformedMessage(_ request: GenerateContentRequest) -> String? {
        guard traits.isSince25 else { return nil }
        let name = FunctionChoice.function(for: request)?.name
        return "Malformed function call" + (name.map { ": call:default_api:\($0){" } ?? "")
    }
}
