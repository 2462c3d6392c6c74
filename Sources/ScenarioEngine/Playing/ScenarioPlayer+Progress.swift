// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How far tenants have come.
extension ScenarioPlayer {
    /// Forgets how far everybody has come: states, counts of calls, places in sequences, what was used, which faults have
    /// struck. What is played stays, and so do armed faults.
    public func resetProgress() {
        change { state in
            state.tenants = [:]
            state.past = PlayState.Past()
        }
    }

    /// Forgets how far one tenant has come.
    ///
    /// - Parameter tenant: its id.
    public func resetProgress(of tenant: String) {
        change { state in state.tenants = state.tenants.filter { $0.key.tenant != tenant } }
    }

    /// The ids of those whose progress is kept: the last 4,096 at most, in no order.
    public var tenants: [String] {
        Array(Set(state.withLock { $0.tenants.keys }.map(\.tenant)))
    }

    /// How far one tenant has come, in what is played for everybody and in each scenario that it has asked for, by name.
    /// Empty of one that has asked for nothing yet.
    ///
    /// - Parameter tenant: its id.
    public func progress(of tenant: String) -> [ScenarioProgress] { progress(of: [tenant])[tenant] ?? [] }

    /// The same of several tenants, by their ids.
    public func progress(of tenants: Set<String>) -> [String: [ScenarioProgress]] {
        let (repertoire, parts) = state.withLock { ($0.repertoire, $0.tenants) }
        var found: [String: [ScenarioProgress]] = [:]
        for (part, progress) in parts where tenants.contains(part.tenant) {
            guard let set = repertoire.set(of: part.scenario) else { continue }
            found[part.tenant, default: []].append(ScenarioProgress(progress, in: set, asked: part.scenario))
        }
        return found.mapValues { $0.sorted { ($0.scenario ?? "") < ($1.scenario ?? "") } }
    }
}

/// How far a tenant has come in what it plays.
public struct ScenarioProgress: Sendable, Equatable {
    /// What was asked for; nil is what is played for everybody.
    public let scenario: String?
    /// All states of all scenarios that are played there.
    public let states: [State]
    /// The stubs that were used, or whose calls were counted, in the order in which they are tried.
    public let stubs: [Stub]

    public struct State: Sendable, Equatable {
        public let scenario: String
        public let name: String
        public let value: String
    }

    public struct Stub: Sendable, Equatable {
        public let stub: StubIdentity
        /// How often it was used.
        public let uses: Int
        /// How many replies it has.
        public let replies: Int
        /// How many requests have fitted all else than `call`; nil where it doesn't ask for that.
        public let calls: Int?
    }

    init(_ progress: PlayProgress, in set: ScenarioSet, asked scenario: String?) {
        self.scenario = scenario
        states = set.scenarios.indices.flatMap { index in
            progress.states(of: index, of: set).map {
                State(scenario: set.scenarios[index].name, name: $0.state, value: $0.value)
            }
        }
        stubs = set.stubs.compactMap { stub in
            let (uses, calls) = (progress.uses[stub.number] ?? 0, progress.calls(of: stub))
            guard uses > 0 || calls ?? 0 > 0 else { return nil }
            return Stub(
                stub: stub.identity, uses: uses, replies: stub.stub.replies.count, calls: calls)
        }
    }
}
