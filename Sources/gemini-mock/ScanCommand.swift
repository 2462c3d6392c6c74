// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Fail where files have credentials in them.",
        discussion: """
            Each is a line, FILE:LINE:COLUMN: KIND and its first characters. Any file is searched as a text, folders with all \
            that is in them but hidden files; of recordings also what is compressed, encoded, or split between events.

            Exit codes: 0 none, 1 some, 64 bad usage, 66 a path that can't be read.
            """
    )

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
    var paths: [String]

    @OptionGroup var secrets: SecretOptions

    func run() throws {
        let scan = SecretScan(paths: paths, redaction: try secrets.redaction())
        for finding in scan.findings { Output.line(finding.description) }
        for line in scan.unreadable { Output.error("gemini-mock: \(line)") }
        if !scan.findings.isEmpty { throw ExitCode(1) }
        if !scan.unreadable.isEmpty { throw ExitCode(EX_NOINPUT) }
    }
}
