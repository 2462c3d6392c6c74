// SPDX-License-Identifier: Apache-2.0

import GeminiMock

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Findings as a suite of tests, one for each kind, in the form that JUnit's reports have and CI systems read.
struct JUnitReport {
    let text: String

    init(_ findings: Findings) {
        let cases = findings.groups.map(JUnitReport.testCase)
        let failures = findings.groups.count { $0.count > 0 }
        text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="gemini-mock" tests="\(cases.count)" failures="\(failures)" errors="0" skipped="0">
            \(cases.joined(separator: "\n"))
              </testsuite>
            </testsuites>
            """
    }

    /// Writes the file, of which nobody ever sees a part.
    ///
    /// - Returns: why not; nil where all is well.
    func write(to path: String) -> String? {
        let part = "\(path).\(getpid()).part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        let isWritten = Output.write(text, to: descriptor)
        let problem = errno
        close(descriptor)
        if isWritten, rename(part, path) == 0 { return nil }
        let reason = String(cString: strerror(isWritten ? errno : problem))
        unlink(part)
        return reason
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
