// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What came of a run, for people at a terminal: what is wrong, with what was expected, what was seen and the wire log,
/// and a summary.
public struct TerminalReport: Sendable {
    /// Whether wire logs are shown for all cases, and not just for those that went wrong.
    private let isTracing: Bool

    public init(isTracing: Bool = false) { self.isTracing = isTracing }

    /// A line for a case, as it comes out: `pass        SSE-01  CRLF is read`.
    public func progress(_ result: CaseResult) -> String {
        let verdict = result.verdict.rawValue
        let room = String(repeating: " ", count: max(1, 15 - verdict.count))
        let known =
            switch result.known {
            case .failure: " (known)"
            case .varying: " (known to vary)"
            case .stale: " (is in the known failures)"
            case nil: ""
            }
        return TerminalText.line(
            "\(verdict)\(room)\(result.id)  \(result.severity.rawValue)  \(result.title)\(known)")
    }

    /// Why a case came out as it did; empty where there is nothing to tell.
    public func details(_ result: CaseResult) -> [String] {
        let isShown = isTracing || result.known == nil && result.verdict.isBad
        guard isShown else { return [] }
        var lines: [String] = []
        if let reason = result.reason { lines.append("  \(reason)") }
        if let why = result.why { lines.append("  why it is asked: \(why)") }
        var marked: Int?
        for check in result.checks {
            guard case .failed(let got, let exchange) = check.outcome else { continue }
            lines.append("  ✗ \(check.name) (\(check.severity.rawValue))")
            lines.append("    expected: \(check.expected)")
            lines.append("    got:      \(got)")
            if let because = check.because { lines.append("    because:  \(because)") }
            marked = marked ?? exchange
        }
        if !result.output.isEmpty, result.verdict.isBad {
            lines.append("  the client printed:")
            lines += result.output.split(separator: "\n").suffix(12).map {
                "    \(ValueText.cut(String($0)))"
            }
        }
        if !result.wire.isEmpty {
            lines.append("  on the wire:")
            lines += WireText.lines(result.wire, marked: marked)
        }
        return lines.map { TerminalText.line($0) }
    }

    /// How many of what, and how the client stands.
    public func summary(_ report: RunReport) -> [String] {
        let counts = report.counts.map { "\($0.count) \($0.verdict.rawValue)" }.joined(separator: ", ")
        var lines = ["\(report.cases.count) \(report.cases.count == 1 ? "case" : "cases"): \(counts)"]
        for severity in [Severity.must, .should] {
            let score = report.score(of: severity)
            guard score.applicable > 0 else { continue }
            let percent = 100 * score.passed / score.applicable
            lines.append("\(severity.rawValue): \(score.passed) of \(score.applicable) (\(percent) %)")
        }
        for result in report.cases {
            if case .stale(let reason) = result.known {
                lines.append(
                    TerminalText.line(
                        "\(result.id) is in the known failures (\(reason)) and doesn’t fail: take it out"))
            }
        }
        return lines
    }
}
