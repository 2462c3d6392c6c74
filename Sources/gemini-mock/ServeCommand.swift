// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer requests until interrupted (Ctrl-C).",
        discussion: """
            Once it listens, it prints its URL and the two environment variables that point Google's clients at it. \
            Answers are made up from the request; the same request gets the same answer. Logs go to standard error.

            Files, interactions and scenarios are each client's own: /t/NAME behind the URL or the header \
            X-Gemini-Mock-Tenant says whose a request is, else its API key does, or a token's x-goog-user-project.

            With --record-on-miss, scenarios and recordings come first; what they don't answer goes to the upstream as with \
            record, with the caller's key unless --inject-key is given. Nothing else ever leaves this machine.

            Exit codes: 0 interrupted, 64 bad usage or a name that --tls can't vouch for, 65 mistakes in scenario files or \
            recordings, or a certificate or authority that can't be used, 66 unreadable file of keys or of TLS, 69 can't \
            listen, can't use the data folder or that of the authority, or no libcurl; 73 the recording can't be written.
            """
    )

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 is any free one. (default: 8787)", transform: NumberOption.port)
    var port: UInt16 = 8787

    @OptionGroup var tls: TLSOptions

    @OptionGroup var proxy: ProxyOptions

    @OptionGroup var scenarios: ScenarioOptions

    @Flag(help: "Read the scenario files again when they change; a mistake in them changes nothing.")
    var watch = false

    @OptionGroup var misses: MissOptions

    @OptionGroup var answers: AnswerOptions

    @OptionGroup var admin: AdminOptions

    @Option(help: "What to log; debug tells each request.")
    var logLevel: Logger.Level = .notice

    @Flag(
        help: """
            Print one line of JSON instead of words: baseURL, port, pid, version; with HTTPS tlsBaseURL, with --proxy \
            proxyURL, with --tls authorityFile.
            """)
    var json = false

    func validate() throws {
        try tls.checkUse(isImplied: proxy.proxy)
        guard scenarios.areThere || !watch else {
            throw ValidationError("--watch has nothing to look at without --scenario or --library.")
        }
        guard !misses.recordOnMiss || !scenarios.strict else {
            throw ValidationError("--strict refuses what --record-on-miss passes on: say one of them.")
        }
    }

    func run() throws {
        var configuration = MockServer.Configuration()
        configuration.host = host
        configuration.port = Int(port)
        configuration.logger = ServerStart.logger(logLevel)
        scenarios.apply(to: &configuration)
        try answers.apply(to: &configuration)
        try admin.apply(to: &configuration)
        try tls.apply(to: &configuration, isImplied: proxy.proxy)
        try proxy.apply(to: &configuration, tls)

        // Blocked before any thread is started, so that all of them inherit it and only `wait` below gets them.
        let signals = TerminationSignals()
        let recorder = try MissRecorder(misses, recordings: scenarios.recording, configuration.logger)
        try recorder?.apply(to: &configuration, recordings: scenarios.recording)
        recorder?.start()
        let server: MockServer
        do {
            server = try ServerStart.server(configuration)
        } catch {
            recorder?.giveUp()
            throw error
        }
        recorder?.begin(server)
        Output.line(greeting(server, configuration))
        if watch { ScenarioWatch(server).start() }
        signals.wait()
        server.stop()
        // Requests that matched no stub and no recording are in the log.
        for line in server.findings([.unusedStubs, .unspentFaults, .unusedExchanges]).groups.flatMap({
            $0.lines(most: ServeCommand.mostTold)
        }) {
            Output.error("gemini-mock: \(line)")
        }
        try recorder?.finish()
    }

    /// Of a long recording a part may have been meant.
    private static let mostTold = 20

    private func greeting(_ server: MockServer, _ configuration: MockServer.Configuration) -> String {
        if json {
            let more = [
                ("tlsBaseURL", server.tlsBaseURL), ("proxyURL", server.proxyURL),
                ("authorityFile", configuration.authorityFile),
            ].map { name, value in
                value.map {
                    #","\#(name)":"# + String(decoding: JSON.string($0).bytes(.compact), as: UTF8.self)
                } ?? ""
            }
            return """
                {"baseURL":"\(server.baseURL)","port":\(server.port),"pid":\(getpid()),\
                "version":"\(geminiMockVersion)"\(more.joined())}
                """
        }
        let urls = ([server.baseURL] + [server.tlsBaseURL].compactMap(\.self)).joined(separator: " and ")
        let proxy = server.proxyURL.map { ", a proxy to it on \($0)" } ?? ""
        return """
            gemini-mock \(geminiMockVersion) listens on \(urls)\(proxy) (Ctrl-C to stop). Point Google's clients at it:
            export GOOGLE_GEMINI_BASE_URL=\(server.baseURL) GEMINI_API_KEY=\(configuration.apiKeys?.min() ?? "any-key")
            """
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
