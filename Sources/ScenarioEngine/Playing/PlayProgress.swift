// SPDX-License-Identifier: Apache-2.0

/// How far one tenant has come in a set of scenarios. All of it is kept by the numbers of scenarios and stubs, which stay
/// the same when others come and go.
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
    private(set) var uses: [Int: Int] = [:]
    /// The faults that have struck.
    var spentFaults = SpentFaults()
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
            let (pattern, stub) = (set.stubs[index].stub.pattern, set.stubs[index].number)
            // It neither counts nor is needed any more.
            if chosen != nil, pattern.call == nil { continue }
            guard hold(pattern.states, in: set.stubs[index].scenario, of: set) else { continue }
            if let call = pattern.call {
                calls[stub, default: 0] += 1
                guard call.contains(calls[stub] ?? 1) else { continue }
            }
            if chosen == nil { chosen = index }
        }
        guard let chosen else { return .nothing }
        return use(chosen, set.stubs[chosen], of: set)
    }

    /// What a stub may ask for of what has happened before this request.
    func history(of index: Int, in set: ScenarioSet) -> StubHistory {
        let states = states(of: set.stubs[index].scenario, of: set).map { ($0.state, $0.value) }
        return StubHistory(
            states: Dictionary(states, uniquingKeysWith: { first, _ in first }),
            call: calls[set.stubs[index].number] ?? 1)
    }

    /// Which value each state of a scenario has.
    func states(of scenario: Int, of set: ScenarioSet) -> [StateValue] {
        set.scenarios[scenario].states.map {
            StateValue(state: $0.name, value: value(of: $0.name, in: scenario, of: set))
        }
    }

    /// How many requests have fitted all but the number of calls; nil where the stub doesn't ask for that.
    func calls(of stub: LoadedStub) -> Int? {
        stub.stub.pattern.call == nil ? nil : calls[stub.number] ?? 0
    }

    /// Forgets scenarios and stubs that aren't there any more.
    mutating func forget(_ numbers: Set<Int>) {
        states = states.filter { !numbers.contains($0.key) }
        calls = calls.filter { !numbers.contains($0.key) }
        uses = uses.filter { !numbers.contains($0.key) }
        spentFaults.forget(numbers)
    }

    private func hold(_ conditions: [StateValue], in scenario: Int, of set: ScenarioSet) -> Bool {
        conditions.allSatisfy { value(of: $0.state, in: scenario, of: set) == $0.value }
    }

    private func value(of name: String, in scenario: Int, of set: ScenarioSet) -> String {
        set.loaded[scenario].number.flatMap { states[$0]?[name] } ?? set.scenarios[scenario].states.first {
            $0.name == name
        }?.values.first
            ?? ""
    }

    private mutating func use(_ index: Int, _ stub: LoadedStub, of set: ScenarioSet) -> Choice {
        let replies = stub.stub.replies
        let use = (uses[stub.number] ?? 0) + 1
        uses[stub.number] = use
        let number: Int
        switch stub.stub.repeats {
        case .last: number = min(use, replies.count) - 1
        case .cycle: number = (use - 1) % replies.count
        case .fail where use > replies.count: return .spent(stub: index)
        case .fail: number = use - 1
        }
        if let scenario = set.loaded[stub.scenario].number {
            for change in replies[number].states {
                states[scenario, default: [:]][change.state] = change.value
            }
        }
        return .reply(stub: index, number: number, use: use)
    }
}
