// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write recordings as HAR, which browsers and proxies read.",
        discussion: """
            Writes HAR 1.2 to standard output, or to a new file with --to. What HAR has no place for, such as the times of \
            writes, stands in members called _geminiMock, which other programs pass over and import reads back. Each \
            exchange is redacted again before.

            Exit codes: 0 done, 64 bad usage, 65 a recording has mistakes, 66 there is none, 73 the file is there or \
            can't be written, 74 standard output can't be.
            """
    )

    @Flag(help: "Write HAR 1.2, the only format there is.")
    var har = false

    @Argument(help: ArgumentHelp("Folders of recordings, or folders of those.", valueName: "recording"))
    var paths: [String]

    @Option(help: ArgumentHelp("The file to write, for its owner alone.", valueName: "file"))
    var to: String?

    @Flag(help: "Let --to put it in the place of a file that is there.")
    var replace = false

    @OptionGroup var secrets: SecretOptions

    func validate() throws {
        guard har else { throw ValidationError("--har is missing: the format to write.") }
    }

    func run() throws {
        let redaction = try secrets.redaction()
        let recordings = try read()
        let text = HARWriter.text(of: recordings, version: geminiMockVersion, redaction: redaction)
        guard let to else {
            guard Output.write(text, to: STDOUT_FILENO) else {
                Output.error("gemini-mock: can't write: \(String(cString: strerror(errno)))")
                throw ExitCode(EX_IOERR)
            }
            return
        }
        do {
            try HARWriter.write(text, to: to, replaces: replace)
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_CANTCREAT)
        }
    }

    private func read() throws -> [Recording] {
        try paths.flatMap { path in
            let folders = RecordingCheck.folders(at: path)
            if folders.isEmpty {
                Output.error("gemini-mock: there is no recording in \(path)")
                throw ExitCode(EX_NOINPUT)
            }
            do {
                return try folders.map { try $0.read() }
            } catch let problems as RecordingProblems {
                for problem in problems.problems { Output.line(problem.description) }
                throw ExitCode(EX_DATAERR)
            }
        }
    }
}
