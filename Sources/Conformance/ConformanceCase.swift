// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One question to a client: how the server behaves, what the client is to do, and by what it is judged.
public struct ConformanceCase: Sendable {
    public let id: CaseID
    /// What a right client does, in a line.
    public let title: String
    public let severity: Severity
    /// Who says that a client is to do so: a standard, the service's documentation, a report.
    public let source: String
    /// Why it is asked and what goes wrong without it; nil where the title tells.
    public let why: String?
    /// What a client must be able to do to be asked at all, such as `upload`.
    public let needs: [String]
    /// How long a client may take for all of it.
    public let budget: Duration
    /// Whether the outcome hangs on how fast machine and client are.
    public let isTimed: Bool
    /// Bytes of the answers that the case is about, to be shown in the wire log; nil where there are none.
    public let mark: String?
    /// What the server does: the text of a scenario, without its name.
    package let server: LocatedJSON
    /// The file that the case stands in.
    package let file: String
    /// What to make on disk before the client is started.
    public let files: [TaskFile]
    /// What the client is to do, one after the other.
    public let steps: [TaskStep]
    package let checks: [Check]

    /// What a client is to do, for people: `stream, text “Count to three.”`.
    public var instructions: String {
        steps.map { step in
            let parameters = step.parameters.map { "\($0.name) \(ValueText.text($0.value))" }
            return ([step.verb.rawValue] + parameters).joined(separator: ", ")
        }.joined(separator: "; then ")
    }

    /// The names of its checks, each its own within the case.
    public var checkNames: [String] { checks.map(\.name) }

    /// A file that a client is to upload.
    public struct TaskFile: Sendable, Equatable {
        /// What the case calls it.
        public let name: String
        /// What it is called on disk; may have any characters but a slash.
        public let fileName: String
        /// How many bytes it has.
        public let size: Int
        /// What stands in it, again and again; nil where it has a hole instead of content, which takes no room.
        public let content: [UInt8]?
        /// How many bytes are left of it once the client has sent its first request; nil for all.
        public let shrinksTo: Int?
    }
}

/// Cases that belong together.
public struct ConformanceSuite: Sendable {
    /// What the ids of its cases begin with.
    public let name: String
    /// What it is about.
    public let title: String
    public let cases: [ConformanceCase]
}
