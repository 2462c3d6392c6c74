// SPDX-License-Identifier: Apache-2.0

/// Which model is asked.
struct ModelMatcher: Matcher {
    let name = "model"
    private let globs: [Glob]

    init(models: [String]) { globs = models.map { Glob($0) } }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let model = request.model
        if let model, globs.contains(where: { $0.matches(model) }) { return nil }
        return Miss { details(model) }
    }

    private func details(_ model: String?) -> Miss.Details {
        let patterns = globs.map(\.pattern)
        return Miss.Details(
            distance: model.map { Likeness.distance($0, nearestOf: patterns) } ?? 1,
            expected: Quoted.choice(patterns), got: model ?? "no model")
    }
}
