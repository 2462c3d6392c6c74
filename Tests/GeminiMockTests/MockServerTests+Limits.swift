// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

/// Beyond a limit the client gets an answer, in the API's shape.
extension MockServerTests {
    private func get(_ key: String) -> String {
        "GET /v1beta/models/gemini-3.5-flash HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\n\r\n"
    }

    func test_connectionsBeyondTheLimit_getTheAPIsRefusal() throws {
        var settings = MockServer.Configuration()
        settings.maximumConnections = 2
        let server = try MockServer.start(settings)
        defer { server.stop() }
        let served = try (0..<2).map { _ in try XCTUnwrap(RawClient(port: server.port)) }
        for client in served {
            client.send(get("made-up"))
            XCTAssertEqual(try client.receiveAnswer().status, 200)
        }
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(get("made-up"))
        let answer = try client.receiveAnswer()
        XCTAssertEqual(answer.status, 503)
        let error = (answer.json as? [String: Any])?["error"] as? [String: Any]
        XCTAssertEqual(error?["status"] as? String, "UNAVAILABLE")
        XCTAssertEqual(error?["message"] as? String, "The service is currently unavailable.")
        XCTAssertEqual(try client.receiveToEnd(), [])
        XCTAssertEqual(server.journal.entries.last?.answer?.status, 503)
        withExtendedLifetime(served) {}
    }

    func test_requestsOfOneTenant_areLimited_thoseOfOthersNot() throws {
        var settings = MockServer.Configuration()
        settings.maximumTenantRequests = 2
        settings.streamInterval = .seconds(600)
        let server = try MockServer.start(settings)
        defer { server.stop() }
        let body = #"{"contents":[{"parts":[{"text":"What is the capital of France?"}]}]}"#
        var streams = try (0..<2).map { _ in
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(
                "POST /v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=busy HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            XCTAssertTrue(
                String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self).contains(" 200 "))
            return client
        }
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(get("busy"))
        let answer = try client.receiveAnswer()
        XCTAssertEqual(answer.status, 429)
        XCTAssertTrue(answer.text.contains("\"RESOURCE_EXHAUSTED\""), answer.text)
        client.send(get("other"))
        XCTAssertEqual(try client.receiveAnswer().status, 200)
        withExtendedLifetime(streams) {}
        streams = []
        XCTAssertTrue(
            eventually {
                client.send(get("busy"))
                return (try? client.receiveAnswer())?.status == 200
            })
        // The turn of a request that is refused is given back, too.
        for _ in 0..<5 {
            client.send(get("busy").replacingOccurrences(of: "gemini-3.5-flash", with: "none"))
            XCTAssertEqual(try client.receiveAnswer().status, 404)
        }
        XCTAssertTrue(streams.isEmpty)
    }
}
