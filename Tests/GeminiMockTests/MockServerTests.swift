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

    func test_advanceClock_stepsAStream_eventByEvent() throws {
        var settings = MockServer.Configuration()
        settings.streamInterval = .seconds(600)
        let server = try MockServer.start(settings)
        defer { server.stop() }
        let body = #"{"contents":[{"parts":[{"text":"What is the capital of France?"}]}]}"#
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST /v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=made-up HTTP/1.1\r\nHost: x\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        _ = try client.receive(upTo: "\r\n\r\n")
        var events = 0
        while true {
            let event = String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self)
            if event.hasSuffix("0\r\n\r\n") { break }
            // An event ends with an empty line, its chunk with a line end more.
            XCTAssertTrue(event.contains("data: {"), event)
            events += 1
            server.advanceClock(by: .seconds(600))
        }
        XCTAssertGreaterThan(events, 1)
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
        withExtendedLifetime(clients) {}
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

    // MARK: Files

    private func upload(_ length: Int, _ body: String, key: String = "made-up") -> String {
        "POST /upload/v1beta/files HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\nX-Goog-Upload-Protocol: raw\r\n"
            + "Content-Type: text/plain\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n\(body)"
    }

    private func list(key: String = "made-up") -> String {
        "GET /v1beta/files HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\nConnection: close\r\n\r\n"
    }

    func test_dataFolder_keepsFiles_beyondTheServersLife() throws {
        var settings = MockServer.Configuration()
        settings.dataFolder = makePath()
        let first = try MockServer.start(settings)
        defer { first.stop() }
        XCTAssertTrue(try ask(first, upload(5, "hello")).hasPrefix("HTTP/1.1 200 OK\r\n"))
        XCTAssertThrowsError(try MockServer.start(settings)) { error in
            XCTAssertEqual(
                "\(error)", "another server uses the folder \(settings.dataFolder ?? "")")
            XCTAssertEqual((error as? MockServerError)?.isAddressInUse, false)
        }
        first.stop()
        let second = try MockServer.start(settings)
        defer { second.stop() }
        XCTAssertTrue(try ask(second, list()).contains(#""sizeBytes": "5""#))
        XCTAssertTrue(try ask(second, list(key: "another")).hasSuffix("\r\n\r\n{}\n"))
    }

    func test_withoutDataFolder_filesEndWithTheServer() throws {
        let first = try MockServer.start()
        XCTAssertTrue(try ask(first, upload(5, "hello")).hasPrefix("HTTP/1.1 200 OK\r\n"))
        first.stop()
        let second = try MockServer.start()
        defer { second.stop() }
        XCTAssertTrue(try ask(second, list()).hasSuffix("\r\n\r\n{}\n"))
    }

    func test_brokenOffUploads_leaveNothing() throws {
        let path = makePath()
        var settings = MockServer.Configuration()
        settings.dataFolder = path
        let server = try MockServer.start(settings)
        defer { server.stop() }
        let contents = { try FileManager.default.contentsOfDirectory(atPath: path) }
        for index in 0..<100 {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(upload(1000, String(repeating: "x", count: index * 9)))
            if index % 2 == 0 { client.reset() }
        }
        // Before a connection is accepted, nothing of it is under way either.
        XCTAssertTrue(
            eventually { server.liveObjects == (0, 0) && (try? contents()) == [".lock"] },
            "\(server.liveObjects) \((try? contents()) ?? [])")
    }

    func test_stop_endsUploads_andTheirBytesAreGone() throws {
        let path = makePath()
        var settings = MockServer.Configuration()
        settings.dataFolder = path
        let server = try MockServer.start(settings)
        let started = try ask(
            server,
            "POST /upload/v1beta/files HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\nX-Goog-Upload-Protocol: resumable\r\n"
                + "X-Goog-Upload-Command: start\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        let id = try XCTUnwrap(started.firstMatch(of: /upload_id=([A-Za-z0-9_-]+)/)).1
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST /upload/v1beta/files?upload_id=\(id) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Offset: 0\r\n"
                + "X-Goog-Upload-Command: upload, finalize\r\nContent-Length: 1000\r\n\r\nhello")
        XCTAssertTrue(
            eventually { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).count == 2 })
        server.stop()
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: path), [".lock"])
    }

    func test_folderThatCannotBeWritten_isAnError500_andTheServerGoesOn() throws {
        let path = makePath()
        var settings = MockServer.Configuration()
        settings.dataFolder = path
        let server = try MockServer.start(settings)
        defer { server.stop() }
        try FileManager.default.removeItem(atPath: path)
        let answer = try ask(server, upload(5, "hello"))
        XCTAssertTrue(answer.hasPrefix("HTTP/1.1 500 "), answer)
        XCTAssertTrue(answer.contains("X-Goog-Upload-Status: final\r\n"), answer)
        XCTAssertTrue(answer.contains("\"message\": \"Internal error encountered.\""), answer)
        XCTAssertTrue(try ask(server, list()).hasSuffix("\r\n\r\n{}\n"))
    }
}
