// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class ResetRouteTests: AdminTestCase {
    private let steps = MockScenario(
        "steps",
        stubs: [
            MockStub(
                "counts", when: MockPattern(endpoint: ["generateContent"]),
                replies: [.text("one"), .text("two")])
        ])

    private func said(_ server: MockServer, as tenant: String) throws -> String? {
        try call(
            server, as: tenant, "POST", "/v1beta/models/gemini-2.5-flash:generateContent", "",
            #"{"contents": [{"parts": [{"text": "Hello"}]}]}"#
        ).said
    }

    /// What is there of a tenant: files, uploads, interactions.
    private func kept(_ server: MockServer, of tenant: String) throws -> [String?] {
        [
            try shown(server, "files?tenant=\(tenant)", "files/0/name"),
            try shown(server, "uploads?tenant=\(tenant)", "uploads/0/state"),
            try shown(server, "interactions?tenant=\(tenant)", "interactions/0/id"),
        ]
    }

    func test_journal_isForgotten_andNothingElse() throws {
        let server = try serve(steps)
        let file = try uploadWhole(server, as: "alice")
        XCTAssertEqual(try said(server, as: "alice"), "one")
        XCTAssertEqual(server.unmatchedRequests.count, 1, "the upload")
        XCTAssertEqual(try admin(server, "POST", "reset/journal").status, 204)
        XCTAssertEqual(server.journal.entries.count, 0)
        XCTAssertEqual(server.unmatchedRequests, UnmatchedRequests())
        XCTAssertEqual(try said(server, as: "alice"), "two")
        XCTAssertEqual(try shown(server, "files", "files/0/name"), "files/\(file)")
    }

    func test_state_isForgotten_ofOneOrOfAll() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try serve(steps) { $0.dataFolder = folder.path }
        let files = {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != ".lock" }
        }
        for tenant in ["alice", "bob"] {
            _ = try uploadWhole(server, as: tenant)
            let path = try startUpload(server, as: tenant)
            XCTAssertEqual(try send(server, head(path, "upload", length: 1) + "0").status, 400)
            _ = try takeTurn(server, as: tenant)
            XCTAssertEqual(try said(server, as: tenant), "one")
        }
        let entries = server.journal.entries.count
        XCTAssertEqual(try admin(server, "POST", "reset/state?tenant=alice").status, 204)
        XCTAssertEqual(try kept(server, of: "alice"), [nil, nil, nil])
        XCTAssertEqual(try said(server, as: "alice"), "one")
        XCTAssertFalse(try kept(server, of: "bob").contains(nil))
        XCTAssertEqual(try said(server, as: "bob"), "two")
        XCTAssertEqual(server.journal.entries.count, entries + 2)
        XCTAssertEqual(try files().count, 2, "bob's bytes and facts")
        XCTAssertEqual(try admin(server, "POST", "reset/state?tenant=nobody").status, 204)
        XCTAssertFalse(try kept(server, of: "bob").contains(nil))
        XCTAssertEqual(try admin(server, "POST", "reset/state", "{}").status, 204)
        XCTAssertEqual(try kept(server, of: "bob"), [nil, nil, nil])
        XCTAssertEqual(try said(server, as: "bob"), "one")
        XCTAssertEqual(try files(), [])
    }

    func test_all_isAsAtTheStart() throws {
        let server = try serve(steps)
        _ = try uploadWhole(server, as: "alice")
        XCTAssertEqual(try said(server, as: "alice"), "one")
        XCTAssertEqual(
            try admin(
                server, "POST", "scenarios",
                #"{"name": "new", "stubs": [{"name": "s", "replies": [{"text": "New"}]}]}"#
            ).status, 200)
        XCTAssertEqual(try admin(server, "DELETE", "scenarios/steps").status, 204)
        XCTAssertEqual(try admin(server, "POST", "faults", #"{"fault": {"fault": "html-page"}}"#).status, 200)
        XCTAssertEqual(try admin(server, "POST", "clock", #"{"advance": "1h", "freeze": true}"#).status, 200)
        XCTAssertEqual(try admin(server, "POST", "reset/all").status, 204)
        XCTAssertEqual(server.journal.entries.count, 0)
        XCTAssertEqual(try kept(server, of: "alice"), [nil, nil, nil])
        XCTAssertEqual(server.armedFaults, [])
        XCTAssertEqual(server.scenarioNames, ["steps"])
        XCTAssertEqual(try said(server, as: "alice"), "one")
        XCTAssertFalse(server.clockState.isFrozen)
        XCTAssertEqual(server.clockState.offset, .seconds(3600), "it never goes back")
    }

    /// Its bytes are half there when the reset comes.
    func test_anUploadUnderWay_endsAsOneThatIsNotKnown() throws {
        let server = try serve()
        let path = try startUpload(server, as: "alice")
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(head(path, "upload, finalize", length: 10) + "01234")
        XCTAssertTrue(eventually { (try? shown(server, "uploads", "uploads/0/offset")) == "5" })
        XCTAssertEqual(try admin(server, "POST", "reset/state").status, 204)
        client.send("56789")
        let answer = try client.receiveAnswer()
        let unknown = try send(
            server, head(path.replacingOccurrences(of: "upload_id=", with: "upload_id=x"), "query"))
        XCTAssertEqual(answer.status, 404)
        XCTAssertEqual(answer.status, unknown.status)
        XCTAssertEqual(answer.text, unknown.text)
        XCTAssertEqual(try send(server, head(path, "query")).status, 404)
        XCTAssertEqual(try shown(server, "files", "files"), "[]")
    }

    func test_whatIsMisspelt_forgetsNothing() throws {
        let server = try serve()
        _ = try uploadWhole(server, as: "alice")
        try assertRefused(server, "POST", "reset/state?tennant=x", saying: "did you mean tenant")
        try assertRefused(server, "POST", "reset/state?tenant=", saying: "is empty")
        try assertRefused(server, "POST", "reset/state", #"{"tenant": "x"}"#, saying: "no “tenant”")
        try assertRefused(server, "POST", "reset/all?tenant=alice", saying: "no parameter “tenant”")
        try assertRefused(server, "GET", "reset/state", status: 405, saying: "POST")
        try assertRefused(server, "POST", "reset/everything", status: 404, saying: "no such admin call")
        XCTAssertNotNil(try shown(server, "files", "files/0"))
    }
}
