// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ScenarioPlayerLoadingTests: XCTestCase {
    /// A scenario whose one stub says its name and the number of the reply.
    private func text(_ name: String, when word: String = "", description: String = "d") -> String {
        """
        name: \(name)
        description: \(description)
        states: {door: [shut, open]}
        stubs:
          - name: \(name) goes on
            when: {lastText: '\(word)'}
            replies: [{text: \(name) 1}, {text: \(name) 2, set: {door: open}}, {text: \(name) 3}]
        """
    }

    private func added(_ name: String, when word: String = "") -> MockScenario {
        MockScenario(parsing: text(name, when: word), file: "\(name).yaml")
    }

    private func files(_ names: [String], library: [String] = []) throws -> Repertoire {
        let load = { (name: String) in try makeLoaded(self.text(name, when: name)) }
        return Repertoire(try names.map(load), library: try library.map(load))
    }

    private func say(
        _ player: ScenarioPlayer, _ text: String, tenant: String = "a", scenario: String? = nil
    ) throws -> String? {
        try Self.say(player, text, tenant: tenant, scenario: scenario)
    }

    private static func say(
        _ player: ScenarioPlayer, _ text: String, tenant: String, scenario: String? = nil
    ) throws -> String? {
        let subject = try makeSubject(tenant: tenant, scenario: scenario, lastText: text)
        guard case .reply(.answer(let answer, _), _, _, _) = player.selection(for: subject, .some),
            case .text(let said) = answer.said
        else { return nil }
        return said
    }

    func test_whatIsAdded_isTriedFirst_andTheRestGoesOn() throws {
        let player = ScenarioPlayer()
        player.play(try files(["ant", "bee"]))
        XCTAssertEqual(try say(player, "ant"), "ant 1")
        XCTAssertEqual(try say(player, "bee"), "bee 1")
        XCTAssertEqual(try player.load([added("cat", when: "bee")]).names, ["cat"])
        XCTAssertEqual(
            try ["ant", "bee", "ant", "bee"].map { try say(player, $0) },
            ["ant 2", "cat 1", "ant 3", "cat 2"])
        XCTAssertEqual(try player.load([added("dog", when: "bee")]).names, ["dog"])
        XCTAssertEqual(try say(player, "bee"), "dog 1")
        XCTAssertTrue(player.remove("dog"))
        XCTAssertEqual(try say(player, "bee"), "cat 3")
        XCTAssertTrue(player.remove("cat"))
        XCTAssertEqual(try ["bee", "ant"].map { try say(player, $0) }, ["bee 2", "ant 3"])
        XCTAssertFalse(player.remove("cat"))
    }

    func test_whatReplacesOneOfItsName_beginsAtItsBeginning() throws {
        let player = ScenarioPlayer()
        player.play(try files(["ant", "bee"], library: ["fox"]))
        for word in ["ant", "bee"] { _ = try say(player, word) }
        _ = try say(player, "fox", scenario: "fox")
        try player.load([added("ant", when: "ant")])
        XCTAssertEqual(try ["ant", "bee"].map { try say(player, $0) }, ["ant 1", "bee 2"])
        XCTAssertEqual(player.scenarios.map(\.name), ["ant", "bee", "fox"])
        try player.load([added("fox", when: "fox")], for: .library)
        XCTAssertEqual(try say(player, "fox", scenario: "fox"), "fox 1")
        // From one place to the other.
        try player.load([added("ant", when: "ant")], for: .library)
        XCTAssertNil(try say(player, "ant"))
        XCTAssertEqual(try say(player, "ant", scenario: "ant"), "ant 1")
        XCTAssertEqual(try say(player, "bee"), "bee 3")
    }

    func test_inTheLibrary_itCanBeAskedFor() throws {
        let player = ScenarioPlayer()
        XCTAssertTrue(player.isIdle)
        try player.load([added("ant"), added("bee")], for: .library)
        XCTAssertFalse(player.isIdle)
        XCTAssertTrue(player.has("bee"))
        XCTAssertNil(try say(player, ""))
        XCTAssertEqual(try say(player, "", scenario: "bee"), "bee 1")
        player.remove("bee")
        XCTAssertNil(try say(player, "", scenario: "bee"))
        XCTAssertEqual(try say(player, "", scenario: "ant"), "ant 1")
        player.remove("ant")
        XCTAssertTrue(player.isIdle)
    }

    func test_filesReadAnew_beginAnew_andWhatWasAddedGoesOn() throws {
        let player = ScenarioPlayer()
        player.play(try files(["ant", "bee"]))
        try player.load([added("cat", when: "cat"), added("bee", when: "bee")])
        for word in ["ant", "bee", "cat"] { _ = try say(player, word) }
        player.play(try files(["bee", "ant", "eel"], library: ["fox"]))
        XCTAssertEqual(player.scenarios.map(\.name), ["cat", "bee", "ant", "eel", "fox"])
        XCTAssertEqual(player.scenarios.map(\.isAdded), [true, true, false, false, false])
        XCTAssertEqual(try ["ant", "bee", "cat"].map { try say(player, $0) }, ["ant 1", "bee 2", "cat 2"])
        XCTAssertEqual(player.files.names, ["bee", "ant", "eel", "fox"])
        // Unchanged files: all goes on, what was removed stays away, and places are the new ones.
        player.remove("eel")
        let moved = LoadedScenario(
            scenario: try makeLoaded(text("ant", when: "ant")).scenario, places: ["s.yaml:99"])
        player.goOn(with: Repertoire([moved], library: []))
        XCTAssertEqual(player.scenarios.map(\.name), ["cat", "bee", "ant", "fox"])
        XCTAssertEqual(try ["ant", "bee", "cat"].map { try say(player, $0) }, ["ant 2", "bee 3", "cat 3"])
        XCTAssertEqual(player.progress(of: "a")[0].stubs.map(\.stub.place).last, "s.yaml:99")
        player.play(try files(["eel"]))
        XCTAssertEqual(player.scenarios.map(\.name), ["cat", "bee", "eel"])
    }

    func test_settings_ofWhatIsAdded_countMost() throws {
        let text = { (name: String, interval: String) in
            "name: \(name)\nsettings: {streamInterval: \(interval)}\nstubs: [{name: s, replies: [{text: a}]}]"
        }
        let player = ScenarioPlayer()
        player.play(
            Repertoire([try makeLoaded(text("ant", "1s")), try makeLoaded(text("bee", "2s"))], library: []))
        XCTAssertEqual(player.set().settings.streamInterval, .seconds(2))
        for (name, interval) in [("cat", "3s"), ("dog", "4s")] {
            try player.load([MockScenario(parsing: text(name, interval), file: "f")])
        }
        XCTAssertEqual(player.set().settings.streamInterval, .seconds(4))
    }

    func test_theList_tellsWhereEachIsFrom() throws {
        let player = ScenarioPlayer()
        player.play(try files(["ant"]))
        try player.load([
            added("bee"),
            MockScenario(
                "built", stubs: [MockStub("s", replies: [.text("a")])], file: "Tests.swift", line: 7),
        ])
        try player.load(
            [
                MockScenario(
                    parsing: #"{"name": "json", "stubs": [{"name": "s", "replies": [{"text": "a"}]}]}"#,
                    file: "POST")
            ], for: .library)
        XCTAssertEqual(player.scenarios.map(\.name), ["bee", "built", "ant", "json"])
        XCTAssertEqual(player.scenarios.map(\.source), ["bee.yaml", "Tests.swift", "", "POST"])
        XCTAssertEqual(player.scenarios.map(\.description), ["d", nil, "d", nil])
        XCTAssertEqual(player.scenarios.map(\.stubs), [1, 1, 1, 1])
        XCTAssertEqual(player.scenarios.map(\.audience), [.everybody, .everybody, .everybody, .library])
    }

    func test_mistakes_areToldAll_andNothingIsLoaded() throws {
        let player = ScenarioPlayer()
        do throws(ScenarioProblems) {
            try player.load([
                added("ant"), MockScenario(parsing: "name: x\nstubs: [{name: s, replys: []}]", file: "POST"),
                MockScenario(path: "/nowhere/at-all.yaml"), added("ant"),
            ])
            XCTFail("it is wrong")
        } catch {
            XCTAssertEqual(
                error.lines,
                [
                    "POST:2:9: a stub needs “replies”",
                    "POST:2:19: a stub has no “replys” (did you mean replies?)",
                    "ant.yaml:1:7: two scenarios are called “ant”, the first in ant.yaml:1",
                    "/nowhere/at-all.yaml: No such file or directory",
                ])
        }
        XCTAssertTrue(player.scenarios.isEmpty)
        XCTAssertTrue(player.isIdle)
        let warnings = try player.load([
            MockScenario(
                parsing: "name: w\nstubs: [{name: s, replies: [{text: a}]}, {name: t, replies: [{text: b}]}]",
                file: "w")
        ]).warnings
        XCTAssertEqual(warnings.map(\.severity), [.warning])
    }

    func test_whatIsAdded_isBounded() throws {
        let player = ScenarioPlayer()
        let many = (0..<1000).map { added("\($0)x") }
        try player.load(many)
        XCTAssertThrowsError(try player.load([added("one more")])) { error in
            XCTAssertEqual(
                "\(error)",
                "there would be 1001 scenarios added while the server runs, the most is 1000: remove scenarios that "
                    + "aren’t needed")
        }
        // One that takes another's place is none more.
        try player.load([added("7x")])
        player.remove("8x")
        try player.load([added("one more")])
        XCTAssertEqual(player.scenarios.count, 1000)
    }

    func test_unusedStubs_areThoseOfWhatIsThere() throws {
        let player = ScenarioPlayer()
        let required = { (name: String) in
            MockScenario(
                parsing:
                    "name: \(name)\nstubs: [{name: of \(name), required: true, replies: [{text: a, faults: [reset]}]}]",
                file: name)
        }
        try player.load([required("ant")])
        try player.load([required("bee")])
        _ = try say(player, "", tenant: "a")
        XCTAssertEqual(player.unused.map(\.name), ["of ant"])
        XCTAssertEqual(player.unspentFaults.map(\.description), ["reset of “of ant” (ant:2)"])
        player.remove("bee")
        _ = try say(player, "", tenant: "a")
        XCTAssertEqual(player.unused, [])
        XCTAssertEqual(player.unspentFaults, [])
        try player.load([required("ant")])
        XCTAssertEqual(player.unused.map(\.name), ["of ant"])
        XCTAssertEqual(player.unspentFaults.map(\.description), ["reset of “of ant” (ant:2)"])
    }

    /// Requests, loads, removals, resets and faults at once; the thread sanitizer looks on.
    func test_everythingAtOnce() throws {
        let player = ScenarioPlayer()
        player.play(try files(["ant"], library: ["fox"]))
        let others = try files(["ant", "bee"])
        let counted = Monitor(0)
        let more = (0..<7).map { added("x\($0)", when: "never") }
        DispatchQueue.concurrentPerform(iterations: 400) { number in
            switch number % 10 {
            case 0: _ = try? player.load([more[number % 7]])
            case 1: player.remove("x\(number % 7)")
            case 2: if number == 202 { player.play(others) }
            case 3: _ = try? player.arm("{fault: truncate, times: 2}")
            case 4: player.resetProgress(of: "t\(number % 3)")
            case 5: _ = (player.scenarios, player.progress(of: "t1"), player.unused, player.unspentFaults)
            default:
                if let said = try? Self.say(player, "ant", tenant: "t\(number % 3)"), said.hasPrefix("ant ") {
                    counted.withLock { $0 += 1 }
                }
            }
        }
        XCTAssertEqual(counted.withLock { $0 }, 160)
        XCTAssertEqual(player.scenarios.filter { !$0.isAdded }.map(\.name), ["ant", "bee"])
        XCTAssertLessThanOrEqual(player.scenarios.count, 9)
    }
}
