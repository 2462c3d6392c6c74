// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class SearchBudgetTests: XCTestCase {
    /// However many stubs search the text of one request.
    func test_thousandsOfHostileSearches_useUpTheBudget() throws {
        let request = try subject(
            conversation: conversation(lastText: String(repeating: "a", count: 100_000) + "!"))
        let matchers = RequestPattern(lastText: .matches("(a+)+$|(x+x+)+y")).matchers
        for _ in 0..<2000 {
            for matcher in matchers { XCTAssertNotNil(matcher.miss(request, StubHistory())) }
        }
        // Without a budget this takes more than a minute.
        XCTAssertLessThanOrEqual(request.searches.left, 0)
    }

    func test_usualSearches_leaveMostOfIt_andARefillAllOfIt() throws {
        let request = try subject(conversation: conversation(lastText: "Tell me about rivers."))
        let all = request.searches.left
        let matcher = try XCTUnwrap(RequestPattern(lastText: .matches("(?i)RIVERS?")).matchers.first)
        for _ in 0..<1000 { XCTAssertNil(matcher.miss(request, StubHistory())) }
        XCTAssertGreaterThan(request.searches.left, all / 2)
        XCTAssertLessThan(request.searches.left, all)
        request.searches.refill()
        XCTAssertEqual(request.searches.left, all)
    }

    func test_whereItIsUsedUp_nothingIsFound() throws {
        let budget = SearchBudget()
        let expression = try RegularExpression("a")
        XCTAssertEqual(expression.search("a", within: budget), .found)
        budget.spend(budget.left)
        XCTAssertEqual(
            expression.search("a", within: budget),
            .givenUp("all searches for this request took too many steps"))
    }
}
