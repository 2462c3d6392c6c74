// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

extension Journal {
    fileprivate func enter(
        _ target: String, status: Int = 200, actions: [WireAction] = [.send([1, 2, 3])]
    ) -> (any DeliveryWitness)? {
        let head = RequestHead(method: "GET", target: RequestTarget(target), fields: HTTPFields([]))
        return enter(
            HTTPRequest(head: head, body: .bytes([])),
            ResponsePlan(head: ResponseHead(status: status, fields: []), actions: actions),
            RequestNotes(), at: 0)
    }
}

/// What several threads enter, and what becomes of it.
final class JournalBookTests: XCTestCase {
    private func makeJournal(_ configure: (inout Journal.Limits) -> Void = { _ in }) -> Journal {
        var limits = Journal.Limits()
        configure(&limits)
        return Journal(limits: limits)
    }

    private func onAnotherThread(_ body: @escaping @Sendable () -> Void) {
        WorkerThread(body).join()
    }

    func test_entriesOfManyThreads_areInOrder_andWithoutGaps() {
        let journal = makeJournal()
        let threads = (0..<6).map { thread in
            WorkerThread {
                for number in 0..<500 {
                    let witness = journal.enter("/\(thread)-\(number)")
                    // Somebody always reads meanwhile, and finds what was just entered.
                    if number % 7 == thread {
                        XCTAssertTrue(
                            journal.readings().contains { $0.facts.target == "/\(thread)-\(number)" })
                    }
                    witness?.ended(.complete, at: 1)
                }
            }
        }
        for thread in threads { thread.join() }
        let readings = journal.readings()
        XCTAssertEqual(readings.map(\.id), Array(1...3000))
        for thread in 0..<6 {
            XCTAssertEqual(
                readings.map(\.facts.target).filter { $0.hasPrefix("/\(thread)-") },
                (0..<500).map { "/\(thread)-\($0)" })
        }
        XCTAssertTrue(readings.allSatisfy { $0.delivery.ending == .complete })
        XCTAssertEqual(journal.totals.answered.values.reduce(0, +), 3000)
        XCTAssertEqual(journal.latest.id, 3000)
    }

    func test_retries_areFound_whateverThreadTheyComeTo() {
        let journal = makeJournal()
        _ = journal.enter("/a", status: 503)
        onAnotherThread { _ = journal.enter("/a", status: 503) }
        _ = journal.enter("/a")
        onAnotherThread { _ = journal.enter("/a") }
        XCTAssertEqual(journal.readings().map(\.operation), [1, 1, 1, 4])
    }

    func test_onlyWhatComesBehindAFailure_isARetry() {
        let journal = makeJournal()
        let first = journal.enter("/a")
        onAnotherThread { _ = journal.enter("/a") }
        first?.ended(.broken, at: 1)
        onAnotherThread { _ = journal.enter("/b") }
        _ = journal.enter("/a")
        _ = journal.enter("/a")
        XCTAssertEqual(journal.readings().map(\.operation), [1, 2, 3, 1, 5])
    }

    func test_changes_areSeen_byWhoAsksForThem() {
        let journal = makeJournal()
        let witness = journal.enter("/a")
        _ = journal.enter("/b")
        let (readings, revision) = journal.readings(since: 0)
        XCTAssertEqual(readings.map(\.id), [1, 2])
        XCTAssertEqual(journal.readings(since: revision).readings.count, 0)
        XCTAssertEqual(journal.revision, revision)
        [UInt8]([7, 7]).withUnsafeBytes { witness?.sent($0, at: 1) }
        witness?.ended(.complete, at: 2)
        XCTAssertGreaterThan(journal.revision, revision)
        let changed = journal.readings(since: revision).readings
        XCTAssertEqual(changed.map(\.id), [1])
        XCTAssertEqual(changed.first?.delivery.writeCount, 1)
    }

    /// Streams grow while nothing else comes.
    func test_whatGrows_isBounded_too() {
        let journal = makeJournal { $0.bytes = 500_000 }
        let live = [WireAction.live(LiveActions { _ in nil })]
        let streams = (0..<40).map { journal.enter("/\($0)", actions: live) }
        let piece = [UInt8](repeating: 7, count: 60_000)
        for stream in streams { piece.withUnsafeBytes { stream?.sent($0, at: 1) } }
        let occupancy = journal.occupancy
        XCTAssertLessThanOrEqual(occupancy.bytes, 500_000)
        XCTAssertEqual(occupancy.entries + occupancy.forgotten, 40)
        XCTAssertEqual(journal.readings().last?.id, 40)
        // Those that had to go are told, and it changes nothing.
        for stream in streams { stream?.ended(.complete, at: 2) }
        XCTAssertEqual(journal.occupancy, occupancy)
    }

    private struct Held {
        weak var witness: (any DeliveryWitness)?
    }

    func test_whatHadToGo_isLetGoOf_soonAndWithTheJournal() {
        var journal: Journal? = makeJournal { $0.entries = 10 }
        var held: [Held] = []
        for number in 0..<1000 {
            if let journal { held.append(Held(witness: journal.enter("/\(number)"))) }
        }
        XCTAssertEqual(journal?.occupancy.entries, 10)
        XCTAssertEqual(journal?.occupancy.forgotten, 990)
        XCTAssertLessThan(held.count { $0.witness != nil }, 200)
        journal?.reset()
        XCTAssertEqual(held.count { $0.witness != nil }, 0)
        var last = journal?.enter("/last")
        journal = nil
        // It may outlive the journal.
        last?.ended(.stopped, at: 3)
        weak let rest = last
        last = nil
        XCTAssertNil(rest)
    }

    func test_whatHasEnded_isLetGoOf_whereNobodyReads() {
        let journal = makeJournal { $0.entries = 10 }
        let held = (0..<1000).map { number in
            let witness = journal.enter("/\(number)")
            witness?.ended(.complete, at: 1)
            return Held(witness: witness)
        }
        XCTAssertLessThan(held.count { $0.witness != nil }, 200)
        XCTAssertEqual(
            journal.readings().compactMap(\.delivery.ending), Array(repeating: .complete, count: 10))
        XCTAssertEqual(held.count { $0.witness != nil }, 10)
    }

    func test_endsThatNobodyAsksFor_goWithTheJournal() {
        var journal: Journal? = makeJournal()
        var witnesses = (0..<3).map { journal?.enter("/\($0)") }
        weak let told = witnesses[0]
        weak let late = witnesses[1]
        witnesses[0]?.ended(.complete, at: 1)
        witnesses[0] = nil
        XCTAssertNotNil(told)
        journal = nil
        XCTAssertNil(told)
        witnesses[1]?.ended(.complete, at: 1)
        witnesses[1] = nil
        XCTAssertNil(late)
    }

    func test_aReset_forgetsWhatIsStillUnderWay() {
        let journal = makeJournal()
        let witness = journal.enter("/a", status: 503)
        journal.reset()
        witness?.ended(.broken, at: 1)
        _ = journal.enter("/a")
        XCTAssertEqual(journal.readings().map(\.operation), [2])
        XCTAssertEqual(journal.totals.answered.values.reduce(0, +), 1)
    }
}
