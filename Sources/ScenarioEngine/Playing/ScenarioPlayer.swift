// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import Synchronization

/// Says what each request is answered with, and keeps how far every tenant has come in what it plays.
///
/// Which stubs a request fits is found without a lock. Which of them is used, which of its replies is next and what
/// becomes of the states is one step under a lock: of requests at the same time, each gets a reply of its own.
public final class ScenarioPlayer: Sendable {
    /// So many tenants are remembered. Beyond that half of them are forgotten, those that have been away for longest.
    private static let mostTenants = 4096

    let state: Monitor<PlayState>
    /// The first number that no scenario and no stub ever had. Held by whoever makes another repertoire, which takes a while;
    /// requests don't wait for it.
    let nextNumber: Monitor<Int>
    /// What `isIdle` tells without a lock.
    private let hasNothing = Atomic(true)

    public init(_ set: ScenarioSet = ScenarioSet()) {
        let repertoire = Repertoire(set)
        state = Monitor(PlayState(repertoire: repertoire))
        nextNumber = Monitor(repertoire.nextNumber)
        hasNothing.store(set.isEmpty, ordering: .releasing)
    }

    /// Whether there are neither scenarios nor armed faults: then nothing needs to be asked.
    public var isIdle: Bool { hasNothing.load(ordering: .acquiring) }

    public var repertoire: Repertoire { state.withLock { $0.repertoire } }

    /// What is played for those who ask for that scenario, or for none. An empty one where it isn't there any more.
    public func set(of scenario: String? = nil) -> ScenarioSet {
        state.withLock { $0.repertoire.set(of: scenario) } ?? ScenarioSet()
    }

    /// Whether it can be asked for.
    public func has(_ scenario: String) -> Bool { state.withLock { $0.repertoire.named[scenario] != nil } }

    /// Changes something else than progress.
    func change<Result>(_ body: (inout PlayState) -> Result) -> Result {
        state.withLock { state in
            defer { hasNothing.store(state.isIdle, ordering: .releasing) }
            return body(&state)
        }
    }

    // MARK: - Requests

    /// What the request is answered with. Of its scenarios' progress the request is a part from now on.
    ///
    /// - Parameter values: what templates may ask for besides the request.
    public func selection(for request: RequestSubject, _ values: TemplateValues) -> Selection {
        while true {
            let (set, generation, armed) = state.withLock {
                ($0.repertoire.set(of: request.scenario), $0.generation, $0.armed.live)
            }
            let striking = ArmedFaults.fitting(armed, request)
            let fitting = set?.fitting(request) ?? []
            let chosen = state.withLock { state -> Chosen? in
                // Another repertoire may have come in the meantime.
                guard state.generation == generation else { return nil }
                return ScenarioPlayer.choose(fitting, of: set, striking, request, values.seed, &state)
            }
            guard let chosen else { continue }
            if chosen.hasSpentTheLast { change { _ in } }
            return ScenarioPlayer.selection(chosen, of: set, request, values)
        }
    }

    /// What was found under the lock.
    private struct Chosen {
        var choice = PlayProgress.Choice.nothing
        /// What the reply's waits and faults follow from; nil where it has none.
        var wire: ReplyUse?
        /// The armed faults that strike.
        var struck: [FaultSetting] = []
        /// Whether no armed fault is left.
        var hasSpentTheLast = false
    }

    private static func selection(
        _ chosen: Chosen, of set: ScenarioSet?, _ request: RequestSubject, _ values: TemplateValues
    ) -> Selection {
        let armed = chosen.struck
        let only = armed.isEmpty ? nil : WireScript(options: nil, faults: armed, seed: values.seed)
        guard let set else { return .unmatched(only) }
        switch chosen.choice {
        case .nothing: return .unmatched(only)
        case .spent(let stub): return .spent(set.stubs[stub].identity, only)
        case .reply(let stub, let number, let use):
            let loaded = set.stubs[stub]
            let reply = loaded.stub.replies[number]
            let own = chosen.wire?.script(reply)
            return .reply(
                reply.filled(request, values, call: use), loaded.identity, own?.adding(armed) ?? only,
                StubUse(number: use, reply: number + 1))
        }
    }

    private static func choose(
        _ fitting: [Int], of set: ScenarioSet?, _ striking: [ArmedFaults.Entry], _ request: RequestSubject,
        _ seed: UInt64, _ state: inout PlayState
    ) -> Chosen {
        state.requests += 1
        var chosen = Chosen()
        if !striking.isEmpty {
            chosen.struck = state.armed.strike(striking, seed: seed &+ UInt64(state.requests))
            chosen.hasSpentTheLast = state.armed.live.isEmpty
        }
        guard let set, !set.isEmpty else { return chosen }
        let part = PlayState.Part(tenant: request.tenant, scenario: request.scenario)
        if state.tenants[part] == nil, state.tenants.count >= mostTenants { state.forgetHalf() }
        chosen.choice = state.tenants[part, default: PlayProgress()].choose(
            fitting, of: set, request, at: state.requests)
        guard case .reply(let stub, let number, let use) = chosen.choice else { return chosen }
        let loaded = set.stubs[stub]
        let reply = loaded.stub.replies[number]
        guard !reply.isPlain else { return chosen }
        let wire = ReplyUse(of: loaded, reply: number, use: use, tenant: request.tenant, seed: seed)
        if !reply.faults.isEmpty {
            state.tenants[part]?.spentFaults.note(wire, stub: loaded, reply: number, reply)
        }
        chosen.wire = wire
        return chosen
    }

    /// The stubs that came nearest to a request that none has matched, the nearest first.
    public func nearMisses(of request: RequestSubject, most: Int = 3) -> [NearMiss] {
        let part = PlayState.Part(tenant: request.tenant, scenario: request.scenario)
        let (set, progress) = state.withLock {
            ($0.repertoire.set(of: request.scenario), $0.tenants[part] ?? PlayProgress())
        }
        guard let set else { return [] }
        return NearMiss.nearest(most, in: set, to: request, progress)
    }

    // MARK: - Afterwards

    /// The required stubs that nobody has used, of what is played for everybody and of what somebody has asked for.
    public var unused: [StubIdentity] {
        let state = state.withLock { $0 }
        // A stub may have been used where its scenario is played with others, or alone.
        let used = state.tenants.values.reduce(into: state.past.used) { $0.formUnion($1.uses.keys) }
        return state.stubsInSight.filter { $0.stub.isRequired && !used.contains($0.number) }.map(\.identity)
    }

    /// The faults that haven't struck any tenant as often as they were to, in the order of the files; of the same stubs.
    /// Behind them those that were armed.
    public var unspentFaults: [UnspentFault] {
        let state = state.withLock { $0 }
        let spent = state.tenants.values.reduce(into: state.past.faults) { $0.merge($1.spentFaults) }
        return state.stubsInSight.flatMap { spent.unspent(of: $0) } + state.armed.unspent
    }
}

/// What comes of one request. Each may have something that becomes of its answer on the wire; nil where nothing does.
public enum Selection: Sendable, Equatable {
    case reply(ScriptedReply, StubIdentity, WireScript?, StubUse)
    /// The stub has given all its replies, and is to refuse what comes then.
    case spent(StubIdentity, WireScript?)
    case unmatched(WireScript?)
}

/// Which of its replies a stub gives, and how often it was used.
public struct StubUse: Sendable, Equatable {
    /// Which use of the stub by the tenant it is; from 1.
    public let number: Int
    /// Which of the stub's replies; from 1.
    public let reply: Int
}

/// Which stub it is, for people.
public struct StubIdentity: Sendable, Hashable, CustomStringConvertible {
    public let name: String
    /// The scenario's name.
    public let scenario: String
    /// `file:line`.
    public let place: String

    package init(name: String, scenario: String, place: String) {
        self.name = name
        self.scenario = scenario
        self.place = place
    }

    /// `“first call” (Scenarios/rate-limited.yaml:8)`.
    public var description: String { "\(Quoted.text(name)) (\(place))" }
}
