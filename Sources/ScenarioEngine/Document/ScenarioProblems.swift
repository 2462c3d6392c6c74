// SPDX-License-Identifier: Apache-2.0

/// All that is wrong with something that was to be read: a scenario, a condition on requests, a fault.
public struct ScenarioProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the order of the text.
    public let problems: [ScenarioProblem]

    /// Each on a line of its own.
    public var description: String { problems.map(\.description).joined(separator: "\n") }

    init(_ problems: [ScenarioProblem]) {
        self.problems = problems
    }

    /// Of something that has no place in a text.
    init(_ message: String, in file: String) {
        self.init([ScenarioProblem(file: file, at: .start, message)])
    }
}
