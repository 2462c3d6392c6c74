// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import XCTest

@testable import ScenarioEngine

final class ScenarioPlayerTests: XCTestCase {
    /// What is said, or which stub is spent, or nothing.
    private func say(_ player: ScenarioPlayer, _ text: String = "", tenant: String = "a") throws -> String? {
        try Self.say(player, text, tenant: tenant)
    }

    private static func say(
        _ player: ScenarioPlayer, _ text: String = "", tenant: String = "a"
    ) throws -> String? {
        let subject = try makeSubject(tenant: tenant, lastText: text)
        switch player.selection(for: subject, .some) {
        case .reply(.answer(let answer, _), _):
            guard case .text(let text) = answer.said else { return nil }
            return text
        case .reply(.builtIn, _): return "built in"
        case .spent(let stub): return "spent: \(stub)"
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
        XCTAssertEqual(player.selection(for: try makeSubject(lastText: "y"), .some), .unmatched)
        XCTAssertEqual(ScenarioPlayer().selection(for: try makeSubject(), .some), .unmatched)
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

    func test_anotherSet_beginsAtItsBeginning() throws {
        let player = try stubs("name: s, replies: [{text: a}, {text: b}]")
        _ = try say(player)
        let set = player.set
        player.goOn(with: set)
        XCTAssertEqual(try say(player), "b")
        player.play(set)
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
