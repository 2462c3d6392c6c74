// SPDX-License-Identifier: Apache-2.0

/// A scenario made ready to be played, and where it comes from.
struct LoadedScenario: Sendable {
    let scenario: Scenario
    /// Where it was read.
    let file: String
    /// Of the text that it was read from; 0 where there is none.
    let size: Int
    /// Made once, whatever sets they are in.
    let stubs: [LoadedStub]
    /// Whether it came while the player ran: it stays when the files are read again.
    var isAdded = false
    /// Tells it from all scenarios that its player ever had, and its first stub from all stubs.
    private(set) var number: Int?

    /// - Parameter places: `file:line`, of each stub.
    init(scenario: Scenario, places: [String], file: String = "", size: Int = 0) {
        self.scenario = scenario
        self.file = file
        self.size = size
        stubs = zip(scenario.stubs, places).map { stub, place in
            LoadedStub(stub, identity: StubIdentity(name: stub.name, scenario: scenario.name, place: place))
        }
    }

    /// The numbers that are its own.
    var numbers: Range<Int> { (number ?? 0)..<((number ?? 0) + max(1, stubs.count)) }

    /// The same one, whose progress is that of the scenario that has had the number; of a new one where it is nil.
    func numbered(_ number: Int?) -> LoadedScenario {
        var loaded = self
        loaded.number = number
        return loaded
    }

    /// The scenarios, with numbers for those that have none.
    ///
    /// - Parameter next: the first one that is free; becomes the next one.
    static func number(_ scenarios: [LoadedScenario], from next: inout Int) -> [LoadedScenario] {
        scenarios.map { loaded in
            guard loaded.number == nil else { return loaded }
            let numbered = loaded.numbered(next)
            next = numbered.numbers.upperBound
            return numbered
        }
    }
}
