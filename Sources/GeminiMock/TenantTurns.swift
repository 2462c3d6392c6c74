// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// How many requests of each tenant are being answered, so that none of them has all the connections.
final class TenantTurns: Sendable {
    private let counts = Monitor<[Tenant: Int]>([:])
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// One request's turn; it is over with the object.
    final class Turn: Sendable {
        private let turns: TenantTurns
        private let tenant: Tenant

        fileprivate init(_ turns: TenantTurns, _ tenant: Tenant) {
            self.turns = turns
            self.tenant = tenant
        }

        deinit { turns.end(tenant) }
    }

    /// - Throws: the API's 429 where the tenant has as many as it may.
    func begin(_ tenant: Tenant) throws(APIError) -> Turn {
        let isFree = counts.withLock { counts in
            guard counts[tenant, default: 0] < limit else { return false }
            counts[tenant, default: 0] += 1
            return true
        }
        guard isFree else { throw .resourceExhausted }
        return Turn(self, tenant)
    }

    private func end(_ tenant: Tenant) {
        counts.withLock { counts in
            let others = (counts[tenant] ?? 1) - 1
            // Keys can be made up without end.
            counts[tenant] = others > 0 ? others : nil
        }
    }
}

/// Holds a request's turn until its answer has ended, and passes on what it is told.
///
/// `@unchecked Sendable`: one thread at a time calls it.
final class TurnWitness: DeliveryWitness, @unchecked Sendable {
    private var turn: TenantTurns.Turn?
    private let inner: (any DeliveryWitness)?

    init(_ turn: TenantTurns.Turn, _ inner: (any DeliveryWitness)?) {
        self.turn = turn
        self.inner = inner
    }

    func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) { inner?.sent(bytes, at: time) }

    func ended(_ ending: DeliveryEnding, at time: Int64) {
        turn = nil
        inner?.ended(ending, at: time)
    }
}
