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

    @Option(
        help: ArgumentHelp(
            "A recording's folder, or a folder with some: replayed where no stub of a scenario matches. Repeatable.",
            valueName: "path"
        ))
    var recording: [String] = []

    @Option(
        help: ArgumentHelp(
            "How fast recordings are replayed: 1 with the recorded waits, 2 twice as fast, 0 without any wait. (default: 0)",
            valueName: "factor"
        ), transform: NumberOption.number("a number, 0 or more") { $0 >= 0 })
    var replaySpeed: Double = 0

    @Flag(
        help:
            "Refuse what no stub of the scenarios matches and no recording has (400), telling the nearest, instead of answering it."
    )
    var strict = false

    /// Whether there is any file to look at.
    var areThere: Bool { !scenario.isEmpty || !library.isEmpty }

    func validate() throws {
        guard areThere || !recording.isEmpty || !strict else {
            throw ValidationError(
                "--strict refuses everything without --scenario, --library or --recording.")
        }
        guard replaySpeed == 0 || !recording.isEmpty else {
            throw ValidationError("--replay-speed has nothing to replay without --recording.")
        }
    }

    func apply(to configuration: inout MockServer.Configuration) {
        configuration.scenarios = scenario.map { MockScenario(path: $0) }
        configuration.library = library.map { MockScenario(path: $0) }
        configuration.recordings = recording.map { MockRecording(path: $0) }
        configuration.replaySpeed = replaySpeed
        configuration.refusesUnmatched = strict
    }
}
