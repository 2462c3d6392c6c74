// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class InteractionStoreTests: XCTestCase {
    private let tenant = Tenant("t")

    private func isThere(
        _ interaction: StoredInteraction, in store: InteractionStore, for tenant: Tenant? = nil,
        at now: Int64 = 0
    ) -> Bool {
        (try? store.find(interaction.id.text, of: tenant ?? self.tenant, at: now)) === interaction
    }

    // MARK: Keeping

    func test_turns_areFound_byTheirTenantOnly() throws {
        let store = InteractionStore()
        let kept = keep(in: store)
        XCTAssertTrue(isThere(kept, in: store))
        XCTAssertFalse(isThere(kept, in: store, for: Tenant("other")))
        XCTAssertThrowsError(try store.remove(kept.id.text, of: Tenant("other"), at: 0)) {
            XCTAssertEqual($0 as? APIError, .noSuchEntity)
        }
        try store.remove(kept.id.text, of: tenant, at: 0)
        XCTAssertFalse(isThere(kept, in: store))
        XCTAssertThrowsError(try store.remove(kept.id.text, of: tenant, at: 0))
        XCTAssertEqual(store.occupancy.turns, 0)
        XCTAssertEqual(store.occupancy.bytes, 0)
    }

    func test_names_differ_andFollowFromOrderAndSeed() {
        let (one, other) = (InteractionStore(), InteractionStore())
        let names = (0..<100).map { _ in keep(in: one).id.text }
        XCTAssertEqual(Set(names).count, 100)
        XCTAssertEqual(names, (0..<100).map { _ in keep(in: other).id.text })
    }

    func test_name_doesNotComeTwice_whenItsTurnIsGone() throws {
        let store = InteractionStore()
        let first = keep(in: store)
        try store.remove(first.id.text, of: tenant, at: 0)
        XCTAssertNotEqual(keep(in: store).id, first.id)
    }

    func test_conversation_isTheChain_fromTheOldest() throws {
        let store = InteractionStore()
        let first = keep(in: store)
        let second = keep(in: store, after: first)
        let branch = keep(in: store, after: first)
        let third = keep(in: store, after: second)
        let chain = store.conversation(upTo: third, of: tenant)
        XCTAssertEqual(chain.map(\.id), [first, second, third].map(\.id))
        XCTAssertEqual(store.conversation(upTo: branch, of: tenant).map(\.id), [first, branch].map(\.id))
        try store.remove(second.id.text, of: tenant, at: 0)
        XCTAssertEqual(store.conversation(upTo: third, of: tenant).map(\.id), [third.id])
    }

    func test_conversation_isReadSoFar() {
        let store = InteractionStore()
        let last = (0..<2000).reduce(nil as StoredInteraction?) { last, _ in keep(in: store, after: last) }
        XCTAssertEqual(last.map { store.conversation(upTo: $0, of: tenant).count }, 500)
        let text = String(repeating: "x", count: 1 << 20)
        let large = (0..<10).reduce(nil as StoredInteraction?) { last, _ in
            keep(in: store, text, after: last)
        }
        XCTAssertEqual(large.map { store.conversation(upTo: $0, of: tenant).count }, 3)
    }

    // MARK: Forgetting

    func test_turns_expire_byTheClock() {
        var limits = InteractionStore.Limits()
        limits.retention = .seconds(60)
        let store = InteractionStore(limits: limits)
        let second: Int64 = 1_000_000_000
        let (old, new) = (keep(in: store, at: 0), keep(in: store, at: 30 * second))
        XCTAssertTrue(isThere(old, in: store, at: 60 * second - 1))
        XCTAssertFalse(isThere(old, in: store, at: 60 * second))
        XCTAssertTrue(isThere(new, in: store, at: 60 * second))
        XCTAssertFalse(isThere(new, in: store, at: 90 * second))
        XCTAssertEqual(store.occupancy.turns, 0)
    }

    func test_oldestTurn_ofATenant_isForgotten_andItSaysSo() {
        let said = Monitor<[String]>([])
        var limits = InteractionStore.Limits()
        limits.turnsPerTenant = 10
        let store = InteractionStore(limits: limits) { line in said.withLock { $0.append(line) } }
        let other = keep(in: store, for: Tenant("other"))
        let turns = (0..<15).map { _ in keep(in: store) }
        XCTAssertEqual(
            turns.map { isThere($0, in: store) },
            Array(repeating: false, count: 5) + Array(repeating: true, count: 10))
        XCTAssertTrue(isThere(other, in: store, for: Tenant("other")))
        let lines = said.withLock { $0 }
        XCTAssertEqual(lines.count, 3, "the 1st, the 2nd and the 4th")
        XCTAssertTrue(lines.last?.contains("4 of the oldest had to be forgotten") ?? false, "\(lines)")
    }

    func test_oldestTurnOfAll_isForgotten_whereAllAreTooLarge() {
        var limits = InteractionStore.Limits()
        limits.bytes = 100_000
        let store = InteractionStore(limits: limits)
        let text = String(repeating: "x", count: 30_000)
        let first = keep(in: store, text, for: Tenant("first"))
        let rest = (0..<3).map { _ in keep(in: store, text) }
        XCTAssertFalse(isThere(first, in: store, for: Tenant("first")))
        XCTAssertTrue(rest.allSatisfy { isThere($0, in: store) })
        XCTAssertLessThanOrEqual(store.occupancy.bytes, 100_000)
        let huge = keep(in: store, String(repeating: "x", count: 200_000))
        XCTAssertTrue(isThere(huge, in: store), "the newest stays")
        XCTAssertEqual(store.occupancy.turns, 1)
    }

    func test_creatingAndRemoving_leavesNothing() throws {
        let store = InteractionStore()
        for number in 0..<5000 {
            let tenant = Tenant("t\(number % 7)")
            try store.remove(keep(in: store, for: tenant).id.text, of: tenant, at: 0)
        }
        XCTAssertEqual(store.occupancy.turns, 0)
    }

    // MARK: Together

    func test_concurrentTurns_areNeitherLostNorDoubled() {
        let store = InteractionStore()
        let first = keep(in: store)
        let names = Monitor<[String]>([])
        let tenant = tenant
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            var last = first
            for number in 0..<200 {
                last = keep(in: store, "\(worker) \(number)", after: number % 20 == 0 ? first : last)
                let name = last.id.text
                names.withLock { $0.append(name) }
                let chain = store.conversation(upTo: last, of: tenant)
                XCTAssertEqual(chain.count, number % 20 + 2)
                XCTAssertEqual(chain.first?.id, first.id)
            }
        }
        let all = names.withLock { $0 }
        XCTAssertEqual(Set(all).count, 1600)
        XCTAssertTrue(all.allSatisfy { (try? store.find($0, of: tenant, at: 0)) != nil })
        XCTAssertEqual(store.occupancy.turns, 1601)
    }

    func test_removeAll_forgetsATenantsTurns_orAll() throws {
        let store = InteractionStore()
        let turns = ["t", "u", "t"].map { keep(in: store, for: Tenant($0)) }
        store.removeAll(of: Tenant("t"))
        XCTAssertThrowsError(try store.find(turns[0].id.text, of: Tenant("t"), at: 0))
        XCTAssertNotNil(try store.find(turns[1].id.text, of: Tenant("u"), at: 0))
        XCTAssertEqual(store.occupancy.turns, 1)
        XCTAssertEqual(store.occupancy.bytes, turns[1].size)
        XCTAssertEqual(keep(in: store, for: Tenant("t")).id, turns[0].id, "names begin anew")
        store.removeAll()
        XCTAssertTrue(store.occupancy == (0, 0), "\(store.occupancy)")
        XCTAssertEqual(store.counts(at: 0), [:])
    }

    func test_page_isBounded_andTheNewestFirst() {
        let store = InteractionStore()
        let turns = ["t", "u", "t", "t"].map { keep(in: store, for: Tenant($0)) }
        let first = store.page(of: Tenant("t"), before: nil, size: 2, at: 0)
        XCTAssertEqual(first.turns.map(\.interaction.id), [turns[3].id, turns[2].id])
        let rest = store.page(of: Tenant("t"), before: first.next, size: 2, at: 0)
        XCTAssertEqual(rest.turns.map(\.interaction.id), [turns[0].id])
        XCTAssertNil(rest.next)
        XCTAssertEqual(store.page(of: nil, before: nil, size: 9, at: 0).turns.map(\.serial), [4, 3, 2, 1])
        XCTAssertEqual(store.counts(at: 0), [Tenant("t"): 3, Tenant("u"): 1])
        XCTAssertEqual(
            store.page(of: nil, before: nil, size: 9, at: .max).turns.count, 0, "all are past their time")
    }

    func test_oneOfManyCancels_stopsTheRun() {
        let store = InteractionStore()
        let outcome = makeOutcome("Hi")
        let kept = store.keep(for: tenant, root: nil, seed: 1, at: 0) { id in
            StoredInteraction(
                id: id, outcome: outcome, input: nil, previousID: nil,
                run: InteractionRun(from: 0, length: .seconds(1)))
        }
        let stopped = Monitor(0)
        DispatchQueue.concurrentPerform(iterations: 16) { number in
            if kept.cancel(at: Int64(number) * 1000) { stopped.withLock { $0 += 1 } }
        }
        XCTAssertEqual(stopped.withLock { $0 }, 1)
        XCTAssertEqual(kept.status(at: 0), .cancelled)
        XCTAssertEqual(kept.resource(at: Int64.max).steps.count, 0)
    }
}

private func makeOutcome(_ text: String) -> Interaction {
    Interaction(
        id: nil, status: .completed, usage: nil, created: 0, updated: 0, serviceTier: "standard",
        steps: [.text(text)], actor: .model("m"))
}

private func keep(
    in store: InteractionStore, _ text: String = "Hi", for tenant: Tenant = Tenant("t"), at now: Int64 = 0,
    after previous: StoredInteraction? = nil
) -> StoredInteraction {
    let outcome = makeOutcome(text)
    return store.keep(for: tenant, root: previous?.id.root, seed: 1, at: now) { id in
        StoredInteraction(id: id, outcome: outcome, input: nil, previousID: previous?.id, run: nil)
    }
}
