// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct RedactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Take credentials out of recordings.",
        discussion: """
            Takes out API keys, tokens, cookies, upload ids and project numbers, wherever they stand, and what --pattern and \
            --secret-file name. What has been taken out already stays as it is. Each change is told by its place: PATH: \
            exchange N, request header Cookie.

            Exit codes: 0 done, 64 bad usage, 65 a recording has mistakes, 66 there is none, 74 it can't be written.
            """
    )

    @Argument(help: ArgumentHelp("Folders of recordings, or folders of those.", valueName: "path"))
    var paths: [String]

    @OptionGroup var secrets: SecretOptions

    func run() throws {
        let redaction = try secrets.redaction()
        let folders = paths.map { ($0, RecordingCheck.folders(at: $0)) }
        for (path, found) in folders where found.isEmpty {
            Output.error("gemini-mock: there is no recording in \(path)")
            throw ExitCode(EX_NOINPUT)
        }
        for folder in folders.flatMap(\.1) { try redact(folder, redaction) }
    }

    private func redact(_ folder: RecordingFolder, _ redaction: Redaction) throws {
        do {
            for (exchange, change) in try folder.redact(redaction) {
                let count = change.count > 1 ? " (\(change.count))" : ""
                Output.line("\(folder.path): exchange \(exchange), \(change.placeName)\(count)")
            }
        } catch let problems as RecordingProblems {
            for problem in problems.problems { Output.line(problem.description) }
            throw ExitCode(EX_DATAERR)
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_IOERR)
        }
    }
}
