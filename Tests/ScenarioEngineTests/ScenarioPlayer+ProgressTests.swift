// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class ScenarioPlayerProgressTests: XCTestCase {
    private let text = """
        name: n
        states: {door: [shut, open]}
        stubs:
          - {name: third, when: {lastText: x, call: 3}, replies: [{text: third}]}
          - name: goes on
            required: true
            replies: [{text: a}, {text: b, set: {door: open}, faults: [reset]}]
        """

    private func player() throws -> ScenarioPlayer {
        let player = ScenarioPlayer()
        player.play(
            Repertoire(
                [try makeLoaded(text)],
                library: [try makeLoaded("name: l\nstubs: [{name: s, replies: [{text: a}]}]\n")]))
        return player
    }

    private func ask(_ player: ScenarioPlayer, _ tenant: String, scenario: String? = nil) throws {
        _ = player.selection(for: try makeSubject(tenant: tenant, scenario: scenario, lastText: "x"), .some)
    }

    func test_progress_isToldAsValues() throws {
        let player = try player()
        XCTAssertEqual(player.progress(of: "a"), [])
        for _ in 0..<2 { try ask(player, "a") }
        try ask(player, "a", scenario: "l")
        try ask(player, "b")
        XCTAssertEqual(Set(player.tenants), ["a", "b"])
        let progress = player.progress(of: "a")
        XCTAssertEqual(progress.map(\.scenario), [nil, "l"])
        XCTAssertEqual(progress[0].states, [.init(scenario: "n", name: "door", value: "open")])
        XCTAssertEqual(progress[0].stubs.map(\.stub.name), ["third", "goes on"])
        XCTAssertEqual(progress[0].stubs.map(\.uses), [0, 2])
        XCTAssertEqual(progress[0].stubs.map(\.replies), [1, 2])
        XCTAssertEqual(progress[0].stubs.map(\.calls), [2, nil])
        XCTAssertEqual(player.progress(of: "b")[0].states.map(\.value), ["shut"])
        XCTAssertEqual(player.progress(of: "nobody"), [])
    }

    func test_oneTenant_canBeginAnew() throws {
        let player = try player()
        for tenant in ["a", "a", "b", "b"] { try ask(player, tenant) }
        XCTAssertEqual(player.unspentFaults, [])
        player.resetProgress(of: "a")
        XCTAssertEqual(player.progress(of: "a"), [])
        XCTAssertEqual(player.progress(of: "b")[0].stubs.map(\.uses), [0, 2])
        XCTAssertEqual(player.unused, [])
        XCTAssertEqual(player.unspentFaults, [])
        player.resetProgress(of: "b")
        XCTAssertEqual(player.unused.map(\.name), ["goes on"])
        XCTAssertEqual(player.unspentFaults.count, 1)
        try ask(player, "a")
        XCTAssertEqual(player.progress(of: "a")[0].stubs.map(\.calls), [1, nil])
    }

    func test_allTenants_canBeginAnew_evenThoseThatWereForgotten() throws {
        let player = try player()
        for number in 0..<4200 {
            try ask(player, "\(number)")
            if number == 0 { try ask(player, "0") }
        }
        XCTAssertEqual(player.progress(of: "0"), [])
        XCTAssertEqual(player.unspentFaults, [], "what they have used is known all the same")
        _ = try player.arm("reset", times: 3)
        player.resetProgress()
        XCTAssertEqual(player.tenants, [])
        XCTAssertEqual(player.unused.map(\.name), ["goes on"])
        XCTAssertEqual(player.unspentFaults.map(\.name), ["reset", "reset"])
        XCTAssertEqual(player.scenarios.count, 2)
        XCTAssertEqual(player.armedFaults.count, 1)
    }
}
