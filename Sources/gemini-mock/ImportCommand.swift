// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a recording of other tools' files.",
        discussion: """
            Takes HAR 1.2 (of browsers, mitmproxy and export), cassettes of vcrpy (YAML or JSON, also with parsed_body) \
            and of Ruby's VCR, and google/test-server's JSON; which it is tells the content, not the name. All files \
            become one recording, in their order. It is redacted as record does it, and written whole or not at all.

            Requests to \(RecordingImport.apiHost) are taken, others skipped unless --host or --all-hosts asks for \
            them. What was skipped and what the files don't have is told on standard error, a line each.

            Exit codes: 0 done, 64 bad usage, 65 a file has mistakes, is of another kind, or nothing is taken, 66 a file that \
            can't be read, 73 there is a recording already, or it can't be written.
            """
    )

    @Argument(help: ArgumentHelp("Files to take exchanges from.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("The folder of the recording.", valueName: "folder"))
    var to: String

    @Flag(help: "Put it in the place of a recording that is there.")
    var replace = false

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp("Take what was sent to this host, too. May be given often.", valueName: "name"))
    var hosts: [String] = []

    @Flag(help: "Take everything, whatever host it was sent to.")
    var allHosts = false

    @OptionGroup var secrets: SecretOptions

    func run() throws {
        var taken = RecordingImport(hosts: allHosts ? nil : Set(hosts), redaction: try secrets.redaction())
        for file in files { try read(file, &taken) }
        for note in taken.notes { Output.error("gemini-mock: \(note)") }
        guard !taken.exchanges.isEmpty else {
            Output.error("gemini-mock: nothing was imported")
            throw ExitCode(EX_DATAERR)
        }
        let folder = RecordingFolder(to)
        let recording = Recording(
            name: folder.name, upstream: taken.upstream, made: taken.made, matching: taken.matching,
            exchanges: taken.exchanges)
        do {
            try folder.create(recording, replaces: replace)
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_CANTCREAT)
        }
        let count = taken.exchanges.count == 1 ? "1 exchange is" : "\(taken.exchanges.count) exchanges are"
        Output.error("gemini-mock: \(count) in \(to)")
    }

    private func read(_ file: String, _ taken: inout RecordingImport) throws {
        if access(file, R_OK) != 0 {
            Output.error("gemini-mock: can't read \(file): \(String(cString: strerror(errno)))")
            throw ExitCode(EX_NOINPUT)
        }
        do {
            try taken.read(file)
        } catch {
            for problem in error.problems { Output.line(problem.description) }
            throw ExitCode(EX_DATAERR)
        }
    }
}
