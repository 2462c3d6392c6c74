// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class SpentFaultsTests: XCTestCase {
    private func player(_ replies: String, _ more: String = "") throws -> ScenarioPlayer {
        ScenarioPlayer(try makeSet("name: n\nstubs:\n  - {name: s, \(more)replies: [\(replies)]}\n"))
    }

    /// The faults that strike one request.
    private func faults(
        _ player: ScenarioPlayer, tenant: String = "a", seed: UInt64 = 7
    ) throws -> [String] {
        let subject = try makeSubject(tenant: tenant)
        guard
            case .reply(_, _, let wire, _) = player.selection(
                for: subject, TemplateValues(now: 0, seed: seed))
        else { throw XCTSkip("no reply") }
        return wire?.faults.map(\.name) ?? []
    }

    func test_withoutNumber_aFaultStrikesEachUse() throws {
        let player = try player("{text: a, faults: [reset, truncate]}")
        XCTAssertEqual(
            player.unspentFaults.map(\.description),
            ["reset of “s” (s.yaml:3)", "truncate of “s” (s.yaml:3)"])
        for _ in 0..<3 { XCTAssertEqual(try faults(player), ["reset", "truncate"]) }
        XCTAssertEqual(player.unspentFaults, [])
    }

    func test_times_countUsesOfTheReply_byEachTenant() throws {
        let player = try player("{text: a}, {text: b, faults: [{fault: reset, times: 2}]}")
        XCTAssertEqual(try (0..<4).map { _ in try faults(player) }, [[], ["reset"], ["reset"], []])
        XCTAssertEqual(try (0..<2).map { _ in try faults(player, tenant: "b") }, [[], ["reset"]])
    }

    func test_times_inACycle_countEachReplyByItself() throws {
        let player = try player(
            "{text: a, faults: [{fault: reset, times: 1}]}, {text: b, faults: [{fault: truncate, times: 2}]}",
            "repeat: cycle, ")
        XCTAssertEqual(
            try (0..<6).map { _ in try faults(player) }, [["reset"], ["truncate"], [], ["truncate"], [], []])
    }

    func test_whatIsNotSpent_isTold_byTheTenantThatCameFurthest() throws {
        let player = try player("{text: a, faults: [{fault: reset, times: 3}]}")
        _ = try faults(player)
        _ = try faults(player, tenant: "b")
        _ = try faults(player, tenant: "b")
        XCTAssertEqual(
            player.unspentFaults.map(\.description), ["reset of “s” (s.yaml:3), but 2 of 3 times"])
        _ = try faults(player, tenant: "b")
        XCTAssertEqual(player.unspentFaults, [])
    }

    func test_probability_followsTheSeed() throws {
        let draw = { (seed: UInt64, tenant: String) in
            let player = try self.player("{text: a, faults: [{fault: reset, probability: 0.3}]}")
            return try (0..<200).map { _ in try self.faults(player, tenant: tenant, seed: seed).count }
        }
        let first = try draw(7, "a")
        XCTAssertEqual(first, try draw(7, "a"))
        XCTAssertNotEqual(first, try draw(8, "a"))
        XCTAssertNotEqual(first, try draw(7, "b"))
        XCTAssertTrue((35...85).contains(first.reduce(0, +)), "\(first.reduce(0, +))")
        let never = try player("{text: a, faults: [{fault: reset, probability: 0}]}")
        XCTAssertEqual(try faults(never), [])
        XCTAssertEqual(never.unspentFaults.count, 1)
        XCTAssertEqual(
            try faults(try player("{text: a, faults: [{fault: reset, probability: 1}]}")), ["reset"])
    }

    func test_aPlainReply_hasNoScript() throws {
        let player = try player("{text: a}")
        guard case .reply(_, _, let wire, _) = player.selection(for: try makeSubject(), .some) else {
            return XCTFail()
        }
        XCTAssertNil(wire)
        XCTAssertEqual(player.unspentFaults, [])
    }
}
