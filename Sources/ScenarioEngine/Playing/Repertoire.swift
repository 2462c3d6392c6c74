// SPDX-License-Identifier: Apache-2.0

/// All scenarios that are loaded: those that are played together for everybody, and each by its name for those who ask for
/// it. It never changes.
public struct Repertoire: Sendable {
    /// What is played unless a scenario is asked for.
    public let usual: ScenarioSet
    /// Each scenario alone, those of `usual` too.
    let named: [String: ScenarioSet]
    /// Those that are played only where they are asked for, in their order.
    let library: [Scenario]
    /// Of all, in their order.
    public let names: [String]

    /// Nothing to choose from.
    init(_ usual: ScenarioSet = ScenarioSet()) {
        self.usual = usual
        named = [:]
        library = []
        names = []
    }

    /// - Parameters:
    ///   - scenarios: played for everybody.
    ///   - library: played where they are asked for.
    init(_ scenarios: [LoadedScenario], library: [LoadedScenario]) {
        usual = ScenarioSet(scenarios)
        self.library = library.map(\.scenario)
        let all = scenarios + library
        names = all.map(\.scenario.name)
        // A set knows its stubs by its own numbers, so one of several is made ready by itself.
        let usual = usual
        named = Dictionary(
            all.enumerated().map { number, loaded in
                let isAlone = number == 0 && scenarios.count == 1
                return (loaded.scenario.name, isAlone ? usual : ScenarioSet([loaded]))
            }, uniquingKeysWith: { first, _ in first })
    }

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
