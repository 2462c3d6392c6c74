// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class TenantsRouteTests: AdminTestCase {
    private let steps = MockScenario(
        "steps", states: ["door": ["shut", "open"]],
        stubs: [
            MockStub(
                "opens", when: MockPattern(endpoint: ["generateContent"], lastText: .contains("open")),
                replies: [.text("once").setting(["door": "open"]), .text("again")])
        ])

    func test_tenants_areTold_withWhatIsTheirs() throws {
        let server = try serve(steps)
        _ = try uploadWhole(server, as: "bob")
        _ = try startUpload(server, as: "bob")
        _ = try takeTurn(server, as: "bob")
        _ = try ask(server, "please open it")
        let answer = try admin(server, "GET", "tenants")
        XCTAssertEqual(answer.at("tenants/0/tenant"), "bob")
        XCTAssertEqual(answer.at("tenants/0/requests"), "3")
        XCTAssertEqual(answer.at("tenants/0/files"), "1")
        XCTAssertEqual(answer.at("tenants/0/fileBytes"), "10")
        XCTAssertEqual(answer.at("tenants/0/uploads"), "1")
        XCTAssertEqual(answer.at("tenants/0/interactions"), "1")
        XCTAssertNotNil(answer.at("tenants/1/tenant")?.wholeMatch(of: /key:[0-9a-f]{12}/))
        XCTAssertEqual(answer.at("tenants/1/requests"), "1")
        XCTAssertEqual(answer.at("tenants/1/progress/0/states/0/name"), "door")
        XCTAssertEqual(answer.at("tenants/1/progress/0/states/0/value"), "open")
        XCTAssertEqual(answer.at("tenants/1/progress/0/stubs/0/stub"), "opens")
        XCTAssertEqual(answer.at("tenants/1/progress/0/stubs/0/uses"), "1")
        XCTAssertEqual(answer.at("tenants/1/progress/0/stubs/0/replies"), "2")
        XCTAssertNil(answer.at("tenants/2"))
        XCTAssertFalse(answer.text.contains("made-up"))
        XCTAssertEqual(try shown(server, "tenants/made-up", "requests"), "1")
        XCTAssertEqual(try shown(server, "tenants/bob", "files"), "1")
    }

    func test_pages_haveEachTenantOnce() throws {
        let server = try serve()
        for name in ["c", "a", "b"] { _ = try call(server, as: name, "GET", "/v1beta/models") }
        let first = try admin(server, "GET", "tenants?pageSize=2")
        XCTAssertEqual(["0", "1", "2"].map { first.at("tenants/\($0)/tenant") }, ["a", "b", nil])
        XCTAssertEqual(first.at("nextPageToken"), "b")
        let rest = try admin(server, "GET", "tenants?pageSize=2&pageToken=b")
        XCTAssertEqual(["0", "1"].map { rest.at("tenants/\($0)/tenant") }, ["c", nil])
        XCTAssertNil(rest.at("nextPageToken"))
    }

    func test_aTenant_isForgotten_andNobodyElse() throws {
        let server = try serve(steps)
        for name in ["alice", "bob"] {
            _ = try uploadWhole(server, as: name)
            _ = try startUpload(server, as: name)
            _ = try takeTurn(server, as: name)
            _ = try call(
                server, as: name, "POST", "/v1beta/models/gemini-2.5-flash:generateContent", "",
                #"{"contents": [{"parts": [{"text": "open"}]}]}"#)
        }
        XCTAssertEqual(try admin(server, "DELETE", "tenants/alice").status, 204)
        let gone = try admin(server, "GET", "tenants/alice")
        XCTAssertEqual(gone.at("requests"), "4", "the journal stays")
        for (name, count) in [("files", "0"), ("fileBytes", "0"), ("uploads", "0"), ("interactions", "0")] {
            XCTAssertEqual(gone.at(name), count, name)
        }
        XCTAssertEqual(gone.at("progress"), "[]")
        let stays = try admin(server, "GET", "tenants/bob")
        for (name, count) in [("files", "1"), ("fileBytes", "10"), ("uploads", "1"), ("interactions", "1")] {
            XCTAssertEqual(stays.at(name), count, name)
        }
        XCTAssertEqual(stays.at("progress/0/stubs/0/uses"), "1")
        try assertRefused(server, "DELETE", "tenants/nobody", status: 404, saying: "No such tenant")
        try assertRefused(server, "GET", "tenants/nobody", status: 404, saying: "No such tenant")
    }
}
