// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// Says what each request is answered with, and keeps how far every tenant has come in what it plays.
///
/// Which stubs a request fits is found without a lock. Which of them is used, which of its replies is next and what
/// becomes of the states is one step under a lock: of requests at the same time, each gets a reply of its own.
public final class ScenarioPlayer: Sendable {
    /// Whose progress, in what. Whoever asks for a scenario now and then comes back to where it was.
    private struct Part: Hashable {
        let tenant: String
        let scenario: String?
    }

    private struct State {
        var repertoire: Repertoire
        /// Tells a repertoire from the ones before it.
        var generation = 0
        var tenants: [Part: PlayProgress] = [:]
        /// Stubs that somebody has used, by the scenario that was asked for. One that nobody has begun has no entry.
        var used: [String?: Set<Int>] = [:]
        var spentFaults: [String?: SpentFaults] = [:]
        /// How many requests there were: what tells who was here last.
        var requests = 0
    }

    /// So many tenants are remembered. Beyond that half of them are forgotten, those that have been away for longest.
    private static let mostTenants = 4096

    private let state: Monitor<State>

    public init(_ set: ScenarioSet = ScenarioSet()) {
        state = Monitor(State(repertoire: Repertoire(set)))
    }

    public var repertoire: Repertoire { state.withLock { $0.repertoire } }

    /// What is played for those who ask for that scenario, or for none. An empty one where it isn't there any more.
    public func set(of scenario: String? = nil) -> ScenarioSet {
        state.withLock { $0.repertoire.set(of: scenario) } ?? ScenarioSet()
    }

    /// Whether it can be asked for.
    public func has(_ scenario: String) -> Bool { state.withLock { $0.repertoire.named[scenario] != nil } }

    /// Plays something else from now on, from its beginning.
    public func play(_ repertoire: Repertoire) {
        state.withLock { $0 = State(repertoire: repertoire, generation: $0.generation + 1) }
    }

    /// Goes on with the same scenarios read anew, in which nothing but their places is other.
    public func goOn(with repertoire: Repertoire) { state.withLock { $0.repertoire = repertoire } }

    /// What the request is answered with. Of its scenarios' progress the request is a part from now on.
    ///
    /// - Parameter values: what templates may ask for besides the request.
    public func selection(for request: RequestSubject, _ values: TemplateValues) -> Selection {
        while true {
            let (set, generation) = state.withLock {
                ($0.repertoire.set(of: request.scenario), $0.generation)
            }
            guard let set, !set.isEmpty else { return .unmatched }
            let fitting = set.fitting(request)
            let chosen = state.withLock { state in
                // Another repertoire may have come in the meantime.
                state.generation == generation
                    ? ScenarioPlayer.choose(fitting, of: set, request, values.seed, &state) : nil
            }
            guard let (choice, wire) = chosen else { continue }
            switch choice {
            case .nothing: return .unmatched
            case .spent(let stub): return .spent(set.stubs[stub].identity)
            case .reply(let stub, let number, let use):
                let loaded = set.stubs[stub]
                let reply = loaded.stub.replies[number]
                return .reply(reply.filled(request, values, call: use), loaded.identity, wire?.script(reply))
            }
        }
    }

    /// - Returns: what is chosen, and what the reply's waits and faults follow from; nil where it has none.
    private static func choose(
        _ fitting: [Int], of set: ScenarioSet, _ request: RequestSubject, _ seed: UInt64,
        _ state: inout State
    ) -> (PlayProgress.Choice, wire: ReplyUse?) {
        state.requests += 1
        let part = Part(tenant: request.tenant, scenario: request.scenario)
        if state.tenants[part] == nil, state.tenants.count >= mostTenants {
            let times = state.tenants.values.map(\.lastRequest).sorted()
            let limit = times[times.count / 2]
            state.tenants = state.tenants.filter { $0.value.lastRequest > limit }
        }
        let choice = state.tenants[part, default: PlayProgress()].choose(
            fitting, of: set, request, at: state.requests)
        switch choice {
        case .nothing: if state.used[request.scenario] == nil { state.used[request.scenario] = [] }
        case .spent(let stub): state.used[request.scenario, default: []].insert(stub)
        case .reply(let stub, let number, let use):
            state.used[request.scenario, default: []].insert(stub)
            let loaded = set.stubs[stub]
            let reply = loaded.stub.replies[number]
            guard !reply.isPlain else { break }
            let wire = ReplyUse(of: loaded, reply: number, use: use, tenant: request.tenant, seed: seed)
            if !reply.faults.isEmpty {
                state.spentFaults[request.scenario, default: SpentFaults()].note(
                    wire, stub: stub, reply: number, reply)
            }
            return (choice, wire)
        }
        return (choice, nil)
    }

    /// The stubs that came nearest to a request that none has matched, the nearest first.
    public func nearMisses(of request: RequestSubject, most: Int = 3) -> [NearMiss] {
        let part = Part(tenant: request.tenant, scenario: request.scenario)
        let (set, progress) = state.withLock {
            ($0.repertoire.set(of: request.scenario), $0.tenants[part] ?? PlayProgress())
        }
        guard let set else { return [] }
        return NearMiss.nearest(most, in: set, to: request, progress)
    }

    /// The required stubs that nobody has used, of what is played for everybody and of what somebody has asked for.
    public var unused: [StubIdentity] {
        let (repertoire, used) = state.withLock { ($0.repertoire, $0.used) }
        // A stub may have been used where its scenario is played with others, or alone.
        var spent: Set<StubIdentity> = []
        for (scenario, stubs) in used {
            guard let set = repertoire.set(of: scenario) else { continue }
            spent.formUnion(stubs.map { set.stubs[$0].identity })
        }
        return ScenarioPlayer.inSight(repertoire, used).filter {
            $0.stub.isRequired && !spent.contains($0.identity)
        }.map(\.identity)
    }

    /// The faults that haven't struck any tenant as often as they were to, in the order of the files; of the same stubs.
    public var unspentFaults: [UnspentFault] {
        let (repertoire, used, spent) = state.withLock { ($0.repertoire, $0.used, $0.spentFaults) }
        var counts: [SpentFaults.Struck: Int] = [:]
        for (scenario, faults) in spent {
            guard let set = repertoire.set(of: scenario) else { continue }
            counts.merge(faults.counts(in: set)) { max($0, $1) }
        }
        return ScenarioPlayer.inSight(repertoire, used).flatMap { SpentFaults.unspent(of: $0, counts) }
    }

    private static func inSight(_ repertoire: Repertoire, _ used: [String?: Set<Int>]) -> [LoadedStub] {
        let begun = repertoire.library.map(\.name).filter { used[$0] != nil }
        return ([repertoire.usual] + begun.compactMap { repertoire.set(of: $0) }).flatMap(\.stubs)
    }
}

/// What comes of one request.
public enum Selection: Sendable, Equatable {
    /// With what becomes of the answer on the wire; nil where nothing does.
    case reply(ScriptedReply, StubIdentity, WireScript?)
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
