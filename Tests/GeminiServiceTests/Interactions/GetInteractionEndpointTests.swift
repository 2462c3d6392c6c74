// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class GetInteractionEndpointTests: XCTestCase {
    private let service = makeService()

    private func get(_ id: String, _ query: String = "") throws -> JSON {
        try makeInteractionAnswer("GET", "/v1beta/interactions/\(id)\(query)", service: service)
    }

    private func created(_ input: String = #""hi""#, members: String = "") throws -> (JSON, id: String) {
        let created = try makeInteraction(input, members: members, service: service)
        return (created, try XCTUnwrap(created["id"]?.text))
    }

    func test_turn_isGivenBack_withWhatWasSent() throws {
        let (created, id) = try created()
        let got = try get(id, "?stream=false")
        XCTAssertEqual(
            got["steps"]?.elements.first,
            ["content": [["text": "hi", "type": "text"]], "type": "user_input"])
        XCTAssertEqual(got["steps"]?.elements.dropFirst().map(\.self), created["steps"]?.elements)
        for name in ["id", "status", "usage", "created", "updated", "object", "model"] {
            XCTAssertEqual(got[name], created[name], name)
        }
        XCTAssertNil(got["input"])
        XCTAssertEqual(try get(id, "?include_input=true")["input"], "hi")
    }

    func test_steps_areGivenBack_inOneForm() throws {
        let (_, id) = try created(#"[{"type": "function_result", "call_id": "c", "result": "ok"}]"#)
        XCTAssertEqual(
            try get(id)["steps"]?.elements.first,
            ["call_id": "c", "result": "ok", "type": "function_result"])
    }

    func test_largeData_isNotKept() throws {
        let sound = Base64Encoding.standard(makeWAV())
        let (_, id) = try created(#"[{"type": "audio", "mime_type": "audio/wav", "data": "\#(sound)"}]"#)
        XCTAssertEqual(
            try get(id)["steps"]?.elements.first,
            ["content": [["mime_type": "audio/wav", "type": "audio"]], "type": "user_input"])
        XCTAssertLessThan(service.interactions.occupancy.bytes, 10_000)
    }

    func test_refusals() throws {
        let (_, id) = try created()
        for (target, expected) in [
            ("unknown", APIError.noSuchEntity), (id + "x", .noSuchEntity),
            (id + "?strem=true", .unknownQuery("strem")), (id + "?fields=id", .invalidInteraction),
        ] {
            XCTAssertEqual(refusal { try get(target) }, expected, target)
        }
        XCTAssertNoThrow(try get(id, "?fields=*&key=k&alt=json"))
        let removed = try makeInteractionAnswer("DELETE", "/v1/interactions/\(id)", service: service)
        XCTAssertEqual(removed, .object([]))
        XCTAssertEqual(refusal { try get(id) }, .noSuchEntity)
    }

    func test_passingTurn_cannotBeAskedFor() throws {
        let passing = try makeInteraction(members: #""store": false"#, service: service)
        XCTAssertNil(passing["id"])
        XCTAssertEqual(service.interactions.occupancy.turns, 0)
    }
}
