// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// All scenarios that are loaded: those that are played together for everybody, and each by its name for those who ask for
/// it. It never changes.
public struct Repertoire: Sendable {
    /// What is played unless a scenario is asked for.
    public let usual: ScenarioSet
    /// Each scenario alone, those of `usual` too.
    let named: [String: ScenarioSet]
    /// Those that are played only where they are asked for, in their order.
    let shelf: [LoadedScenario]
    /// Of all, in their order.
    public let names: [String]
    /// The first number that no scenario and no stub has.
    let nextNumber: Int

    /// Nothing to choose from but one set.
    init(_ usual: ScenarioSet = ScenarioSet()) {
        self.usual = usual
        named = [:]
        shelf = []
        names = []
        nextNumber = usual.loaded.map(\.numbers.upperBound).max() ?? 0
    }

    /// - Parameters:
    ///   - scenarios: played for everybody.
    ///   - library: played where they are asked for.
    ///   - first: the first number for those that have none.
    ///   - earlier: what is the same in it isn't made again.
    init(
        _ scenarios: [LoadedScenario], library: [LoadedScenario], from first: Int = 0,
        reusing earlier: Repertoire? = nil
    ) {
        var next = first
        let played = LoadedScenario.number(scenarios, from: &next)
        shelf = LoadedScenario.number(library, from: &next)
        let all = played + shelf
        nextNumber = max(next, all.map(\.numbers.upperBound).max() ?? 0)
        names = all.map(\.scenario.name)
        let isSame = earlier?.usual.loaded.map(\.number) == played.map(\.number)
        let usual = isSame ? earlier?.usual ?? ScenarioSet(played) : ScenarioSet(played)
        self.usual = usual
        // A set knows the order of its own stubs alone, so one of several is made ready by itself.
        named = Dictionary(
            all.enumerated().map { place, loaded in
                if place == 0, played.count == 1 { return (loaded.scenario.name, usual) }
                if let old = earlier?.named[loaded.scenario.name], old.loaded.map(\.number) == [loaded.number]
                {
                    return (loaded.scenario.name, old)
                }
                return (loaded.scenario.name, ScenarioSet([loaded]))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Those that are played for everybody, in their order.
    var played: [LoadedScenario] { usual.loaded }

    var library: [Scenario] { shelf.map(\.scenario) }

    var isEmpty: Bool { usual.isEmpty && shelf.isEmpty }

    /// What is played for those who ask for that scenario, or for none; nil where it isn't there.
    func set(of scenario: String?) -> ScenarioSet? {
        guard let scenario else { return usual }
        return named[scenario]
    }

    /// The loaded name that is nearest to one that isn't there, for people.
    public func suggestion(for name: String) -> String? {
        Suggestion.nearest(to: name, among: names).map { Quoted.line($0, limit: 60) }
    }

    /// The names that can be asked for, for people.
    ///
    /// - Returns: the first of them, and whether these are all.
    public func listing(most: Int) -> (names: [String], isAll: Bool) {
        (names.prefix(most).map { Quoted.line($0, limit: 60) }, names.count <= most)
    }

    /// A name in quotes, cut where it is too long.
    public static func quoted(_ name: String) -> String { Quoted.text(name) }

    /// What is other than in an earlier one, a phrase each. Empty where nothing is.
    public func changes(since earlier: Repertoire) -> [String] {
        usual.changes(since: earlier.usual) + library.changes(since: earlier.library)
    }
}
