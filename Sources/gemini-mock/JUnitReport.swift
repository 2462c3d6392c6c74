// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Findings as a suite of tests, one for each kind, in the form that JUnit's reports have and CI systems read.
struct JUnitReport {
    let text: String

    init(_ findings: Findings) {
        let cases = findings.kinds.map(JUnitReport.testCase)
        let failures = findings.kinds.count { $0.count > 0 }
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

    private static func testCase(_ kind: Findings.Kind) -> String {
        let start = #"    <testcase classname="gemini-mock" name="\#(escaped(kind.name))""#
        guard kind.count > 0 else { return start + "/>" }
        let more = kind.count > kind.texts.count ? ["\(kind.count - kind.texts.count) more"] : []
        let lines = (kind.texts + more).joined(separator: "\n")
        let message = "\(kind.count) \(kind.fault)"
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
