// SPDX-License-Identifier: Apache-2.0

extension ScenarioSet {
    /// What is other than in an earlier set, a phrase each: `rate-limited: “first” is new`. Empty where nothing is.
    public func changes(since earlier: ScenarioSet) -> [String] {
        let changes = scenarios.changes(since: earlier.scenarios)
        guard changes.isEmpty, earlier.scenarios != scenarios else { return changes }
        return ["the order is another one"]
    }
}

extension [Scenario] {
    /// What is other than before, their order left out.
    func changes(since earlier: [Scenario]) -> [String] {
        let before = earlier.byName
        let now = byName
        var changes: [String] = []
        for scenario in self {
            guard let old = before[scenario.name] else {
                changes.append("\(scenario.name) is new")
                continue
            }
            changes += scenario.changes(since: old).map { "\(scenario.name): \($0)" }
        }
        return changes + earlier.filter { now[$0.name] == nil }.map { "\($0.name) is gone" }
    }
}

extension Scenario {
    fileprivate func changes(since earlier: Scenario) -> [String] {
        var changes: [String] = []
        if settings != earlier.settings { changes.append("other settings") }
        if states != earlier.states { changes.append("other states") }
        let before = Dictionary(earlier.stubs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(stubs.map(\.name))
        for stub in stubs {
            guard let old = before[stub.name] else {
                changes.append("\(Quoted.text(stub.name)) is new")
                continue
            }
            if old != stub { changes.append("\(Quoted.text(stub.name)) has changed") }
        }
        changes += earlier.stubs.filter { !names.contains($0.name) }.map { "\(Quoted.text($0.name)) is gone" }
        if changes.isEmpty, stubs != earlier.stubs { changes.append("its stubs are in another order") }
        return changes
    }
}

extension [Scenario] {
    fileprivate var byName: [String: Scenario] {
        Dictionary(map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
