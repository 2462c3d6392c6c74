// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Something in a scenario file that its author should know.
public struct ScenarioProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Severity: Sendable, Hashable {
        /// The file can't be used.
        case error
        /// The file can be used, but hardly does what is meant.
        case warning
    }

    public let severity: Severity
    /// As it was given.
    public let file: String
    /// Both from 1; a column is a Unicode scalar.
    public let line: Int
    public let column: Int
    public let message: String
    /// What the author may have meant, where something is near enough.
    public let suggestion: String?

    init(
        _ severity: Severity = .error, file: String, at place: TextPlace, _ message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = place.line
        self.column = place.column
        self.message = message
        self.suggestion = suggestion
    }

    /// `file:line:column: what is wrong (did you mean …?)`; a warning says so.
    public var description: String {
        "\(file):\(line):\(column): \(severity == .warning ? "warning: " : "")\(message)"
            + (suggestion.map { " (did you mean \($0)?)" } ?? "")
    }
}
