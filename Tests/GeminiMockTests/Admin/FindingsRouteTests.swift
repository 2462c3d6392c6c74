// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class FindingsRouteTests: AdminTestCase {
    func test_findings_areThoseOfTheServer() throws {
        let server = try serve(
            MockScenario(
                "needs",
                stubs: [
                    MockStub(
                        "wanted", when: MockPattern(lastText: .contains("please")),
                        replies: [.text("Yes").faults([.named("reset", .times(2))])], isRequired: true)
                ]))
        XCTAssertEqual(
            try admin(server, "POST", "faults", #"{"fault": {"fault": "html-page"}, "when": {"model": "x"}}"#)
                .status, 200)
        _ = try ask(server, "Hello")
        let answer = try admin(server, "GET", "findings")
        XCTAssertEqual(answer.at("clean"), "false")
        XCTAssertEqual(answer.at("unmatched/count"), "1")
        XCTAssertEqual(answer.at("unmatched/first/0"), server.unmatchedRequests.first.first)
        XCTAssertEqual(answer.at("unused/0/stub"), "wanted")
        XCTAssertEqual(answer.at("unused/0/scenario"), "needs")
        XCTAssertNotNil(answer.at("unused/0/place"))
        XCTAssertEqual(answer.at("unspent/0/fault"), "reset")
        XCTAssertEqual(answer.at("unspent/0/stub"), "wanted")
        XCTAssertEqual(answer.at("unspent/0/times"), "2")
        XCTAssertEqual(answer.at("unspent/0/struck"), "0")
        XCTAssertEqual(answer.at("unspent/1/id"), "1")
        XCTAssertNil(answer.at("unspent/2"))
        XCTAssertEqual(server.unspentFaults.count, 2)
    }

    func test_whereAllIsWell_nothingIsFound() throws {
        let server = try serve()
        _ = try ask(server)
        let answer = try admin(server, "GET", "findings")
        XCTAssertEqual(answer.at("clean"), "true")
        XCTAssertEqual(answer.at("unmatched/count"), "0")
        XCTAssertEqual(answer.at("unusedExchanges/count"), "0")
        for name in ["unmatched/first", "unused", "unspent"] { XCTAssertEqual(answer.at(name), "[]") }
    }
}
