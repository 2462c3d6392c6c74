// SPDX-License-Identifier: Apache-2.0

/// Results as Markdown with tables, for job summaries and documentation.
public enum MarkdownReport {
    public static func text(_ reports: [RunReport]) -> String {
        let matrix = CaseMatrix(reports)
        var lines = ["## Conformance of Gemini clients", ""]
        lines += scores(reports)
        lines += ["", legend(matrix), ""]
        lines += cases(matrix)
        for report in reports { lines += unexpected(report) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func scores(_ reports: [RunReport]) -> [String] {
        var lines = [
            "| Client | Driven as | MUST | SHOULD | Standing | All verdicts | Date | Judge |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for report in reports {
            let counts = report.counts.map { "\($0.count) \($0.verdict.rawValue)" }.joined(separator: ", ")
            let cells = [
                report.client.title, report.client.driver, report.score(of: .must).text,
                report.score(of: .should).text, report.standing.rawValue, counts,
                String(report.date.prefix(10)), "gemini-mock \(report.judge)",
            ]
            lines.append(row(cells))
        }
        return lines
    }

    private static func legend(_ matrix: CaseMatrix) -> String {
        let used = Set(matrix.reports.flatMap(\.cases).map(\.verdict))
        return Verdict.allCases.filter(used.contains).map { "\($0.mark) \($0.rawValue): \($0.meaning)" }
            .joined(separator: " · ")
    }

    private static func cases(_ matrix: CaseMatrix) -> [String] {
        let names = matrix.reports.map(\.client.title)
        var lines = [
            row(["Case", "Severity", "A right client"] + names),
            "|---|---|---|" + String(repeating: "---|", count: names.count),
        ]
        for found in matrix.rows {
            let verdicts = found.results.map { result in
                result.map { "\($0.verdict.mark) \($0.verdict.rawValue)\(failed($0))" } ?? "not asked"
            }
            lines.append(
                row([found.id.description, found.asked.severity.rawValue, found.asked.title] + verdicts))
        }
        return lines
    }

    /// What makes a run fail, with what was expected and got.
    private static func unexpected(_ report: RunReport) -> [String] {
        guard !report.unexpected.isEmpty else { return [] }
        var lines = [
            "", "### What speaks against \(cell(report.client.title))", "",
            "| Case | Check | Expected | Got |", "|---|---|---|---|",
        ]
        for result in report.unexpected {
            for check in result.checks {
                guard case .failed(let got, _) = check.outcome else { continue }
                lines.append(row([result.id.description, check.name, check.expected, got]))
            }
            if !result.checks.contains(where: \.isFailed) {
                lines.append(row([result.id.description, "–", "–", reason(result)]))
            }
        }
        return lines
    }

    private static func reason(_ result: CaseResult) -> String {
        if case .stale(let reason) = result.known { return "is in the known failures: \(reason)" }
        return result.reason ?? result.verdict.rawValue
    }

    private static func failed(_ result: CaseResult) -> String {
        let names = result.checks.filter(\.isFailed).map(\.name)
        return names.isEmpty || !result.verdict.isBad ? "" : ": \(names.joined(separator: ", "))"
    }

    private static func row(_ cells: [String]) -> String {
        "| " + cells.map(cell).joined(separator: " | ") + " |"
    }

    /// Nothing in it is markup, neither of Markdown nor of the HTML that Markdown may have.
    static func cell(_ text: String) -> String {
        // Escaped first: then no CR keeps its LF from being found.
        let line = MarkupText.escaped(text).replacing("\n", with: " ")
        return line.reduce(into: "") { cell, character in
            if "\\`*_[]|~!".contains(character) { cell.append("\\") }
            cell.append(character)
        }
    }
}
