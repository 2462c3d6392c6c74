// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer
import GeminiMock
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ConformanceRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Put cases to a client, and judge what it does.",
        discussion: """
            The command is started for each case. GEMINI_MOCK_TASK has what it is to do as JSON, GEMINI_MOCK_OUT names \
            the file for its result, GEMINI_BASE_URL and GOOGLE_GEMINI_BASE_URL, GEMINI_API_KEY and GOOGLE_API_KEY where \
            and with which key it calls. Exit code 77 says that it can't do such a thing.

            Exit codes: 0 where nothing speaks against the client but what is known; 1 where something does; 64 for a \
            case or a set that isn't there; 69 where the server can't start.
            """
    )

    @OptionGroup var choice: CaseOptions

    @Option(help: "How many cases at a time.")
    var jobs = 8

    @Option(help: "How many times its budget a client gets for a case.")
    var patience = 1.0

    @Option(help: "How often a case that came out badly is tried again.")
    var retries = 0

    @Flag(help: "Show the wire log of all cases.")
    var trace = false

    @Option(help: ArgumentHelp("What to call the client in reports.", valueName: "text"))
    var name: String?

    @Option(help: ArgumentHelp("Write the report as JSON.", valueName: "file"))
    var json: String?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Behind --: the program and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("There is no client to run; its command stands behind --.")
        }
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs is 1 to 256.") }
        guard patience > 0, patience <= 1000 else { throw ValidationError("--patience is up to 1000.") }
        guard (0...10).contains(retries) else { throw ValidationError("--retries is 0 to 10.") }
    }

    func run() throws {
        let suites = try choice.suites()
        let cases = try choice.chosen(from: suites)
        let server = try caseServer(suites)
        defer { server.stop() }
        let environment = CommandEnvironment.inherited.pointed(at: server.baseURL, overTLS: nil, keys: nil)
        var options = CaseRunner.Options()
        (options.patience, options.retries) = (patience, retries)
        let runner = SuiteRunner(
            server, CommandDriver(command, environment: environment.variables), jobs: jobs, options)
        let terminal = TerminalReport(isTracing: trace)
        let start = ContinuousClock.now
        let date = RunDate.text(SystemWallClock().nanoseconds)
        let results = runner.results(of: cases) { result in
            Output.line(terminal.progress(result))
            for line in terminal.details(result) { Output.line(line) }
        }
        let report = RunReport(
            client: ClientIdentity(name: name ?? command[0], driver: "command"), judge: geminiMockVersion,
            date: date, set: choice.requirementSet, time: ContinuousClock.now - start, cases: results)
        for line in terminal.summary(report) { Output.line(line) }
        if let json { try write(report, to: json) }
        if !report.unexpected.isEmpty { throw ExitCode(1) }
    }

    private func caseServer(_ suites: [ConformanceSuite]) throws -> MockCaseServer {
        do {
            return try MockCaseServer(suites)
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
    }

    private func write(_ report: RunReport, to path: String) throws {
        let text = String(decoding: report.json.bytes(.pretty), as: UTF8.self)
        guard let problem = OutputFile.write(text, to: path) else { return }
        Output.error("gemini-mock: can't write \(path): \(problem)")
        throw ExitCode(EX_CANTCREAT)
    }
}
