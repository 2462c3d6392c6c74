// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// The state of interactions through sockets: several clients at once, and a clock that tests move.
extension MockServerTests {
    private func id(in answer: String) throws -> String {
        String(try XCTUnwrap(answer.split(separator: "\"").first { $0.hasPrefix("v1_") }, answer))
    }

    private func get(_ id: String, _ query: String = "") -> String {
        "GET /v1/interactions/\(id)\(query) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\nConnection: close\r\n\r\n"
    }

    private func serve(
        clock: any WallClock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052)),
        _ change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws -> MockServer {
        var settings = MockServer.Configuration()
        settings.clock = clock
        change(&settings)
        let server = try MockServer.start(settings)
        addTeardownBlock { server.stop() }
        return server
    }

    // MARK: Runs

    func test_run_isOver_whenTheClockIsMoved() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))
        let server = try serve(clock: clock)
        let name = try id(in: ask(server, makeTurn("Hi", #", "background": true"#)))
        XCTAssertTrue(try ask(server, get(name)).contains(#""status":"queued""#))
        clock.advance(by: .milliseconds(500))
        XCTAssertTrue(try ask(server, get(name)).contains(#""status":"in_progress""#))
        clock.advance(by: .seconds(48 * 3600))
        XCTAssertTrue(try ask(server, get(name)).contains(#""status":"completed""#))
        clock.advance(by: .seconds(55 * 86_400))
        XCTAssertTrue(try ask(server, get(name)).hasPrefix("HTTP/1.1 404 "), "past its time")
    }

    func test_clock_ofTheServer_canBeMoved() throws {
        let server = try serve(clock: FixedWallClock(seconds: 1_787_150_052))
        let name = try id(in: ask(server, makeTurn("Hi", #", "background": true"#)))
        server.advanceClock(by: .milliseconds(999))
        XCTAssertTrue(try ask(server, get(name)).contains(#""status":"in_progress""#))
        server.advanceClock(by: .milliseconds(1))
        XCTAssertTrue(try ask(server, get(name)).contains(#""status":"completed""#))
    }

    func test_stream_endsWithACancel_whileTheClockStandsStill() throws {
        let server = try serve()
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(makeTurn("Hi", #", "background": true, "stream": true"#))
        let beginning = String(
            decoding: try client.receive(upTo: "interaction.created\"}\n\n"), as: UTF8.self)
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        // In the middle of a wait, and before another one.
        server.freezeClock()
        let name = try id(in: beginning)
        let follower = try XCTUnwrap(RawClient(port: server.port))
        follower.send(get(name, "?stream=true"))
        _ = try follower.receive(upTo: "interaction.created\"}\n\n")
        XCTAssertTrue(eventually { server.waitingConnections == 2 })
        _ = try ask(server, makePost("interactions/\(name)/cancel", ""))
        for stream in [client, follower] {
            let end = String(decoding: try stream.receiveToEnd(), as: UTF8.self)
            XCTAssertTrue(end.contains(#""code":"cancelled"},"event_type":"error"}"#), end)
        }
    }

    func test_stream_goesOn_whenTheClockIsMoved_andEndsWithACancel() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))
        let server = try serve(clock: clock)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(makeTurn("Hi", #", "background": true, "stream": true"#))
        let beginning = String(
            decoding: try client.receive(upTo: "interaction.created\"}\n\n"), as: UTF8.self)
        clock.advance(by: .milliseconds(200))
        _ = try client.receive(upTo: "interaction.status_update\"}\n\n")
        let follower = try XCTUnwrap(RawClient(port: server.port))
        let name = try id(in: beginning)
        follower.send(get(name, "?stream=true"))
        _ = try follower.receive(upTo: "interaction.status_update\"}\n\n")
        XCTAssertTrue(
            try ask(server, makePost("interactions/\(name)/cancel", "")).contains(#""status":"cancelled""#))
        for stream in [client, follower] {
            let end = String(decoding: try stream.receiveToEnd(), as: UTF8.self)
            XCTAssertTrue(end.contains(#""code":"cancelled"},"event_type":"error"}"#), end)
            XCTAssertTrue(end.contains("event: done\ndata: [DONE]\n\n"), end)
            XCTAssertFalse(end.contains("interaction.completed"), end)
        }
    }

    func test_stop_endsStreamsThatFollow() throws {
        let server = try serve()
        let clients = try (0..<20).map { _ in try XCTUnwrap(RawClient(port: server.port)) }
        for client in clients {
            client.send(makeTurn("Hi", #", "background": true, "stream": true"#))
            _ = try client.receive(upTo: "interaction.created\"}\n\n")
        }
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        withExtendedLifetime(clients) {}
    }

    // MARK: Many at once

    func test_concurrentTurns_ofOneConversation_areNeitherLostNorDoubled() throws {
        let server = try serve()
        let first = try id(in: ask(server, makeTurn("The first")))
        let port = server.port
        let names = Monitor<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 10) { worker in
            var last = first
            for number in 0..<10 {
                let previous = #", "previous_interaction_id": "\#(last)""#
                guard let client = RawClient(port: port) else { return XCTFail("nobody listens") }
                client.send(makeTurn("Turn \(worker)-\(number)", previous))
                let answer = String(decoding: (try? client.receiveToEnd()) ?? [], as: UTF8.self)
                guard let name = answer.split(separator: "\"").first(where: { $0.hasPrefix("v1_") }) else {
                    return XCTFail(answer)
                }
                last = String(name)
                names.withLock { $0.append(last) }
            }
        }
        let all = names.withLock { $0 }
        XCTAssertEqual(Set(all).count, 100)
        for name in all {
            let answer = try ask(server, get(name))
            XCTAssertEqual(answer.components(separatedBy: #""type":"user_input""#).count, 2, answer)
            XCTAssertEqual(answer.components(separatedBy: #""type":"model_output""#).count, 2, answer)
        }
    }

    func test_fullStore_saysThatItForgets() throws {
        let log = CollectedLog()
        let server = try serve { settings in
            settings.interactionLimits.turnsPerTenant = 3
            settings.logger = log.logger
        }
        let names = try (0..<5).map { try id(in: ask(server, makeTurn("Turn \($0)"))) }
        XCTAssertTrue(try ask(server, get(names[1])).hasPrefix("HTTP/1.1 404 "))
        XCTAssertTrue(try ask(server, get(names[2])).hasPrefix("HTTP/1.1 200 "))
        let said = log.lines.filter { $0.contains("had to be forgotten") }
        XCTAssertEqual(said.count, 2, "\(said)")
    }
}

private func makePost(_ path: String, _ body: String) -> String {
    "POST /v1/\(path) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Connection: close\r\n\r\n\(body)"
}

private func makeTurn(_ input: String, _ members: String = "") -> String {
    makePost("interactions", #"{"model": "gemini-3.5-flash", "input": "\#(input)"\#(members)}"#)
}
