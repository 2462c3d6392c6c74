// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a file that people write: a suite, a client, known failures.
public struct CaseProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: String
    /// Both from 1; a column is a Unicode scalar.
    public let line: Int
    public let column: Int
    public let message: String
    /// What the author may have meant, where something is near enough.
    public let suggestion: String?

    /// `file:line:column: what is wrong (did you mean …?)`.
    public var description: String {
        "\(file):\(line):\(column): \(message)" + (suggestion.map { " (did you mean \($0)?)" } ?? "")
    }
}

/// All that is wrong with a file.
public struct CaseProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the order of the text.
    public let problems: [CaseProblem]

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
