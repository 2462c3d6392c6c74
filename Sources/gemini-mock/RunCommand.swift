// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a command, such as a test suite, with a server of its own.",
        discussion: """
            The server listens on a free port as long as the command runs. GOOGLE_GEMINI_BASE_URL, GEMINI_API_KEY and \
            GOOGLE_API_KEY point Google's clients at it; GEMINI_MOCK_URL is for others, GEMINI_MOCK_TLS_URL is there with \
            --tls and --tls-cert. A key that is in the environment \
            stays, if it is a good one.

            With --intercept there is no GOOGLE_GEMINI_BASE_URL: HTTPS_PROXY and HTTP_PROXY lead the API's host here, for \
            clients that have it compiled in, NO_PROXY excepts this machine, and SSL_CERT_FILE, REQUESTS_CA_BUNDLE, \
            CURL_CA_BUNDLE and NODE_EXTRA_CA_CERTS name the authority.

            Nothing is printed unless something is wrong: requests that matched no stub and no recording, required stubs \
            that nobody used, faults that never struck, recorded exchanges that nobody used (but --allow-unused). They are told on standard error once the command has ended.

            Exit codes: the command's own, 128 and its number where a signal ended it, 127 where there is no such \
            command, 126 where it can't be run; 70 where the command was successful and the above was wrong, 73 where \
            only the report can't be written. Without running anything: 64, 65, 66 and 69 as those of serve.
            """
    )

    @OptionGroup var tls: TLSOptions

    @Flag(
        help: """
            Lead the command's requests for https://generativelanguage.googleapis.com here, by HTTPS_PROXY and variables \
            that make its clients trust --tls, which this implies. No other host can be reached by that proxy.
            """)
    var intercept = false

    @OptionGroup var scenarios: ScenarioOptions

    @OptionGroup var answers: AnswerOptions

    @OptionGroup var admin: AdminOptions

    @Flag(help: "Find nothing wrong with recorded exchanges that nobody has used.")
    var allowUnused = false

    @Option(
        help: ArgumentHelp(
            "Write a JUnit report with a test for each kind of thing that may be wrong.", valueName: "file"))
    var junit: String?

    @Option(help: "What to log; debug tells each request.")
    var logLevel: Logger.Level = .warning

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Behind --: the program and its arguments.", valueName: "command"))
    var command: [String] = []

    /// So many of a kind are told: it is to be seen, behind what the command has printed.
    private static let mostTold = 5

    func validate() throws {
        try tls.checkUse(isImplied: intercept)
        guard !command.isEmpty else {
            throw ValidationError("There is no command to run; it stands behind --.")
        }
    }

    func run() throws {
        var configuration = MockServer.Configuration()
        configuration.logger = ServerStart.logger(logLevel)
        scenarios.apply(to: &configuration)
        try answers.apply(to: &configuration)
        try admin.apply(to: &configuration)
        try tls.apply(to: &configuration, isImplied: intercept)
        if intercept { configuration.proxy = try ProxyOptions.configuration(tls) }

        // Before any thread is started, so that all of them inherit what is blocked.
        let signals = PassedSignals()
        let limits = DescriptorLimits()
        let server = try ServerStart.server(configuration)
        defer { server.stop() }
        var environment = CommandEnvironment.inherited.pointed(
            at: server.baseURL, overTLS: server.tlsBaseURL, keys: configuration.apiKeys)
        if let proxy = server.proxyURL {
            environment.intercept(by: proxy, trusting: try AuthorityAccess.files(of: configuration))
        }
        let exitCode = try start(environment, signals, limits).exitCode()
        server.stop()
        try report(server.findings(allowUnused ? .all.subtracting([.unusedExchanges]) : .all), exitCode)
    }

    /// - Throws: exit code 127 or 126; why is told.
    private func start(
        _ environment: CommandEnvironment, _ signals: PassedSignals, _ limits: DescriptorLimits?
    ) throws -> CommandProcess {
        // Nobody calls the server yet, so it can do with the lower limit for a moment.
        let raised = DescriptorLimits()
        limits?.set()
        defer { raised?.set() }
        do {
            return try CommandProcess(command, environment: environment.variables, signals: signals)
        } catch {
            Output.error("gemini-mock: \(error.description)")
            throw ExitCode(error.exitCode)
        }
    }

    /// - Throws: the exit code where it isn't 0.
    private func report(_ findings: Findings, _ exitCode: Int32) throws {
        for line in findings.groups.flatMap({ $0.lines(most: RunCommand.mostTold) }) {
            Output.error("gemini-mock: \(line)")
        }
        let problem = junit.flatMap { JUnitReport(findings).write(to: $0) }
        if let problem { Output.error("gemini-mock: can't write \(junit ?? ""): \(problem)") }
        if exitCode != 0 { throw ExitCode(exitCode) }
        if !findings.areNone { throw ExitCode(EX_SOFTWARE) }
        if problem != nil { throw ExitCode(EX_CANTCREAT) }
    }
}
