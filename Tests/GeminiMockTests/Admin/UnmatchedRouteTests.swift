// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

final class UnmatchedRouteTests: AdminTestCase {
    func test_unmatchedRequests_areTold_withWhatIsNear() throws {
        let stub = MockStub("hello", when: MockPattern(lastText: .equals("Hello")), replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        for text in ["Hello", "Hullo", "Bye"] { _ = try ask(server, text) }
        _ = try ask(server, "Hi", key: "another-key")
        let answer = try admin(server, "GET", "unmatched")
        XCTAssertEqual(answer.at("count"), "3")
        XCTAssertEqual(answer.at("entries/0/id"), "4")
        XCTAssertEqual(answer.at("entries/2/id"), "2")
        XCTAssertEqual(answer.at("entries/2/nearMisses/0/stub/name"), "hello")
        XCTAssertNotNil(answer.at("entries/2/stubDraft"))
        XCTAssertEqual(try shown(server, "unmatched?tenant=another-key", "entries/0/id"), "4")
        XCTAssertNil(try shown(server, "unmatched?after=3", "entries/1"))
        let page = try admin(server, "GET", "unmatched?pageSize=1")
        XCTAssertEqual(page.at("nextPageToken"), "4")
        XCTAssertEqual(try shown(server, "unmatched?pageSize=1&pageToken=4", "entries/0/id"), "3")
        try assertRefused(server, "GET", "unmatched?tennant=x", saying: "did you mean tenant?")
    }

    func test_thoseThatAreForgotten_areCounted() throws {
        let stub = MockStub("hello", when: MockPattern(lastText: .equals("Hello")), replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [stub])) { $0.journalLimits.entries = 1 }
        for text in ["Hullo", "Bye"] { _ = try ask(server, text) }
        XCTAssertEqual(try shown(server, "unmatched", "count"), "2")
        XCTAssertNil(try shown(server, "unmatched", "entries/1"))
    }
}
