// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What has been used of what is loaded.
extension ScenarioPlayer {
    /// All scenarios in the order in which their stubs are tried, with how often each stub was used. Uses by tenants that were
    /// forgotten for others are told as one.
    public var usage: [ScenarioUsage] {
        let (repertoire, tenants, past) = state.withLock { ($0.repertoire, $0.tenants, $0.past) }
        var uses = Dictionary(past.used.map { ($0, 1) }, uniquingKeysWith: { first, _ in first })
        for progress in tenants.values { uses.merge(progress.uses) { $0 + $1 } }
        return repertoire.played.map { ScenarioUsage($0, for: .everybody, uses) }
            + repertoire.shelf.map { ScenarioUsage($0, for: .library, uses) }
    }

    /// Goes back to what was read from files, from its beginning: what was added is gone, what was removed is there again, no
    /// fault is armed, and nobody has come anywhere.
    public func restore() {
        nextNumber.withLock { next in
            let files = state.withLock { $0.files }
            let repertoire = Repertoire(
                files.played.map { $0.numbered(nil) }, library: files.shelf.map { $0.numbered(nil) },
                from: next)
            next = repertoire.nextNumber
            change { state in
                state.install(repertoire)
                state.tenants = [:]
                state.past = PlayState.Past()
                state.armed.disarmAll()
            }
        }
    }
}

/// A scenario that is loaded, and what has been used of it.
public struct ScenarioUsage: Sendable, Equatable {
    public let scenario: ScenarioListing
    /// In the order in which they are tried.
    public let stubs: [Stub]

    public struct Stub: Sendable, Equatable {
        public let stub: StubIdentity
        public let isRequired: Bool
        /// How many replies it has.
        public let replies: Int
        /// How often it was used, all tenants together.
        public let uses: Int
    }

    init(_ loaded: LoadedScenario, for audience: ScenarioAudience, _ uses: [Int: Int]) {
        scenario = ScenarioListing(loaded, for: audience)
        stubs = zip(loaded.stubs, loaded.numbers).map { stub, number in
            Stub(
                stub: stub.identity, isRequired: stub.stub.isRequired, replies: stub.stub.replies.count,
                uses: uses[number] ?? 0)
        }
    }
}
