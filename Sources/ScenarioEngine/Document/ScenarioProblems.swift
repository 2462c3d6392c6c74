// SPDX-License-Identifier: Apache-2.0

/// All that is wrong with something that was to be used: scenarios, a condition on requests, a fault.
public struct ScenarioProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the order of the text.
    public let problems: [ScenarioProblem]
    /// What has no place in a text: files that can't be read, limits.
    public let others: [String]

    /// Each a line.
    public var lines: [String] { problems.map(\.description) + others }

    /// Each on a line of its own.
    public var description: String { lines.joined(separator: "\n") }

    init(_ problems: [ScenarioProblem], others: [String] = []) {
        self.problems = problems
        self.others = others
    }

    /// - Parameter file: what to call what is wrong.
    init(_ message: String, in file: String) {
        self.init([], others: ["\(file): \(message)"])
    }
}
