// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// The scenario files of a server: read at its start, and again where they have changed.
final class ScenarioFiles: Sendable {
    private let loader: ScenarioLoader
    private let player: ScenarioPlayer
    private let stamp: Monitor<ScenarioLoader.Stamp>

    /// - Parameter warn: gets what is no mistake and hardly meant, a line each.
    /// - Throws: `MockServerError` with all that is wrong with the files.
    init(
        _ scenarios: [MockScenario], library: [MockScenario], player: ScenarioPlayer, warn: (String) -> Void
    ) throws(MockServerError) {
        loader = ScenarioLoader(scenarios, library: library, vocabulary: .ofThisServer)
        self.player = player
        // Before they are read: what changes in between is seen at the next look.
        stamp = Monitor(loader.stamp)
        let outcome = loader.load()
        guard let repertoire = outcome.repertoire else {
            throw MockServerError(scenarios: ScenarioFiles.complaint(outcome))
        }
        for warning in outcome.problems { warn(warning.description) }
        player.play(repertoire)
    }

    /// Reads the files again if they have changed. What is under way keeps its answer; files with a mistake change
    /// nothing. What was loaded while the server runs stays.
    func reload() -> ScenarioReload {
        let now = loader.stamp
        let isSame = stamp.withLock { stamp in
            defer { stamp = now }
            return stamp == now
        }
        if isSame { return .unchanged }
        let outcome = loader.load()
        guard let repertoire = outcome.repertoire else { return .refused(ScenarioFiles.complaint(outcome)) }
        let changes = repertoire.changes(since: player.files)
        guard !changes.isEmpty else {
            player.goOn(with: repertoire)
            return .unchanged
        }
        player.play(repertoire)
        return .loaded(changes)
    }

    private static func complaint(_ outcome: ScenarioLoader.Outcome) -> [String] {
        outcome.problems.map(\.description) + outcome.unreadable.map { "\($0.path): \($0.reason)" }
    }
}

/// What came of looking at the scenario files again.
public enum ScenarioReload: Sendable, Equatable {
    case unchanged
    /// What is played from now on, from its beginning: what is other than before, a phrase each.
    case loaded([String])
    /// What is wrong with the files, a line each; what was played before goes on.
    case refused([String])
}
