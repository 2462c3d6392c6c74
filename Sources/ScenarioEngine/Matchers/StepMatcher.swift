// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Which step of an upload it is.
struct StepMatcher: Matcher {
    let name = "step"
    let steps: [String]

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let step = request.step?.rawValue
        return steps.contains { $0 == step } ? nil : Miss { details(step) }
    }

    private func details(_ step: String?) -> Miss.Details {
        Miss.Details(distance: 1, expected: Quoted.choice(steps), got: step ?? "no upload")
    }
}
