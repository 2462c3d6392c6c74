// SPDX-License-Identifier: Apache-2.0

import Drift
import GeminiMock

/// A suite of tests, in the form that JUnit's reports have and CI systems read.
struct JUnitReport {
    let text: String

    /// Findings, a test for each kind.
    init(_ findings: Findings) {
        self.init(
            [JUnitReport.suite("gemini-mock", findings.groups.map(JUnitReport.testCase))])
    }

    /// What a server answers today, a suite for each recording with a test for each exchange.
    init(_ report: DriftReport) {
        self.init(
            report.recordings.map { recording in
                JUnitReport.suite(
                    recording.path, recording.exchanges.map { JUnitReport.testCase($0, recording.name) })
            })
    }

    private init(_ suites: [String]) {
        text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
            \(suites.joined(separator: "\n"))
            </testsuites>
            """
    }

    private static func suite(_ name: String, _ cases: [String]) -> String {
        func count(_ element: String) -> Int { cases.count { $0.contains("      <\(element)") } }
        return """
              <testsuite name="\(escaped(name))" tests="\(cases.count)" failures="\(count("failure"))" \
            errors="\(count("error"))" skipped="\(count("skipped"))">
            \(cases.joined(separator: "\n"))
              </testsuite>
            """
    }

    private static func testCase(_ exchange: DriftReport.Exchange, _ recording: String) -> String {
        let name = "exchange \(exchange.number), \(exchange.request)"
        let start = #"    <testcase classname="\#(escaped(recording))" name="\#(escaped(name))""#
        func with(_ element: String) -> String { "\(start)>\n      \(element)\n    </testcase>" }
        switch exchange.outcome {
        case .unverified(let why): return with(#"<error message="\#(escaped(why))"/>"#)
        case .skipped(let why): return with(#"<skipped message="\#(escaped(why))"/>"#)
        case .verified: break
        }
        guard !exchange.findings.isEmpty else { return start + "/>" }
        let lines = exchange.findings.map(\.text).joined(separator: "\n")
        return with(
            #"<failure message="\#(exchange.findings.count) differences">\#(escaped(lines))</failure>"#)
    }

    /// Writes the file, of which nobody ever sees a part.
    ///
    /// - Returns: why not; nil where all is well.
    func write(to path: String) -> String? {
        OutputFile.write(text, to: path)
    }

    private static func testCase(_ group: Findings.Group) -> String {
        let start = #"    <testcase classname="gemini-mock" name="\#(escaped(group.kind.name))""#
        guard group.count > 0 else { return start + "/>" }
        let more = group.count > group.texts.count ? ["\(group.count - group.texts.count) more"] : []
        let lines = (group.texts + more).joined(separator: "\n")
        let message = "\(group.count) \(group.kind.fault)"
        return """
            \(start)>
                  <failure message="\(escaped(message))">\(escaped(lines))</failure>
                </testcase>
            """
    }

    /// Text of XML 1.0, which can't hold control characters in any form.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
