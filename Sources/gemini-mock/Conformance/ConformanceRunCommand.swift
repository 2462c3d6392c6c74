// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer
import GeminiMock
import HTTPWire

struct ConformanceRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Put cases to a client, and judge what it does.",
        discussion: """
            The command is started for each case. GEMINI_MOCK_TASK has what it is to do as JSON, GEMINI_MOCK_OUT names \
            the file for its result, GEMINI_BASE_URL and GOOGLE_GEMINI_BASE_URL, GEMINI_API_KEY and GOOGLE_API_KEY where \
            and with which key it calls. Exit code 77 says that it can't do such a thing. With --worker it is started \
            once, and gets a line of JSON for each case.

            Exit codes: 0 where nothing speaks against the client but what is known; 1 where something does, or a known \
            failure is none any more; 64 for a case, a set or a feature that isn't there, 65 and 66 for files with \
            mistakes and files that can't be read, 69 where the server can't start, 73 where a report can't be written.
            """
    )

    @OptionGroup var choice: CaseOptions

    @OptionGroup var client: ClientOptions

    @OptionGroup var reports: ReportOptions

    @Option(help: "How many cases at a time.", transform: NumberOption.whole(in: ClientProfile.jobs))
    var jobs: Int?

    @Option(
        help: "How many times its budget a client gets for a case.",
        transform: NumberOption.number("a number over 0, at most 1000") { ClientProfile.allows(patience: $0) }
    )
    var patience: Double?

    @Option(
        help: "How often a case that came out badly is tried again. (default: 0)",
        transform: NumberOption.whole(in: 0...10))
    var retries = 0

    func run() throws {
        let suites = try choice.suites()
        let cases = try choice.chosen(from: suites)
        let profile = try client.profile(of: suites)
        // Before any thread is started, so that all of them inherit what is blocked.
        ClientSignals.watch()
        let server = try CaseServerStart.server(suites)
        defer { server.stop() }
        let environment = CommandEnvironment.inherited.pointed(at: server.baseURL, overTLS: nil, keys: nil)
        var options = CaseRunner.Options()
        options.patience = patience ?? profile.patience ?? 1
        options.retries = retries
        options.lacks = Set(profile.lacks)
        let driver = profile.driver(environment: environment.variables)
        let runner = SuiteRunner(server, driver, jobs: jobs ?? profile.jobs ?? 8, options)
        let report = reports.report(
            of: cases, by: runner, known: profile.known, set: choice.requirementSet
        ) { profile.identity(as: driver) }
        (driver as? WorkerDriver)?.end()
        try reports.write(report)
        if !report.unexpected.isEmpty { throw ExitCode(1) }
    }
}
