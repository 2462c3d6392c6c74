// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The problems of one file, as they are found. One decoder on one thread adds to it.
final class ProblemList {
    let file: String
    private let limit: Int
    private(set) var problems: [ScenarioProblem] = []
    /// What stands behind an alias is judged as often as it is used, and told once.
    private var known: Set<ScenarioProblem> = []

    init(file: String, limit: Int) {
        self.file = file
        self.limit = limit
    }

    /// Whether more than anybody reads were found.
    var isFull: Bool { problems.count >= limit }

    func add(
        _ place: TextPlace, _ message: String, suggestion: String? = nil,
        severity: ScenarioProblem.Severity = .error
    ) {
        let problem = ScenarioProblem(severity, file: file, at: place, message, suggestion: suggestion)
        guard !isFull, known.insert(problem).inserted else { return }
        problems.append(problem)
    }
}
