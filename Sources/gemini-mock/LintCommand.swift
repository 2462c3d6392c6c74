// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Tell what is wrong with scenario files and recordings.",
        discussion: """
            Each problem is a line, FILE:LINE:COLUMN: PROBLEM, on standard output; warnings say so. Of a folder the \
            files that end in .yaml, .yml and .json are read; a folder with recording.json in it, or in its folders, has \
            recordings, whose credentials count as errors.

            Exit codes: 0 no errors, 64 bad usage, 65 errors, 66 a path that can't be read.
            """
    )

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let recordings = paths.flatMap { RecordingCheck.folders(at: $0) }
        let recorded = RecordingCheck(folders: recordings)
        let check = ScenarioCheck(paths: paths.filter { RecordingCheck.folders(at: $0).isEmpty })
        for line in check.problems + recorded.problems.map(\.description) { Output.line(line) }
        for line in check.unreadable { Output.error("gemini-mock: \(line)") }
        if !check.unreadable.isEmpty { throw ExitCode(EX_NOINPUT) }
        if check.hasErrors || recorded.hasErrors { throw ExitCode(EX_DATAERR) }
    }
}
