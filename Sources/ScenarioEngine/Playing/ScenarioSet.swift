// SPDX-License-Identifier: Apache-2.0

/// Scenarios that are played together: their stubs in the order in which they are tried, ready to be asked. It never
/// changes; what has been played is kept elsewhere.
public struct ScenarioSet: Sendable {
    let scenarios: [Scenario]
    /// The same ones, as they were loaded.
    let loaded: [LoadedScenario]
    /// Of all scenarios, in their order.
    let stubs: [LoadedStub]
    public let settings: Settings
    private let index: StubIndex

    /// None at all.
    public init() {
        self.init([])
    }

    init(_ scenarios: [LoadedScenario]) {
        var next = 0
        loaded = LoadedScenario.number(scenarios, from: &next)
        self.scenarios = scenarios.map(\.scenario)
        stubs = loaded.enumerated().flatMap { place, loaded in
            zip(loaded.stubs, loaded.numbers).map { $0.placed(in: place, number: $1) }
        }
        index = StubIndex(stubs.map(\.stub.pattern))
        settings = ScenarioSet.settings(of: loaded)
    }

    public var names: [String] { scenarios.map(\.name) }

    public var isEmpty: Bool { scenarios.isEmpty }

    /// Of several scenarios that set the same, the last one's of the files, or the first one's of those that came later;
    /// strict where one of them is.
    private static func settings(of scenarios: [LoadedScenario]) -> Settings {
        let inOrder = scenarios.filter { !$0.isAdded } + scenarios.filter(\.isAdded).reversed()
        return inOrder.reduce(into: Settings()) { settings, loaded in
            let own = loaded.scenario.settings
            settings.isStrict = settings.isStrict || own.strict == true
            settings.streamInterval = own.streamInterval ?? settings.streamInterval
            settings.runLength = own.runLength ?? settings.runLength
        }
    }

    /// The stubs that a request fits, all told that doesn't depend on what has happened before; in their order.
    func fitting(_ request: RequestSubject) -> [Int] {
        index.candidates(for: request).filter { stubs[$0].fits(request) }
    }

    /// How the server behaves as long as a set is played; nil leaves it as it is.
    public struct Settings: Sendable, Equatable {
        /// Whether a request that matches no stub is refused.
        public var isStrict = false
        /// How long streams wait between two events.
        public var streamInterval: Duration?
        /// How long runs of the Interactions API in the background take.
        public var runLength: Duration?
    }
}
