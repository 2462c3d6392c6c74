// SPDX-License-Identifier: Apache-2.0

/// Results as JUnit XML, which build servers read. A case fails there where it makes the run fail: what is known is skipped,
/// with its reason.
public enum CaseJUnitReport {
    public static func text(_ reports: [RunReport]) -> String {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites name=\"gemini-mock conformance\">",
        ]
        for report in reports {
            let unexpected = Set(report.unexpected.map(\.id))
            for suite in CaseGroup.groups(of: report.cases) {
                lines += CaseJUnitReport.lines(suite, of: report, unexpected)
            }
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(
        _ suite: CaseGroup, of report: RunReport, _ unexpected: Set<CaseID>
    ) -> [String] {
        let cases = suite.cases.map { JUnitCase($0, isUnexpected: unexpected.contains($0.id)) }
        let time = suite.cases.reduce(Duration.zero) { $0 + $1.time }
        var head = "  <testsuite name=\"\(MarkupText.escaped("\(report.client.title) \(suite.name)"))\""
        head += " tests=\"\(cases.count)\" failures=\"\(cases.count { $0.element == "failure" })\""
        head += " errors=\"\(cases.count { $0.element == "error" })\""
        head += " skipped=\"\(cases.count { $0.element == "skipped" })\""
        head += " time=\"\(CaseJUnitReport.seconds(time))\" timestamp=\"\(MarkupText.escaped(report.date))\">"
        return [head] + cases.flatMap { $0.lines(client: report.client.name) } + ["  </testsuite>"]
    }

    static func seconds(_ time: Duration) -> String {
        let milliseconds = max(0, Int(TimeText.milliseconds(time).rounded()))
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}

/// A case as JUnit sees it.
private struct JUnitCase {
    let result: CaseResult
    /// What is told beside its name; nil for a pass.
    let element: String?

    init(_ result: CaseResult, isUnexpected: Bool) {
        self.result = result
        switch result.verdict {
        case .harnessError: element = "error"
        case _ where isUnexpected: element = "failure"
        case .fail, .nonStrict, .flaky, .unsupported, .notObserved: element = "skipped"
        case .pass, .info: element = nil
        }
    }

    func lines(client: String) -> [String] {
        let names = [
            "name=\"\(MarkupText.escaped("\(result.id) \(result.title)"))\"",
            "classname=\"\(MarkupText.escaped("\(client).\(result.id.suite)"))\"",
            "time=\"\(CaseJUnitReport.seconds(result.time))\"",
        ]
        let head = "    <testcase \(names.joined(separator: " "))"
        guard let element else { return [head + "/>"] }
        let message = MarkupText.escaped(message)
        guard element != "skipped" else {
            return [head + ">", "      <skipped message=\"\(message)\"/>", "    </testcase>"]
        }
        let details = TerminalReport(isTracing: true).details(result).joined(separator: "\n")
        return [
            head + ">",
            "      <\(element) type=\"\(result.severity.rawValue)\" message=\"\(message)\">\(MarkupText.escaped(details))</\(element)>",
            "    </testcase>",
        ]
    }

    private var message: String {
        let failed = result.checks.filter(\.isFailed).map(\.name).joined(separator: ", ")
        let told = failed.isEmpty ? result.verdict.rawValue : "\(result.verdict.rawValue): \(failed)"
        return switch result.known {
        case .failure(let reason): "\(told); known: \(reason)"
        case .varying(let reason): "\(told); known to vary: \(reason)"
        case .stale(let reason): "\(told), though it is in the known failures: \(reason)"
        case nil: result.reason.map { "\(told): \($0)" } ?? told
        }
    }
}
