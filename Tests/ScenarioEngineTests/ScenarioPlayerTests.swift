// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ScenarioPlayerTests: XCTestCase {
    /// What is said, or which stub is spent, or nothing.
    private func say(
        _ player: ScenarioPlayer, _ text: String = "", tenant: String = "a", scenario: String? = nil
    ) throws -> String? {
        try Self.say(player, text, tenant: tenant, scenario: scenario)
    }

    private static func say(
        _ player: ScenarioPlayer, _ text: String = "", tenant: String = "a", scenario: String? = nil
    ) throws -> String? {
        let subject = try makeSubject(tenant: tenant, scenario: scenario, lastText: text)
        switch player.selection(for: subject, .some) {
        case .reply(.answer(let answer, _), _, _, _):
            guard case .text(let text) = answer.said else { return nil }
            return text
        case .reply(.builtIn, _, _, _): return "built in"
        case .spent(let stub, _): return "spent: \(stub)"
        default: return nil
        }
    }

    private func stubs(_ lines: String...) throws -> ScenarioPlayer {
        ScenarioPlayer(try makeSet("name: n\nstubs:\n" + lines.map { "  - {\($0)}\n" }.joined()))
    }

    func test_repliesComeInOrder_andTheLastAgain() throws {
        let player = try stubs("name: s, replies: [{text: a}, {text: b}]")
        XCTAssertEqual(try (0..<4).map { _ in try say(player) }, ["a", "b", "b", "b"])
    }

    func test_replies_mayCycle() throws {
        let player = try stubs("name: s, repeat: cycle, replies: [{text: a}, {text: b}]")
        XCTAssertEqual(try (0..<5).map { _ in try say(player) }, ["a", "b", "a", "b", "a"])
    }

    /// It is the stub that was meant: another one behind it doesn't step in.
    func test_aSpentStub_mayRefuse() throws {
        let player = try stubs(
            "name: s, when: {lastText: x}, repeat: fail, replies: [{text: a}]",
            "name: behind, replies: [{text: b}]")
        XCTAssertEqual(
            try (0..<3).map { _ in try say(player, "x") },
            ["a", "spent: “s” (s.yaml:3)", "spent: “s” (s.yaml:3)"])
    }

    func test_theFirstStubThatFits_isUsed() throws {
        let player = try stubs(
            "name: x, when: {lastText: x}, replies: [{text: has x}]",
            "name: y, when: {lastText: y}, replies: [{text: has y}]",
            "name: rest, replies: [{text: other}]")
        XCTAssertEqual(try ["y", "xy", "z"].map { try say(player, $0) }, ["has y", "has x", "other"])
    }

    func test_nothingFits() throws {
        let player = try stubs("name: x, when: {lastText: x}, replies: [{text: has x}]")
        XCTAssertNil(try say(player, "y"))
        XCTAssertEqual(player.selection(for: try makeSubject(lastText: "y"), .some), .unmatched(nil))
        XCTAssertEqual(ScenarioPlayer().selection(for: try makeSubject(), .some), .unmatched(nil))
    }

    func test_calls_areCountedByAllThatFitOtherwise() throws {
        let player = try stubs(
            "name: second, when: {lastText: x, call: 2}, replies: [{text: second}]",
            "name: later, when: {lastText: x, call: {min: 4}}, replies: [{text: later}]",
            "name: third, when: {call: 3}, replies: [{text: third of all}]",
            "name: rest, replies: [{text: rest}]")
        XCTAssertEqual(
            try ["x", "y", "x", "x", "x", "x"].map { try say(player, $0) },
            ["rest", "rest", "second", "rest", "later", "later"])
    }

    /// The one in front is chosen, and those behind it have seen the request too.
    func test_calls_areCountedBehindTheStubThatIsChosen() throws {
        let player = try stubs(
            "name: first, when: {call: 1}, replies: [{text: first}]",
            "name: second, when: {call: 2}, replies: [{text: second}]")
        XCTAssertEqual(try (0..<3).map { _ in try say(player) }, ["first", "second", nil])
    }

    func test_states_decide_andChangeWithReplies() throws {
        let set = try makeSet(
            """
            name: n
            states: {door: [shut, open]}
            stubs:
              - {name: opens, when: {lastText: open, state: {door: shut}}, replies: [{text: creak, set: {door: open}}]}
              - {name: is open, when: {state: {door: open}}, replies: [{text: it is open}]}
              - {name: is shut, replies: [{text: it is shut}]}
            """)
        let player = ScenarioPlayer(set)
        XCTAssertEqual(
            try ["look", "open", "look", "open"].map { try say(player, $0) },
            ["it is shut", "creak", "it is open", "it is open"])
        XCTAssertEqual(try say(player, "look", tenant: "b"), "it is shut")
    }

    func test_scenariosKeepTheirStatesApart_evenOfOneName() throws {
        let text = { (name: String) in
            """
            name: \(name)
            states: {s: [one, two]}
            stubs:
              - {name: goes on, when: {lastText: \(name), state: {s: one}}, replies: [{text: one, set: {s: two}}]}
              - {name: stays, when: {lastText: \(name), state: {s: two}}, replies: [{text: two}]}
            """
        }
        let player = ScenarioPlayer(try makeSet(text("ant"), text("bee")))
        XCTAssertEqual(
            try ["ant", "bee", "ant", "bee"].map { try say(player, $0) }, ["one", "one", "two", "two"])
    }

    func test_tenantsAreKeptApart() throws {
        let player = try stubs("name: s, replies: [{text: a}, {text: b}]")
        XCTAssertEqual(try ["a", "b", "a", "b"].map { try say(player, tenant: $0) }, ["a", "a", "b", "b"])
    }

    func test_tenantsBeyondTheLimit_areForgotten_theOldestFirst() throws {
        let player = try stubs("name: s, replies: [{text: a}, {text: b}]")
        XCTAssertEqual(try say(player, tenant: "first"), "a")
        for number in 0..<4095 { XCTAssertEqual(try say(player, tenant: "\(number)"), "a") }
        XCTAssertEqual(try say(player, tenant: "first"), "b")
        XCTAssertEqual(try say(player, tenant: "one more"), "a")
        XCTAssertEqual(try say(player, tenant: "first"), "b")
        XCTAssertEqual(try say(player, tenant: "4094"), "b")
        XCTAssertEqual(try say(player, tenant: "0"), "a")
    }

    func test_requiredStubs_areToldUntilSomebodyUsesThem() throws {
        let player = try stubs(
            "name: x, required: true, when: {lastText: x}, replies: [{text: x}]",
            "name: y, required: true, when: {lastText: y}, replies: [{text: y}]",
            "name: z, replies: [{text: z}]")
        XCTAssertEqual(player.unused.map(\.name), ["x", "y"])
        _ = try say(player, "y")
        XCTAssertEqual(player.unused.map(\.description), ["“x” (s.yaml:3)"])
    }

    // MARK: Chosen scenarios

    private func repertoire(_ usual: [String], library: [String]) throws -> ScenarioPlayer {
        let texts = { (names: [String]) in
            try names.map { name in
                try makeLoaded(
                    "name: \(name)\nstubs: [{name: s, required: true, replies: [{text: \(name)1}, {text: \(name)2}]}]\n"
                )
            }
        }
        let player = ScenarioPlayer()
        player.play(Repertoire(try texts(usual), library: try texts(library)))
        return player
    }

    func test_aChosenScenario_isPlayedAlone() throws {
        let player = try repertoire(["u", "v"], library: ["l"])
        XCTAssertEqual(try say(player), "u1")
        XCTAssertEqual(try say(player, scenario: "v"), "v1")
        XCTAssertEqual(try say(player, scenario: "l"), "l1")
        XCTAssertNil(try say(player, scenario: "none"))
        XCTAssertTrue(player.has("v"))
        XCTAssertFalse(player.has("none"))
    }

    /// Each tenant's progress in each of them is its own.
    func test_progress_isKeptApart_byTenantAndScenario() throws {
        let player = try repertoire(["u"], library: ["l"])
        XCTAssertEqual(
            try [nil, "l", "u", nil, "l"].map { try say(player, scenario: $0) },
            ["u1", "l1", "u1", "u2", "l2"])
        XCTAssertEqual(
            try [nil, "l", "u"].map { try say(player, tenant: "b", scenario: $0) }, ["u1", "l1", "u1"])
    }

    func test_requiredStubs_ofTheLibrary_countOnceItsScenarioIsBegun() throws {
        let player = try repertoire(["u", "v"], library: ["l", "m"])
        XCTAssertEqual(player.unused.map(\.scenario), ["u", "v"])
        let other = try makeSubject(scenario: "m")
        _ = player.nearMisses(of: other)
        XCTAssertEqual(player.unused.map(\.scenario), ["u", "v"])
        _ = try say(player, scenario: "l")
        // Used alone, used all the same.
        _ = try say(player, scenario: "v")
        XCTAssertEqual(player.unused.map(\.scenario), ["u"])
    }

    func test_nearMisses_haveNoCredentials_whereverTheyStand() throws {
        let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"
        let player = try stubs(
            """
            name: s, when: {lastText: zz, pointers: [{at: /tools/0/headers/x-api-key, equals: b}], \
            body: {tools: [{headers: {Authorization: c}}]}}, replies: [{text: x}]
            """)
        for text in [
            "b key: \(key)", String(repeating: "x ", count: 24) + "my-own-known-key",
            String(repeating: "x ", count: 25) + key,
        ] {
            let subject = try makeSubject(
                fields: [HTTPFields.Field("x-goog-api-key", "my-own-known-key")],
                body: #"{"tools":[{"headers":{"x-api-key":"hunter2","Authorization":"hunter3"}}]}"#,
                lastText: text)
            let miss = try XCTUnwrap(player.nearMisses(of: subject).first).description
            for secret in [key, "AIzaSyA0", "my-own-", "hunter"] {
                XCTAssertFalse(miss.contains(secret), miss)
            }
            XCTAssertTrue(miss.contains("another value"), miss)
        }
    }

    func test_nearMisses_areThoseOfTheChosenScenario() throws {
        let player = ScenarioPlayer()
        let text = { (name: String) in
            "name: \(name)\nstubs: [{name: of \(name), when: {model: x}, replies: [{text: a}]}]\n"
        }
        player.play(Repertoire([try makeLoaded(text("u"))], library: [try makeLoaded(text("l"))]))
        XCTAssertEqual(player.nearMisses(of: try makeSubject()).map(\.stub.name), ["of u"])
        XCTAssertEqual(player.nearMisses(of: try makeSubject(scenario: "l")).map(\.stub.name), ["of l"])
        XCTAssertTrue(player.nearMisses(of: try makeSubject(scenario: "none")).isEmpty)
        // One that is begun without a stub that fits is begun.
        XCTAssertNil(try say(player, scenario: "l"))
    }

    func test_anotherSet_beginsAtItsBeginning() throws {
        let player = try stubs("name: s, replies: [{text: a}, {text: b}]")
        _ = try say(player)
        let repertoire = player.repertoire
        player.goOn(with: repertoire)
        XCTAssertEqual(try say(player), "b")
        player.play(repertoire)
        XCTAssertEqual(try say(player), "a")
    }

    /// Each reply exactly once, whoever asks when; the thread sanitizer looks on.
    func test_twoHundredAtOnce_getEachReplyOnce() throws {
        let replies = (0..<200).map { "{text: 'reply \($0)', set: {s: \($0 % 2 == 0 ? "b" : "a")}}" }
        let player = ScenarioPlayer(
            try makeSet(
                "name: n\nstates: {s: [a, b]}\nstubs:\n  - {name: s, repeat: fail, replies: ["
                    + replies.joined(separator: ", ") + "]}\n"))
        let said = Collected()
        DispatchQueue.concurrentPerform(iterations: 200) { _ in
            if let text = try? Self.say(player) { said.add(text) }
        }
        XCTAssertEqual(said.texts.sorted(), (0..<200).map { "reply \($0)" }.sorted())
        XCTAssertEqual(try say(player), "spent: “s” (s.yaml:4)")
    }

    private final class Collected: @unchecked Sendable {
        private let lock = NSLock()
        private(set) var texts: [String] = []
        func add(_ text: String) { lock.withLock { texts.append(text) } }
    }
}
