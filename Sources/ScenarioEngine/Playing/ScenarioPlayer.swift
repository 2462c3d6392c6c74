// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// Says what each request is answered with, and keeps how far every tenant has come.
///
/// Which stubs a request fits is found without a lock. Which of them is used, which of its replies is next and what
/// becomes of the states is one step under a lock: of requests at the same time, each gets a reply of its own.
public final class ScenarioPlayer: Sendable {
    private struct State {
        var set: ScenarioSet
        /// Tells a set from the ones before it.
        var generation = 0
        var tenants: [String: PlayProgress] = [:]
        /// Stubs that somebody has used.
        var used: Set<Int> = []
        /// How many requests there were: what tells who was here last.
        var requests = 0
    }

    /// So many tenants are remembered. Beyond that half of them are forgotten, those that have been away for longest.
    private static let mostTenants = 4096

    private let state: Monitor<State>

    public init(_ set: ScenarioSet = ScenarioSet()) {
        state = Monitor(State(set: set))
    }

    public var set: ScenarioSet { state.withLock { $0.set } }

    /// Plays another set from now on, from its beginning.
    public func play(_ set: ScenarioSet) {
        state.withLock { $0 = State(set: set, generation: $0.generation + 1) }
    }

    /// Goes on with the same scenarios read anew, in which nothing but their places is other.
    public func goOn(with set: ScenarioSet) { state.withLock { $0.set = set } }

    /// What the request is answered with. Of the set's progress the request is a part from now on.
    ///
    /// - Parameter values: what templates may ask for besides the request.
    public func selection(for request: RequestSubject, _ values: TemplateValues) -> Selection {
        while true {
            let (set, generation) = state.withLock { ($0.set, $0.generation) }
            guard !set.isEmpty else { return .unmatched }
            let fitting = set.fitting(request)
            let choice = state.withLock { state in
                // Another set may have come in the meantime.
                state.generation == generation ? ScenarioPlayer.choose(fitting, request, &state) : nil
            }
            switch choice {
            case nil: continue
            case .nothing: return .unmatched
            case .spent(let stub): return .spent(set.stubs[stub].identity)
            case .reply(let stub, let number, let use):
                let reply = set.stubs[stub].stub.replies[number].filled(request, values, call: use)
                return .reply(reply, set.stubs[stub].identity)
            }
        }
    }

    private static func choose(
        _ fitting: [Int], _ request: RequestSubject, _ state: inout State
    ) -> PlayProgress.Choice {
        state.requests += 1
        if state.tenants[request.tenant] == nil, state.tenants.count >= mostTenants {
            let times = state.tenants.values.map(\.lastRequest).sorted()
            let limit = times[times.count / 2]
            state.tenants = state.tenants.filter { $0.value.lastRequest > limit }
        }
        let choice = state.tenants[request.tenant, default: PlayProgress()].choose(
            fitting, of: state.set, request, at: state.requests)
        switch choice {
        case .nothing: break
        case .spent(let stub), .reply(let stub, _, _): state.used.insert(stub)
        }
        return choice
    }

    /// The stubs that came nearest to a request that none has matched, the nearest first.
    public func nearMisses(of request: RequestSubject, most: Int = 3) -> [NearMiss] {
        let (set, progress) = state.withLock { ($0.set, $0.tenants[request.tenant] ?? PlayProgress()) }
        return NearMiss.nearest(most, in: set, to: request, progress)
    }

    /// The required stubs that nobody has used.
    public var unused: [StubIdentity] {
        state.withLock { state in
            state.set.stubs.indices.filter { state.set.stubs[$0].stub.isRequired && !state.used.contains($0) }
                .map { state.set.stubs[$0].identity }
        }
    }
}

/// What comes of one request.
public enum Selection: Sendable, Equatable {
    case reply(ScriptedReply, StubIdentity)
    /// The stub has given all its replies, and is to refuse what comes then.
    case spent(StubIdentity)
    case unmatched
}

/// Which stub it is, for people.
public struct StubIdentity: Sendable, Hashable, CustomStringConvertible {
    public let name: String
    /// The scenario's name.
    public let scenario: String
    /// `file:line`.
    public let place: String

    /// `“first call” (Scenarios/rate-limited.yaml:8)`.
    public var description: String { "\(Quoted.text(name)) (\(place))" }
}
