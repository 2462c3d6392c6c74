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

            Exit codes: 0 interrupted, 64 bad usage, 65 mistakes in scenario files, 66 unreadable key file, 69 can't listen or can't use the data \
            folder.
            """
    )

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 is any free one.")
    var port: UInt16 = 8787

    @Option(
        help: ArgumentHelp(
            "A scenario file, or a folder with some: what to answer to which requests. Repeatable.",
            valueName: "path"
        ))
    var scenario: [String] = []

    @Option(
        help: ArgumentHelp(
            "Like --scenario, but each scenario is played only for those who ask for it, with the API key scenario:NAME "
                + "or scenario:NAME:ANYTHING, or the header X-Gemini-Mock-Scenario. Repeatable.",
            valueName: "path"
        ))
    var library: [String] = []

    @Flag(
        help:
            "Refuse what no stub of the scenarios matches (400), telling the nearest ones, instead of answering it."
    )
    var strict = false

    @Flag(help: "Read the scenario files again when they change; a mistake in them changes nothing.")
    var watch = false

    @Option(help: "What made-up answers follow from, besides the request.")
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp(
            "The only good API keys: K1,K2 or @FILE with one a line. Without it every key is good.",
            valueName: "keys"
        )
    )
    var apiKeys: String?

    @Option(
        help: ArgumentHelp(
            "A model to know besides the built-in ones; * and ? stand for any characters. Repeatable.",
            valueName: "glob"
        )
    )
    var model: [String] = []

    @Flag(help: "Know no models but those of --model.")
    var modelsOnly = false

    @Option(help: ArgumentHelp("The largest request body.", valueName: "bytes"))
    var maxRequestBytes = 20_971_520

    @Option(help: ArgumentHelp("The largest file that can be uploaded.", valueName: "bytes"))
    var maxFileBytes = 2_147_483_648

    @Option(
        help: ArgumentHelp(
            "A folder that keeps uploaded files until they expire. Without it bytes are hashed and looked at, not kept.",
            valueName: "folder"
        ))
    var dataDir: String?

    @Option(
        help:
            "What to do with what the real API refuses: strict refuses it, warn answers and logs it, off answers."
    )
    var validation = MockServer.Validation.strict

    @Flag(help: "Refuse time-outs (X-Server-Timeout) under 10 seconds, as the real API does.")
    var checkDeadlines = false

    @Option(
        help: ArgumentHelp(
            "How long streams wait between two events, in milliseconds; 0 sends them at once.",
            valueName: "ms"
        ))
    var streamInterval = 0

    @Flag(help: "Compress answers for clients that accept gzip.")
    var gzip = false

    @Option(help: "What to log; debug tells each request.")
    var logLevel: Logger.Level = .notice

    @Flag(help: "Print one line of JSON instead of words: baseURL, port, pid, version.")
    var json = false

    func validate() throws {
        if let apiKeys, !apiKeys.hasPrefix("@") { _ = try KeyList.parse(apiKeys, separator: ",") }
        guard maxRequestBytes > 0 else { throw ValidationError("--max-request-bytes must be 1 or more.") }
        guard maxFileBytes > 0 else { throw ValidationError("--max-file-bytes must be 1 or more.") }
        guard streamInterval >= 0 else { throw ValidationError("--stream-interval must be 0 or more.") }
        let hasScenarios = !scenario.isEmpty || !library.isEmpty
        guard hasScenarios || !strict else {
            throw ValidationError("--strict refuses everything without --scenario or --library.")
        }
        guard hasScenarios || !watch else {
            throw ValidationError("--watch has nothing to look at without --scenario or --library.")
        }
        guard !modelsOnly || !model.isEmpty else {
            throw ValidationError("--models-only leaves no model at all: add --model.")
        }
    }

    func run() throws {
        var configuration = MockServer.Configuration()
        configuration.host = host
        configuration.port = Int(port)
        configuration.seed = seed
        configuration.apiKeys = try apiKeys.map { try KeyList.read($0) }
        configuration.models = model
        configuration.knowsOnlyGivenModels = modelsOnly
        configuration.maximumRequestBytes = maxRequestBytes
        configuration.maximumFileBytes = maxFileBytes
        configuration.dataFolder = dataDir
        configuration.scenarios = scenario.map { MockScenario(path: $0) }
        configuration.library = library.map { MockScenario(path: $0) }
        configuration.refusesUnmatched = strict
        configuration.validation = validation
        configuration.refusesShortDeadlines = checkDeadlines
        configuration.streamInterval = .milliseconds(streamInterval)
        configuration.usesGzip = gzip
        configuration.logger = logger()

        // Blocked before any thread is started, so that all of them inherit it and only `wait` below gets them.
        let signals = TerminationSignals()
        let server: MockServer
        do {
            server = try MockServer.start(configuration)
        } catch {
            guard error.scenarioProblems.isEmpty else {
                for problem in error.scenarioProblems { Output.error(problem) }
                throw ExitCode(EX_DATAERR)
            }
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
        Output.line(greeting(server, key: configuration.apiKeys?.min()))
        if watch { ScenarioWatch(server).start() }
        signals.wait()
        server.stop()
        for stub in server.unusedStubs { Output.error("gemini-mock: never used, though required: \(stub)") }
        for fault in server.unspentFaults { Output.error("gemini-mock: never struck: \(fault)") }
    }

    private func logger() -> Logger {
        var logger = Logger(label: "gemini-mock") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }

    private func greeting(_ server: MockServer, key: String?) -> String {
        if json {
            return """
                {"baseURL":"\(server.baseURL)","port":\(server.port),"pid":\(getpid()),"version":"\(geminiMockVersion)"}
                """
        }
        return """
            gemini-mock \(geminiMockVersion) listens on \(server.baseURL) (Ctrl-C to stop). Point Google's clients at it:
            export GOOGLE_GEMINI_BASE_URL=\(server.baseURL) GEMINI_API_KEY=\(key ?? "any-key")
            """
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
extension MockServer.Validation: ExpressibleByArgument {}
