// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

final class MockServerTests: XCTestCase {
    func ask(_ server: MockServer, _ request: String) throws -> String {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(request)
        return String(decoding: try client.receiveToEnd(), as: UTF8.self)
    }

    private func models(key: String = "made-up") -> String {
        "GET /v1beta/models?pageSize=1 HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\nConnection: close\r\n\r\n"
    }

    func test_start_listensOnAFreePort_andTellsItsURL() throws {
        let server = try MockServer.start()
        defer { server.stop() }
        XCTAssertEqual(server.baseURL, "http://127.0.0.1:\(server.port)")
        XCTAssertTrue(try ask(server, models()).hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    func test_several_runSideBySide_eachWithItsOwnSettings() throws {
        var settings = MockServer.Configuration()
        settings.models = ["only-this"]
        settings.knowsOnlyGivenModels = true
        let (first, second) = (try MockServer.start(), try MockServer.start(settings))
        defer {
            first.stop()
            second.stop()
        }
        XCTAssertTrue(try ask(first, models()).contains("models/gemini-2.5-flash"))
        XCTAssertTrue(try ask(second, models()).contains("models/only-this"))
    }

    func test_start_fails_whenThePortIsTaken() throws {
        let server = try MockServer.start()
        defer { server.stop() }
        var settings = MockServer.Configuration()
        settings.port = server.port
        XCTAssertThrowsError(try MockServer.start(settings)) { error in
            XCTAssertEqual((error as? MockServerError)?.isAddressInUse, true)
        }
    }

    func test_stop_leavesNothingBehind() throws {
        var settings = MockServer.Configuration()
        settings.streamInterval = .seconds(600)
        let server = try MockServer.start(settings)
        let body = #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#
        let clients = try (0..<20).map { _ in try XCTUnwrap(RawClient(port: server.port)) }
        for client in clients {
            client.send(
                "POST /v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=made-up HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            // The first event: from here on the stream waits for ten minutes.
            _ = try client.receive(upTo: "data: ")
        }
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        XCTAssertNil(RawClient(port: server.port))
    }

    func test_baseURL_isReachable_forAddressesThatOnlyServersUse() throws {
        var settings = MockServer.Configuration()
        settings.host = "0.0.0.0"
        let server = try MockServer.start(settings)
        defer { server.stop() }
        XCTAssertTrue(server.baseURL.hasPrefix("http://127.0.0.1:"))
    }

    func test_hugeSettings_doNoHarm() throws {
        var settings = MockServer.Configuration()
        settings.maximumRequestBytes = .max
        settings.streamInterval = .seconds(Int64.max)
        let server = try MockServer.start(settings)
        defer { server.stop() }
        let announcing = try XCTUnwrap(RawClient(port: server.port))
        announcing.send(
            "POST /v1/models/gemini-2.5-flash:countTokens HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000000000000000\r\n\r\n{"
        )
        let body = #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#
        let waiting = try XCTUnwrap(RawClient(port: server.port))
        waiting.send(
            "POST /v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=made-up HTTP/1.1\r\nHost: x\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        _ = try waiting.receive(upTo: "data: ")
        XCTAssertTrue(try ask(server, models()).hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
}
