// SPDX-License-Identifier: Apache-2.0

/// Which faults of stubs have struck one tenant, or several.
struct SpentFaults: Sendable {
    private struct Key: Hashable {
        /// The stub's number.
        let stub: Int
        let reply: Int
        let fault: Int
    }

    /// How often, by the tenant that it was most often.
    private var counts: [Key: Int] = [:]

    mutating func note(_ use: ReplyUse, stub: LoadedStub, reply number: Int, _ reply: Reply) {
        for fault in use.armed(reply.faults) {
            let key = Key(stub: stub.number, reply: number, fault: fault)
            counts[key] = max(counts[key] ?? 0, use.count)
        }
    }

    /// Adds those of another tenant.
    mutating func merge(_ other: SpentFaults) {
        if !other.counts.isEmpty { counts.merge(other.counts) { max($0, $1) } }
    }

    /// Forgets stubs that aren't there any more.
    mutating func forget(_ numbers: Set<Int>) {
        if !counts.isEmpty { counts = counts.filter { !numbers.contains($0.key.stub) } }
    }

    /// The faults of a stub that haven't struck as often as they were to.
    func unspent(of stub: LoadedStub) -> [UnspentFault] {
        stub.stub.replies.enumerated().flatMap { number, reply in
            reply.faults.enumerated().compactMap { index, fault -> UnspentFault? in
                let times = if case .times(let times) = fault.arming { times } else { 1 }
                let spent = counts[Key(stub: stub.number, reply: number, fault: index)] ?? 0
                guard spent < times else { return nil }
                return UnspentFault(
                    name: fault.name, source: .stub(stub.identity), times: times, spent: spent)
            }
        }
    }
}

/// A fault that hasn't struck, or not as often as it was to.
public struct UnspentFault: Sendable, Equatable, CustomStringConvertible {
    public enum Source: Sendable, Equatable {
        /// It breaks a reply of this stub.
        case stub(StubIdentity)
        /// It was armed while the server ran, under this number.
        case armed(Int)
    }

    /// As scenario files call it.
    public let name: String
    public let source: Source
    /// How often it was to strike, each tenant where it is a stub's; 1 where it has no number.
    public let times: Int
    /// How often it has; where it is a stub's, at most.
    public let spent: Int

    /// `reset of “stub” (Scenarios/x.yaml:8), but 1 of 2 times`, `reset, armed as 3`.
    public var description: String {
        let what =
            switch source {
            case .stub(let stub): "\(name) of \(stub)"
            case .armed(let id): "\(name), armed as \(id)"
            }
        return what + (spent > 0 ? ", but \(spent) of \(times) times" : "")
    }
}
