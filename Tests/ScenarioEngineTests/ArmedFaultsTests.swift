// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ArmedFaultsTests: XCTestCase {
    /// The faults that strike the answer to a request.
    private func struck(_ player: ScenarioPlayer, _ request: RequestSubject) -> [String] {
        Self.struck(player, request)
    }

    private static func struck(_ player: ScenarioPlayer, _ request: RequestSubject) -> [String] {
        switch player.selection(for: request, .some) {
        case .reply(_, _, let wire, _), .spent(_, let wire), .unmatched(let wire): wire?.faultNames ?? []
        }
    }

    private func struck(_ player: ScenarioPlayer, _ text: String = "Hello", isStream: Bool = false) throws
        -> [String]
    {
        struck(player, try makeSubject(isStream: isStream, lastText: text))
    }

    private func problems(_ arm: () throws -> ArmedFault) -> String {
        do {
            return "armed: \(try arm())"
        } catch {
            return "\(error)"
        }
    }

    func test_itStrikesTheNextAnswers_whateverTheyAre_andIsSpent() throws {
        for set in [
            ScenarioSet(), try makeSet("name: n\nstubs: [{name: s, replies: [{text: a}]}]"),
            try makeSet("name: n\nstubs: [{name: s, when: {model: x}, replies: [{text: a}]}]"),
            try makeSet("name: n\nstubs: [{name: s, repeat: fail, replies: [{text: a}]}]"),
        ] {
            let player = ScenarioPlayer(set)
            XCTAssertEqual(player.isIdle, set.isEmpty)
            XCTAssertEqual(try struck(player), [])
            let armed = try player.arm("reset", times: 2)
            XCTAssertFalse(player.isIdle)
            XCTAssertEqual(armed.description, "1: reset, 0 of 2 times")
            XCTAssertEqual(player.unspentFaults.map(\.description), ["reset, armed as 1"])
            XCTAssertEqual(try struck(player), ["reset"])
            XCTAssertEqual(player.unspentFaults.map(\.description), ["reset, armed as 1, but 1 of 2 times"])
            XCTAssertEqual(try struck(player), ["reset"])
            XCTAssertEqual(try struck(player), [])
            XCTAssertEqual(player.unspentFaults, [])
            XCTAssertEqual(player.armedFaults.map(\.isSpent), [true])
            XCTAssertEqual(player.isIdle, set.isEmpty)
        }
    }

    func test_itComesOnTopOfTheStubsOwn_andTheUseIsTold() throws {
        let player = ScenarioPlayer(
            try makeSet(
                "name: n\nstubs: [{name: s, replies: [{text: a}, {text: b, wire: {delay: 1s}, faults: [truncate]}]}]"
            ))
        _ = try player.arm("{fault: hang-before-head, for: 3s}", times: 2)
        let first = player.selection(for: try makeSubject(), .some)
        guard case .reply(_, let stub, let wire, let use) = first else { return XCTFail("\(first)") }
        XCTAssertEqual(stub.name, "s")
        XCTAssertEqual(wire?.faultNames, ["hang-before-head"])
        XCTAssertEqual(use, StubUse(number: 1, reply: 1))
        guard case .reply(_, _, let second?, let next) = player.selection(for: try makeSubject(), .some)
        else {
            return XCTFail("no wire")
        }
        XCTAssertEqual(second.faultNames, ["truncate", "hang-before-head"])
        XCTAssertNotNil(second.options?.delay)
        XCTAssertEqual(next, StubUse(number: 2, reply: 2))
        guard case .reply(_, _, let third, let last) = player.selection(for: try makeSubject(), .some) else {
            return XCTFail("no reply")
        }
        XCTAssertEqual(third?.faultNames, ["truncate"])
        XCTAssertEqual(last, StubUse(number: 3, reply: 2))
    }

    func test_onlyWhatFits_isStruck() throws {
        let player = ScenarioPlayer()
        _ = try player.arm("reset", when: RequestCondition(MockPattern(lastText: .contains("x"))))
        _ = try player.arm("truncate", when: RequestCondition(parsing: "model: gemini-*"))
        XCTAssertEqual(try struck(player, "y"), ["truncate"])
        XCTAssertEqual(try struck(player, "y"), [])
        XCTAssertEqual(try struck(player, "x"), ["reset"])
    }

    func test_whatBreaksStreamsOrUploads_waitsForOne() throws {
        let player = ScenarioPlayer()
        _ = try player.arm("half-event")
        _ = try player.arm("done-marker")
        _ = try player.arm("{fault: upload-reset, after: {bytes: 2}}")
        XCTAssertEqual(try struck(player), [])
        XCTAssertEqual(try struck(player, isStream: true), ["half-event", "done-marker"])
        XCTAssertEqual(struck(player, try subject(endpoint: "uploadFile", step: .start)), [])
        XCTAssertEqual(struck(player, try subject(endpoint: "uploadFile", step: .finalize)), ["upload-reset"])
        XCTAssertEqual(player.unspentFaults, [])
    }

    func test_probability_isDrawnForEachAnswer() throws {
        let player = ScenarioPlayer()
        _ = try player.arm("{fault: reset, probability: 0.3}", times: 1000)
        let counts = try (0..<300).map { _ in try struck(player).count }
        XCTAssertTrue((60...130).contains(counts.reduce(0, +)), "\(counts.reduce(0, +))")
        XCTAssertEqual(player.armedFaults.map(\.struck), [counts.reduce(0, +)])
    }

    func test_itIsGiven_inSwiftYAMLAndJSON_andMistakesAreTold() throws {
        let player = ScenarioPlayer()
        XCTAssertEqual(try player.arm(.named("reset", after: .events(2), .times(3))).times, 3)
        XCTAssertEqual(try player.arm("{fault: reset, times: 2}").times, 2)
        let text = "{\"x\": 1,\n\"fault\": {\"fault\": \"reset\", \"aftr\": 3}}"
        let view = try XCTUnwrap(JSONDocument(parsing: Array(text.utf8)).root["fault"])
        XCTAssertEqual(
            problems { try player.arm(view, file: "POST") },
            "POST:2:29: a fault has no “aftr” (did you mean after?)")
        XCTAssertEqual(
            problems { try player.arm("rest") }, "fault:1:1: “rest” isn’t known here (did you mean reset?)")
        XCTAssertEqual(
            problems { try player.arm("error-mid-stream") },
            "fault:1:1: “error-mid-stream” needs “error” beside it")
        XCTAssertEqual(
            problems { try player.arm("{fault: reset, times: 2}", times: 2) },
            "fault: “times” is told twice, in the fault and beside it")
        XCTAssertEqual(
            problems { try player.arm("reset", times: 0) },
            "fault: 0 is too small for “times”: the least is 1")
        XCTAssertEqual(
            problems { try player.arm(.named("rest"), file: "Tests.swift", line: 3) },
            "Tests.swift:3:1: “rest” isn’t known here (did you mean reset?)")
        XCTAssertEqual(player.armedFaults.map(\.id), [1, 2])
    }

    func test_disarmed_itStrikesNobody() throws {
        let player = ScenarioPlayer()
        let ids = try ["reset", "truncate", "empty-reply"].map { try player.arm($0).id }
        XCTAssertTrue(player.disarm(ids[1]))
        XCTAssertFalse(player.disarm(ids[1]))
        XCTAssertEqual(try struck(player), ["reset", "empty-reply"])
        XCTAssertEqual(player.armedFaults.map(\.name), ["reset", "empty-reply"])
        _ = try player.arm("reset")
        player.disarmAll()
        XCTAssertTrue(player.isIdle)
        XCTAssertEqual(player.armedFaults, [])
        XCTAssertEqual(try player.arm("reset").id, 5)
    }

    func test_aThousandAreKept_spentOnesGoFirst() throws {
        let player = ScenarioPlayer()
        _ = try player.arm("truncate")
        XCTAssertEqual(try struck(player), ["truncate"])
        for _ in 0..<1000 { _ = try player.arm("reset") }
        XCTAssertEqual(player.armedFaults.count, 1000)
        XCTAssertEqual(player.armedFaults.first?.name, "reset")
        XCTAssertEqual(
            problems { try player.arm("reset") }, "fault: 1000 faults are armed already: disarm some of them")
        XCTAssertEqual(try struck(player).count, 100, "no answer bears more")
        XCTAssertEqual(player.unspentFaults.count, 900)
        XCTAssertEqual(try player.arm("truncate").id, 1002)
    }

    func test_itStays_whateverIsPlayed() throws {
        let player = ScenarioPlayer()
        _ = try player.arm("reset")
        player.play(
            Repertoire([try makeLoaded("name: n\nstubs: [{name: s, replies: [{text: a}]}]")], library: []))
        player.resetProgress()
        XCTAssertEqual(try struck(player), ["reset"])
    }

    func test_ofManyRequestsAtOnce_soManyAreStruck() throws {
        let player = ScenarioPlayer()
        _ = try player.arm("reset", times: 37)
        let count = Monitor(0)
        DispatchQueue.concurrentPerform(iterations: 200) { _ in
            guard let request = try? makeSubject() else { return }
            let struck = Self.struck(player, request).count
            count.withLock { $0 += struck }
        }
        XCTAssertEqual(count.withLock { $0 }, 37)
        XCTAssertTrue(player.isIdle)
    }

    /// Conditions with hostile searches leave the stubs their own budget.
    func test_hostileConditions_leaveTheStubsAlone() throws {
        let player = ScenarioPlayer(
            try makeSet(
                "name: n\nstubs: [{name: s, when: {lastText: {matches: 'b$'}}, replies: [{text: a}]}]"))
        for _ in 0..<30 {
            _ = try player.arm("reset", when: RequestCondition(MockPattern(lastText: .matches("(a+)+$"))))
        }
        let request = try makeSubject(lastText: String(repeating: "a", count: 30) + "b")
        guard case .reply = player.selection(for: request, .some) else { return XCTFail("no reply") }
    }
}
