// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class RepertoireTests: XCTestCase {
    private func make(_ usual: [String], library: [String], reply: String = "a") throws -> Repertoire {
        let load = { (name: String) in
            try makeLoaded("name: \(name)\nstubs: [{name: s, replies: [{text: \(reply)}]}]\n")
        }
        return Repertoire(try usual.map(load), library: try library.map(load))
    }

    func test_everyScenario_canBeAskedFor() throws {
        let repertoire = try make(["a", "b"], library: ["c"])
        XCTAssertEqual(repertoire.names, ["a", "b", "c"])
        XCTAssertEqual(repertoire.set(of: nil)?.names, ["a", "b"])
        for name in repertoire.names { XCTAssertEqual(repertoire.set(of: name)?.names, [name]) }
        XCTAssertNil(repertoire.set(of: "d"))
        XCTAssertNil(repertoire.set(of: ""))
    }

    func test_names_areToldForPeople() throws {
        let long = String(repeating: "x", count: 100)
        let repertoire = try make(["rate-limited"], library: [long])
        XCTAssertEqual(repertoire.suggestion(for: "rate-limitd"), "rate-limited")
        XCTAssertNil(repertoire.suggestion(for: "other"))
        let all = repertoire.listing(most: 2)
        XCTAssertEqual(all.names, ["rate-limited", String(repeating: "x", count: 60) + "…"])
        XCTAssertTrue(all.isAll)
        XCTAssertEqual(repertoire.listing(most: 1).names, ["rate-limited"])
        XCTAssertFalse(repertoire.listing(most: 1).isAll)
        XCTAssertEqual(Repertoire.quoted("a\nb"), "“a\u{FFFD}b”")
    }

    func test_changes_areThoseOfBoth() throws {
        let before = try make(["a"], library: ["b", "c"])
        XCTAssertEqual(try make(["a"], library: ["b", "c"]).changes(since: before), [])
        // They aren't tried in any order.
        XCTAssertEqual(try make(["a"], library: ["c", "b"]).changes(since: before), [])
        XCTAssertEqual(
            try make(["a"], library: ["b", "d"]).changes(since: before), ["d is new", "c is gone"])
        XCTAssertEqual(
            try make(["a"], library: ["b", "c"], reply: "x").changes(since: before),
            ["a", "b", "c"].map { "\($0): “s” has changed" })
    }
}
