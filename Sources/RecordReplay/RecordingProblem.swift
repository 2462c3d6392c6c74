// SPDX-License-Identifier: Apache-2.0

/// Something in a recording that its owner should know.
public struct RecordingProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Severity: Sendable, Hashable {
        /// The recording can't be used.
        case error
        /// It can be used, but something isn't as it should be.
        case warning
    }

    public let severity: Severity
    /// As it was given.
    public let file: String
    /// From 1; a column is a Unicode scalar. Nil where it isn't about a place in a text.
    public let place: Place?
    public let message: String
    /// What may have been meant.
    public let suggestion: String?

    public struct Place: Sendable, Hashable {
        public let line: Int
        public let column: Int
    }

    init(
        _ severity: Severity = .error, file: String, at place: Place? = nil, _ message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.place = place
        self.message = message
        self.suggestion = suggestion
    }

    /// `file:line:column: what is wrong (did you mean …?)`; a warning says so.
    public var description: String {
        "\(file):\(place.map { "\($0.line):\($0.column):" } ?? "") \(severity == .warning ? "warning: " : "")"
            + message + (suggestion.map { " (did you mean \($0)?)" } ?? "")
    }
}

/// All that is wrong with a recording that was to be used.
public struct RecordingProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the order of the text.
    public let problems: [RecordingProblem]

    /// Each on a line of its own.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
