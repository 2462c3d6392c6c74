// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import GeminiMock
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is told of a run, and where to.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Show the checks and the wire log of all cases.")
    var trace = false

    @Option(help: ArgumentHelp("Write the report as JSON.", valueName: "file"))
    var json: String?

    @OptionGroup var files: ReportFileOptions

    /// Runs the cases, and tells each as it comes out.
    ///
    /// - Parameter identity: asked at the end: a worker says by itself what it is.
    func report(
        of cases: [ConformanceCase], by runner: SuiteRunner, known: KnownFailures, set: String?,
        _ identity: () -> ClientIdentity
    ) -> RunReport {
        let start = ContinuousClock.now
        let date = RunDate.text(SystemWallClock().nanoseconds)
        let results = runner.results(of: cases) { result in
            tell(known.judged(result))
        }
        let report = RunReport(
            client: identity(), judge: geminiMockVersion, date: date, set: set,
            time: ContinuousClock.now - start, cases: results.map { known.judged($0) })
        summarize(report)
        return report
    }

    /// A result as it comes out, with what is wrong.
    func tell(_ result: CaseResult) {
        let terminal = TerminalReport(isTracing: trace)
        Output.line(terminal.progress(result))
        for line in terminal.details(result) { Output.line(line) }
    }

    func summarize(_ report: RunReport) {
        for line in TerminalReport(isTracing: trace).summary(report) { Output.line(line) }
    }

    /// - Throws: exit code 73 where a file can't be written; which is told.
    func write(_ report: RunReport) throws {
        if let json {
            try ReportFileOptions.write(String(decoding: report.json.bytes(.pretty), as: UTF8.self), to: json)
        }
        try files.write([report])
    }
}
