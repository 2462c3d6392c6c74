// SPDX-License-Identifier: Apache-2.0

/// Scenarios that are played together: their stubs in the order in which they are tried, ready to be asked. It never
/// changes; what has been played is kept elsewhere.
public struct ScenarioSet: Sendable {
    let scenarios: [Scenario]
    /// Of all scenarios, in their order.
    let stubs: [LoadedStub]
    public let settings: Settings
    private let index: StubIndex

    /// None at all.
    public init() {
        self.init([])
    }

    init(_ scenarios: [LoadedScenario]) {
        self.scenarios = scenarios.map(\.scenario)
        stubs = scenarios.enumerated().flatMap { number, loaded in
            zip(loaded.scenario.stubs, loaded.places).map { stub, place in
                LoadedStub(
                    stub, scenario: number,
                    identity: StubIdentity(name: stub.name, scenario: loaded.scenario.name, place: place))
            }
        }
        index = StubIndex(stubs.map(\.stub.pattern))
        settings = ScenarioSet.settings(of: self.scenarios)
    }

    public var names: [String] { scenarios.map(\.name) }

    public var isEmpty: Bool { scenarios.isEmpty }

    /// Of several scenarios that set the same, the last one's; strict where one of them is.
    private static func settings(of scenarios: [Scenario]) -> Settings {
        scenarios.reduce(into: Settings()) { settings, scenario in
            let own = scenario.settings
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

/// A scenario, and where each of its stubs stands.
struct LoadedScenario: Sendable {
    let scenario: Scenario
    /// `file:line`, of each stub.
    let places: [String]
}
