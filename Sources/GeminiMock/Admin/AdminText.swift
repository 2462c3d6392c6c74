// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import ScenarioEngine

/// How values are told in answers of the admin API.
enum AdminText {
    /// Nanoseconds since 1970, as RFC 3339 has it.
    static func time(_ nanoseconds: Int64) -> JSON { .string(Timestamp.text(nanoseconds, decimals: 9)) }

    /// What a client has sent, without credentials.
    static func sent(_ text: String?) -> JSON? { text.map { .string(Redactor().text($0)) } }

    static func list<Element>(_ elements: [Element], _ json: (Element) -> JSON) -> JSON {
        .array(elements.map(json))
    }

    /// An object of those members that have a value.
    static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
    }

    /// All that is wrong with something; a warning says that it is one.
    static func problems(_ problems: ScenarioProblems) -> JSON {
        .array(problems.problems.map { problem($0) } + problems.others.map { ["message": .string($0)] })
    }

    static func problem(_ problem: ScenarioProblem) -> JSON {
        object([
            "line": .int(problem.line), "column": .int(problem.column), "message": .string(problem.message),
            "suggestion": problem.suggestion.map { .string($0) },
            "severity": problem.severity == .warning ? "warning" : "error",
        ])
    }

    /// In whole days: `36600d`.
    static func days(_ duration: Duration) -> String { "\(duration.components.seconds / 86_400)d" }

    /// In seconds, with as many decimals as are needed: `172800s`, `-1.5s`.
    static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = attoseconds / 1_000_000_000
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        guard nanoseconds != 0 else { return "\(seconds)s" }
        let digits = String(nanoseconds.magnitude)
        var decimals = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(sign)\(seconds.magnitude).\(decimals)s"
    }
}
