// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock

/// How to answer; for every command that starts a server.
struct AnswerOptions: ParsableArguments {
    @Option(
        help: "What made-up answers follow from, besides the request. (default: 0)",
        transform: NumberOption.whole(in: 0...UInt64.max))
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

    @Option(
        help: ArgumentHelp("The largest request body. (default: 20971520)", valueName: "bytes"),
        transform: NumberOption.count)
    var maxRequestBytes = 20_971_520

    @Option(
        help: ArgumentHelp(
            "The largest file that can be uploaded. (default: 2147483648)", valueName: "bytes"),
        transform: NumberOption.count)
    var maxFileBytes = 2_147_483_648

    @Option(
        help: ArgumentHelp(
            "How many connections are served at once, as far as there are descriptors. (default: 65536)",
            valueName: "count"),
        transform: NumberOption.count)
    var maxConnections = 65_536

    @Option(
        help: ArgumentHelp(
            "How many requests of one tenant are answered at once. (default: 16384)", valueName: "count"),
        transform: NumberOption.count)
    var maxTenantRequests = 16_384

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
            "How long streams wait between two events, in milliseconds; 0 sends them at once. (default: 0)",
            valueName: "ms"
        ), transform: NumberOption.whole(in: 0...longestInterval))
    var streamInterval = 0

    /// In milliseconds: 1,000 days, as in scenarios.
    private static let longestInterval = 1000 * 86_400_000

    @Flag(help: "Compress answers for clients that accept gzip.")
    var gzip = false

    func validate() throws {
        if let apiKeys, !apiKeys.hasPrefix("@") { _ = try KeyList.parse(apiKeys, separator: ",") }
        guard !modelsOnly || !model.isEmpty else {
            throw ValidationError("--models-only leaves no model at all: add --model.")
        }
    }

    /// - Throws: the exit codes of `KeyList.read`.
    func apply(to configuration: inout MockServer.Configuration) throws {
        configuration.seed = seed
        configuration.apiKeys = try apiKeys.map { try KeyList.read($0) }
        configuration.models = model
        configuration.knowsOnlyGivenModels = modelsOnly
        configuration.maximumRequestBytes = maxRequestBytes
        configuration.maximumFileBytes = maxFileBytes
        configuration.maximumConnections = maxConnections
        configuration.maximumTenantRequests = maxTenantRequests
        configuration.dataFolder = dataDir
        configuration.validation = validation
        configuration.refusesShortDeadlines = checkDeadlines
        configuration.streamInterval = .milliseconds(streamInterval)
        configuration.usesGzip = gzip
    }
}

extension MockServer.Validation: ExpressibleByArgument {}
