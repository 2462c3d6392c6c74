// SPDX-License-Identifier: Apache-2.0

/// What a player keeps under its lock.
struct PlayState: Sendable {
    /// Whose progress, in what. Whoever asks for a scenario now and then comes back to where it was.
    struct Part: Hashable, Sendable {
        let tenant: String
        let scenario: String?
    }

    /// What remains of tenants that were forgotten.
    struct Past: Sendable {
        /// Numbers of stubs.
        var used: Set<Int> = []
        var faults = SpentFaults()
        /// The scenarios that were asked for.
        var begun: Set<String> = []
    }

    /// What is played.
    private(set) var repertoire: Repertoire
    /// What was read from files, before anything was added or removed.
    var files: Repertoire
    /// Tells a repertoire from the ones before it.
    private(set) var generation = 0
    var tenants: [Part: PlayProgress] = [:]
    var past = Past()
    var armed = ArmedFaults()
    /// How many requests there were: what tells who was here last.
    var requests = 0

    init(repertoire: Repertoire) {
        self.repertoire = repertoire
        files = repertoire
    }

    var isIdle: Bool { repertoire.isEmpty && armed.live.isEmpty }

    /// Plays something else from now on. What is in both goes on where it is.
    mutating func install(_ next: Repertoire) {
        let before = repertoire
        repertoire = next
        generation += 1
        let staying = Set((next.played + next.shelf).map(\.number))
        let gone = (before.played + before.shelf).filter { !staying.contains($0.number) }
        guard !gone.isEmpty else { return }
        forget(Set(gone.flatMap(\.numbers)), Set(gone.map(\.scenario.name)))
    }

    private mutating func forget(_ numbers: Set<Int>, _ scenarios: Set<String>) {
        tenants = tenants.filter { !scenarios.contains($0.key.scenario ?? "") }.mapValues { progress in
            var progress = progress
            progress.forget(numbers)
            return progress
        }
        past.used.subtract(numbers)
        past.faults.forget(numbers)
        past.begun.subtract(scenarios)
    }

    /// Forgets those who have been away for longest.
    mutating func forgetHalf() {
        let times = tenants.values.map(\.lastRequest).sorted()
        let limit = times[times.count / 2]
        for (part, progress) in tenants where progress.lastRequest <= limit {
            past.used.formUnion(progress.uses.keys)
            past.faults.merge(progress.spentFaults)
            if let scenario = part.scenario { past.begun.insert(scenario) }
        }
        tenants = tenants.filter { $0.value.lastRequest > limit }
    }

    /// The stubs that should have been used: of what is played for everybody and of what somebody has asked for.
    var stubsInSight: [LoadedStub] {
        let begun = tenants.keys.reduce(into: past.begun) { begun, part in
            if let scenario = part.scenario { begun.insert(scenario) }
        }
        let asked = repertoire.shelf.filter { begun.contains($0.scenario.name) }
        return ([repertoire.usual] + asked.compactMap { repertoire.set(of: $0.scenario.name) }).flatMap(
            \.stubs)
    }
}
