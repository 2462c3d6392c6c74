// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ConformanceCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Tell what came out otherwise in a second run than in a first one.",
        discussion: """
            Exit codes: 0 where no case came out worse, 1 where one did; 65 for files that are no reports, 66 for those \
            that can't be read.
            """
    )

    @Argument(
        help: ArgumentHelp("The report of the first run, as run --json writes it.", valueName: "before"))
    var before: String

    @Argument(help: ArgumentHelp("That of the second one.", valueName: "after"))
    var after: String

    func run() throws {
        let comparison = RunComparison(try ReportFile.read(before), try ReportFile.read(after))
        for line in comparison.lines { Output.line(line) }
        if comparison.changes.isEmpty { Output.line("all cases came out the same") }
        if comparison.changes.contains(where: \.isWorse) { throw ExitCode(1) }
    }
}

/// Reports of runs, as JSON.
enum ReportFile {
    /// - Throws: exit code 65 for a file that is no report, 66 for one that can't be read; which is told.
    static func read(_ path: String) throws -> RunReport {
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.bytes(path, most: 1 << 30)
        } catch {
            Output.error("gemini-mock: can't read \(path): \(error)")
            throw ExitCode(EX_NOINPUT)
        }
        do {
            return try RunReport(reading: bytes)
        } catch {
            Output.error("\(path): \(error.description)")
            throw ExitCode(EX_DATAERR)
        }
    }
}
