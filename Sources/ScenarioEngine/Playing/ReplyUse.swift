// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// One use of a reply: what decides which of its faults are armed, and how its waits vary.
struct ReplyUse: Sendable {
    /// Which use of the reply by its tenant it is, from 1.
    let count: Int
    /// The same for the same server's seed, tenant, stub and use.
    let seed: UInt64

    /// - Parameter use: which use of the stub it is, from 1.
    init(of stub: LoadedStub, reply number: Int, use: Int, tenant: String, seed: UInt64) {
        let replies = stub.stub.replies.count
        switch stub.stub.repeats {
        case .last: count = number == replies - 1 ? use - number : 1
        case .cycle: count = (use - 1) / replies + 1
        case .fail: count = 1
        }
        self.seed = Fingerprint.of(
            "\(tenant)\n\(stub.identity.scenario)\n\(stub.identity.name)\n\(use)", seed: seed)
    }

    /// The faults of the reply that break this use of it.
    func armed(_ faults: [FaultSetting]) -> [Int] {
        faults.indices.filter { index in
            switch faults[index].arming {
            case .always: return true
            case .times(let times): return count <= times
            case .probability(let probability):
                var generator = SeededGenerator(seed: seed &+ UInt64(index) &+ 1)
                return generator.share() < probability
            }
        }
    }

    /// What becomes of the answer; nil where nothing does.
    func script(_ reply: Reply) -> WireScript? {
        let faults = armed(reply.faults).map { reply.faults[$0] }
        guard reply.wire != nil || !faults.isEmpty else { return nil }
        return WireScript(options: reply.wire, faults: faults, seed: seed)
    }
}
