// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class LastTextMatcherTests: XCTestCase {
    func test_whatTheUserSaidLastIsLookedAt() throws {
        let pattern = RequestPattern(lastText: .matches("^Hello, (Anna|Bert)$"))
        XCTAssertEqual(misses(pattern, try subject(conversation: conversation(lastText: "Hello, Bert"))), [])
        XCTAssertEqual(
            misses(pattern, try subject(conversation: conversation(lastText: "Hello"))),
            ["lastText: a text that matches “^Hello, (Anna|Bert)$” | “Hello”"])
        XCTAssertEqual(
            misses(pattern, try subject()),
            ["lastText: a text that matches “^Hello, (Anna|Bert)$” | no text of the user"])
    }

    func test_aSearchThatIsGivenUp_saysSo() throws {
        let pattern = RequestPattern(lastText: .matches("(a+)+$"))
        let text = String(repeating: "a", count: 5000) + "b"
        let told = misses(pattern, try subject(conversation: conversation(lastText: text)))
        XCTAssertEqual(told.count, 1)
        XCTAssertTrue(told.first?.hasSuffix("a…” (the search took too many steps)") ?? false, "\(told)")
    }
}
