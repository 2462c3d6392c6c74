// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class InteractionsRouteTests: AdminTestCase {
    func test_turns_areTold_asTheyAreNow() throws {
        let server = try serve()
        let first = try takeTurn(server, as: "alice")
        let second = try takeTurn(
            server, as: "alice", #", "background": true, "previous_interaction_id": "\#(first)""#)
        var answer = try admin(server, "GET", "interactions")
        XCTAssertEqual(answer.at("interactions/0/id"), second)
        XCTAssertEqual(answer.at("interactions/0/tenant"), "alice")
        XCTAssertEqual(answer.at("interactions/0/status"), "queued")
        XCTAssertEqual(answer.at("interactions/0/model"), "gemini-3.5-flash")
        XCTAssertEqual(answer.at("interactions/0/previousInteractionId"), first)
        XCTAssertEqual(answer.at("interactions/0/created"), "2026-08-19T14:34:12.000000000Z")
        XCTAssertEqual(answer.at("interactions/0/run/begins"), "2026-08-19T14:34:12.100000000Z")
        XCTAssertEqual(answer.at("interactions/0/run/ends"), "2026-08-19T14:34:13.000000000Z")
        XCTAssertEqual(answer.at("interactions/1/status"), "completed")
        XCTAssertNil(answer.at("interactions/1/run"))
        server.advanceClock(by: .seconds(1))
        answer = try admin(server, "GET", "interactions?tenant=alice&pageSize=1")
        XCTAssertEqual(answer.at("interactions/0/status"), "completed")
        XCTAssertNil(answer.at("interactions/1"))
        let token = try XCTUnwrap(answer.at("nextPageToken"))
        XCTAssertEqual(
            try shown(server, "interactions?pageSize=1&pageToken=\(token)", "interactions/0/id"), first)
        XCTAssertEqual(try shown(server, "interactions?tenant=bob", "interactions"), "[]")
    }

    func test_agents_areTold() throws {
        let server = try serve()
        let answer = try call(
            server, as: "alice", "POST", "/v1beta/interactions", "",
            #"{"agent": "deep-research-pro-preview-12-2025", "input": "Hello", "background": true}"#)
        XCTAssertEqual(answer.status, 200, answer.text)
        XCTAssertEqual(
            try shown(server, "interactions", "interactions/0/agent"), "deep-research-pro-preview-12-2025")
        XCTAssertNil(try shown(server, "interactions", "interactions/0/model"))
    }

    func test_oneTurn_isTold_withItsEventsSoFar() throws {
        let server = try serve()
        let id = try takeTurn(server, as: "alice", #", "background": true"#)
        var answer = try admin(server, "GET", "interactions/\(id)")
        XCTAssertEqual(answer.at("status"), "queued")
        XCTAssertEqual(answer.at("events/0/event"), "interaction.created")
        XCTAssertEqual(answer.at("events/0/data/interaction/id"), id)
        let early = Int(answer.at("eventCount") ?? "") ?? 0
        server.advanceClock(by: .seconds(1))
        answer = try admin(server, "GET", "interactions/\(id)?tenant=alice")
        XCTAssertEqual(answer.at("status"), "completed")
        let count = Int(answer.at("eventCount") ?? "") ?? 0
        XCTAssertGreaterThan(count, early)
        XCTAssertEqual(answer.at("events/\(count - 1)/event"), "done")
        XCTAssertEqual(answer.at("events/\(count - 1)/data"), "[DONE]")
        XCTAssertEqual(answer.at("events/\(count - 1)/at"), "2026-08-19T14:34:13.000000000Z")
        XCTAssertEqual(answer.at("events/\(count - 2)/event"), "interaction.completed")
        try assertRefused(server, "GET", "interactions/v1_x", status: 404, saying: "no such interaction")
        try assertRefused(
            server, "GET", "interactions/\(id)?tenant=bob", status: 404, saying: "no such interaction")
    }

    func test_aCancel_endsTheEvents() throws {
        let server = try serve()
        let id = try takeTurn(server, as: "alice", #", "background": true"#)
        server.advanceClock(by: .milliseconds(500))
        let cancelled = try call(server, as: "alice", "POST", "/v1beta/interactions/\(id)/cancel")
        XCTAssertEqual(cancelled.status, 200)
        server.advanceClock(by: .seconds(1))
        let answer = try admin(server, "GET", "interactions/\(id)")
        XCTAssertEqual(answer.at("status"), "cancelled")
        let count = Int(answer.at("eventCount") ?? "") ?? 0
        XCTAssertEqual(answer.at("events/\(count - 1)/event"), "error")
        XCTAssertEqual(answer.at("events/\(count - 1)/at"), "2026-08-19T14:34:12.500000000Z")
    }

    func test_equalNames_ofTwoTenants_areToldApart() throws {
        let server = try serve()
        let id = try takeTurn(server, as: "alice")
        XCTAssertEqual(try takeTurn(server, as: "bob"), id, "the same request at the same time")
        try assertRefused(server, "GET", "interactions/\(id)", saying: "say which with ?tenant= (alice, bob)")
        XCTAssertEqual(try shown(server, "interactions/\(id)?tenant=bob", "tenant"), "bob")
    }

    func test_credentialsInWhatWasSent_areNotShown() throws {
        let server = try serve()
        let secret = "AIza" + String(repeating: "Sy0-", count: 8) + "abc"
        let turn = try turn(server, "the key is \(secret), isn't it?")
        let answer = try admin(server, "GET", "interactions/\(try XCTUnwrap(turn.at("id")))")
        XCTAssertEqual(answer.status, 200)
        XCTAssertTrue(answer.text.contains("the key is ***"), answer.text)
        XCTAssertFalse(answer.text.contains("Sy0-"), answer.text)
    }
}
