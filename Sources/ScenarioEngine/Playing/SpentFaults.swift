// SPDX-License-Identifier: Apache-2.0

/// Which faults of a set have struck, all tenants together.
struct SpentFaults: Sendable {
    private struct Key: Hashable {
        let stub: Int
        let reply: Int
        let fault: Int
    }

    /// A fault, whatever set it is played in.
    struct Struck: Hashable {
        let stub: StubIdentity
        let reply: Int
        let fault: Int
    }

    /// How often, by the tenant that it was most often.
    private var counts: [Key: Int] = [:]

    mutating func note(_ use: ReplyUse, stub: Int, reply number: Int, _ reply: Reply) {
        for fault in use.armed(reply.faults) {
            let key = Key(stub: stub, reply: number, fault: fault)
            counts[key] = max(counts[key] ?? 0, use.count)
        }
    }

    func counts(in set: ScenarioSet) -> [Struck: Int] {
        let named = counts.filter { set.stubs.indices.contains($0.key.stub) }.map { key, count in
            (Struck(stub: set.stubs[key.stub].identity, reply: key.reply, fault: key.fault), count)
        }
        return Dictionary(named, uniquingKeysWith: max)
    }

    /// The faults of a stub that haven't struck as often as they were to.
    static func unspent(of stub: LoadedStub, _ counts: [Struck: Int]) -> [UnspentFault] {
        stub.stub.replies.enumerated().flatMap { number, reply in
            reply.faults.enumerated().compactMap { index, fault -> UnspentFault? in
                let times = if case .times(let times) = fault.arming { times } else { 1 }
                let spent = counts[Struck(stub: stub.identity, reply: number, fault: index)] ?? 0
                guard spent < times else { return nil }
                return UnspentFault(name: fault.name, stub: stub.identity, times: times, spent: spent)
            }
        }
    }
}

/// A fault that hasn't struck, or not as often as it was to.
public struct UnspentFault: Sendable, Equatable, CustomStringConvertible {
    /// As scenario files call it.
    public let name: String
    /// The stub whose reply it breaks.
    public let stub: StubIdentity
    /// How often it was to strike each tenant; 1 where it has no number.
    public let times: Int
    /// How often it has, at most.
    public let spent: Int

    /// `reset of “stub” (Scenarios/x.yaml:8), 1 of 2 times`.
    public var description: String {
        "\(name) of \(stub)" + (spent > 0 ? ", but \(spent) of \(times) times" : "")
    }
}
