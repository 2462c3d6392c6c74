// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reports that are files, besides the stored one.
struct ReportFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write JUnit XML.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("Write Markdown with tables, for job summaries.", valueName: "file"))
    var markdown: String?

    @Option(help: ArgumentHelp("Write a badge as SVG; it is of one client.", valueName: "file"))
    var badge: String?

    @Option(
        help: ArgumentHelp(
            "Write a page with all cases and their wire logs; it loads nothing.", valueName: "file"))
    var html: String?

    var isEmpty: Bool { junit == nil && markdown == nil && badge == nil && html == nil }

    /// - Throws: exit code 73 where a file can't be written; which is told.
    func write(_ reports: [RunReport]) throws {
        if let junit { try ReportFileOptions.write(CaseJUnitReport.text(reports), to: junit) }
        if let markdown { try ReportFileOptions.write(MarkdownReport.text(reports), to: markdown) }
        if let badge, let first = reports.first {
            try ReportFileOptions.write(BadgeReport.text(first), to: badge)
        }
        if let html { try ReportFileOptions.write(HTMLReport.text(reports), to: html) }
    }

    /// - Throws: exit code 73 where a file can't be written; which is told.
    static func write(_ text: String, to path: String) throws {
        guard let problem = OutputFile.write(text, to: path) else { return }
        Output.error("gemini-mock: can't write \(path): \(problem)")
        throw ExitCode(EX_CANTCREAT)
    }
}
