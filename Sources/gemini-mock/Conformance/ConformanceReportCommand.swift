// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance

struct ConformanceReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make reports from stored results, of several clients side by side.",
        discussion: """
            Without an option the Markdown goes to standard output. Exit codes: 0 where all is written; 65 for files that \
            are no reports, 66 for those that can't be read, 73 where a report can't be written.
            """
    )

    @Argument(help: ArgumentHelp("Results as run --json writes them, a client each.", valueName: "results"))
    var results: [String]

    @OptionGroup var files: ReportFileOptions

    func validate() throws {
        guard files.badge == nil || results.count == 1 else {
            throw ValidationError("A badge is of one client: name one file of results.")
        }
    }

    func run() throws {
        let reports = try results.map { try ReportFile.read($0) }
        try files.write(reports)
        if files.isEmpty { Output.line(MarkdownReport.text(reports)) }
    }
}
