// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock

/// What to play; for every command that starts a server.
struct ScenarioOptions: ParsableArguments {
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

    /// Whether there is any.
    var areThere: Bool { !scenario.isEmpty || !library.isEmpty }

    func validate() throws {
        guard areThere || !strict else {
            throw ValidationError("--strict refuses everything without --scenario or --library.")
        }
    }

    func apply(to configuration: inout MockServer.Configuration) {
        configuration.scenarios = scenario.map { MockScenario(path: $0) }
        configuration.library = library.map { MockScenario(path: $0) }
        configuration.refusesUnmatched = strict
    }
}
