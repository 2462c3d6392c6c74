// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class ScenarioSetChangesTests: XCTestCase {
    private func set(_ name: String = "n", _ rest: String = "", _ stubs: String...) throws -> ScenarioSet {
        try makeSet(text(name, rest, stubs))
    }

    private func text(_ name: String, _ rest: String, _ stubs: [String]) -> String {
        "name: \(name)\n\(rest)\nstubs:\n" + stubs.map { "  - {\($0)}\n" }.joined()
    }

    private let a = "name: a, when: {model: x}, replies: [{text: a}]"
    private let b = "name: b, when: {model: y}, replies: [{text: b}]"

    func test_theSame_hasNoChanges_wherecverItStands() throws {
        XCTAssertEqual(try set("n", "", a, b).changes(since: set("n", "\n# higher up\n", a, b)), [])
    }

    func test_stubs() throws {
        let changed = "name: a, when: {model: x}, replies: [{text: other}]"
        XCTAssertEqual(try set("n", "", a, b).changes(since: set("n", "", a)), ["n: “b” is new"])
        XCTAssertEqual(try set("n", "", a).changes(since: set("n", "", a, b)), ["n: “b” is gone"])
        XCTAssertEqual(try set("n", "", changed).changes(since: set("n", "", a)), ["n: “a” has changed"])
        XCTAssertEqual(
            try set("n", "", b, a).changes(since: set("n", "", a, b)), ["n: its stubs are in another order"])
    }

    func test_settingsAndStates() throws {
        XCTAssertEqual(
            try set("n", "settings: {strict: true}\nstates: {s: [a]}", a).changes(since: set("n", "", a)),
            ["n: other settings", "n: other states"])
    }

    func test_scenarios() throws {
        XCTAssertEqual(try set("m", "", a).changes(since: set("n", "", a)), ["m is new", "n is gone"])
        let (m, n) = (text("m", "", [a]), text("n", "", [b]))
        XCTAssertEqual(try makeSet(m, n).changes(since: makeSet(n, m)), ["the order is another one"])
    }
}
