// SPDX-License-Identifier: Apache-2.0

/// How far one tenant has come in a set of scenarios.
struct PlayProgress: Sendable {
    enum Choice: Sendable, Equatable {
        case nothing
        case spent(stub: Int)
        /// - Parameter use: which use of the stub it is; from 1.
        case reply(stub: Int, number: Int, use: Int)
    }

    /// The values of states that were changed, by scenario.
    private var states: [Int: [String: String]] = [:]
    /// How many requests have fitted all but the number of calls, by stub; of those stubs alone that ask for it.
    private var calls: [Int: Int] = [:]
    /// How often each stub was used.
    private var uses: [Int: Int] = [:]
    /// The number of the last request.
    private(set) var lastRequest = 0

    /// Chooses the first stub that fits, and goes on by one step. Stubs behind it count the request too.
    ///
    /// - Parameter fitting: the stubs that fit but for what has happened so far, in order.
    mutating func choose(
        _ fitting: [Int], of set: ScenarioSet, _ request: RequestSubject, at number: Int
    ) -> Choice {
        lastRequest = number
        var chosen: Int?
        for index in fitting {
            let pattern = set.stubs[index].stub.pattern
            // It neither counts nor is needed any more.
            if chosen != nil, pattern.call == nil { continue }
            guard hold(pattern.states, in: set.stubs[index].scenario, of: set) else { continue }
            if let call = pattern.call {
                calls[index, default: 0] += 1
                guard call.contains(calls[index] ?? 1) else { continue }
            }
            if chosen == nil { chosen = index }
        }
        guard let chosen else { return .nothing }
        return use(chosen, set.stubs[chosen])
    }

    /// What a stub may ask for of what has happened before this request.
    func history(of index: Int, in set: ScenarioSet) -> StubHistory {
        let scenario = set.stubs[index].scenario
        let states = set.scenarios[scenario].states.map {
            ($0.name, value(of: $0.name, in: scenario, of: set))
        }
        return StubHistory(
            states: Dictionary(states, uniquingKeysWith: { first, _ in first }), call: calls[index] ?? 1)
    }

    private func hold(_ conditions: [StateValue], in scenario: Int, of set: ScenarioSet) -> Bool {
        conditions.allSatisfy { value(of: $0.state, in: scenario, of: set) == $0.value }
    }

    private func value(of name: String, in scenario: Int, of set: ScenarioSet) -> String {
        states[scenario]?[name] ?? set.scenarios[scenario].states.first { $0.name == name }?.values.first
            ?? ""
    }

    private mutating func use(_ index: Int, _ stub: LoadedStub) -> Choice {
        let replies = stub.stub.replies
        let use = (uses[index] ?? 0) + 1
        uses[index] = use
        let number: Int
        switch stub.stub.repeats {
        case .last: number = min(use, replies.count) - 1
        case .cycle: number = (use - 1) % replies.count
        case .fail where use > replies.count: return .spent(stub: index)
        case .fail: number = use - 1
        }
        for change in replies[number].states {
            states[stub.scenario, default: [:]][change.state] = change.value
        }
        return .reply(stub: index, number: number, use: use)
    }
}
