// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// Waits of scenarios, stepped by the server's clock.
final class FaultWaitTests: ScenarioTestCase {
    private func serve(_ reply: MockReply) throws -> MockServer {
        try serve(
            MockScenario(
                "one",
                stubs: [
                    MockStub("s", when: MockPattern(lastText: .contains("Hello")), replies: [reply]),
                    MockStub("rest", replies: [.text("at once")]),
                ]))
    }

    private func client(_ server: MockServer, _ method: String) throws -> RawClient {
        let client = try XCTUnwrap(RawClient(port: server.port))
        send(client, method)
        return client
    }

    private func send(_ client: RawClient, _ method: String) {
        client.send(
            "POST /v1beta/models/gemini-2.5-flash:\(method) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\n"
                + "Content-Length: \(FaultTests.body.utf8.count)\r\n\r\n\(FaultTests.body)")
    }

    /// Whether the one request that waits still does, seen from another connection.
    private func isWaiting(_ server: MockServer) throws -> Bool {
        XCTAssertEqual(try ask(server, "Bye").said, "at once")
        return eventually { server.waitingConnections == 1 && server.liveObjects.exchanges == 1 }
    }

    func test_delay_isWaitedFor_andTheConnectionIsKept() throws {
        let server = try serve(.text("Here").wire(MockWire(delay: .seconds(600))))
        let client = try client(server, "generateContent")
        for round in 0..<2 {
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            XCTAssertTrue(try isWaiting(server), "\(round)")
            server.advanceClock(by: .seconds(500))
            XCTAssertTrue(try isWaiting(server), "\(round)")
            server.advanceClock(by: .seconds(100))
            XCTAssertEqual(try client.receiveAnswer().said, "Here")
            send(client, "generateContent")
        }
    }

    func test_events_comeOneByOne() throws {
        let server = try serve(
            .text("abc", chunks: .pieces(["a", "b", "c"])).wire(
                MockWire(firstEvent: .seconds(100), intervals: [.seconds(200), .seconds(300)])))
        let client = try client(server, "streamGenerateContent?alt=sse")
        let head = String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self)
        XCTAssertTrue(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
        for (wait, text) in [(100, "a"), (200, "b"), (300, "c")] {
            server.advanceClock(by: .seconds(wait - 50))
            XCTAssertTrue(try isWaiting(server))
            server.advanceClock(by: .seconds(50))
            let event = String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self)
            XCTAssertTrue(event.contains("\"text\": \"\(text)\""), event)
        }
    }

    func test_writes_areChunks() throws {
        let server = try serve(.text("é").wire(MockWire(writes: .bytes(1))))
        let whole = try serve(.text("é"))
        let (answer, plain) = try (
            client(server, "streamGenerateContent?alt=sse").receiveAnswer(),
            client(whole, "streamGenerateContent?alt=sse").receiveAnswer()
        )
        XCTAssertEqual(answer.chunks, plain.body.map { [$0] })
    }

    func test_hangs_endWhenTheirTimeIsOver() throws {
        let before = try serve(.text("x").faults([.named("hang-before-head", for: .seconds(600))]))
        let first = try client(before, "generateContent")
        XCTAssertTrue(eventually { before.waitingConnections == 1 })
        XCTAssertTrue(try isWaiting(before))
        before.advanceClock(by: .seconds(600))
        XCTAssertEqual(try first.receiveToEnd(), [])

        let middle = try serve(
            .text("x").faults([.named("hang-mid-body", after: .bytes(5), for: .seconds(600))]))
        let second = try client(middle, "generateContent")
        let head = String(decoding: try second.receive(upTo: "\r\n\r\n{\n  \""), as: UTF8.self)
        XCTAssertTrue(head.contains("\r\nContent-Length: "), head)
        XCTAssertTrue(try isWaiting(middle))
        middle.advanceClock(by: .seconds(600))
        XCTAssertEqual(try second.receiveToEnd(), [])
    }

    func test_stop_endsWhatWaits() throws {
        let server = try serve(.text("Here").wire(MockWire(delay: .seconds(600))))
        let clients = try (0..<20).map { _ in try client(server, "generateContent") }
        XCTAssertTrue(eventually { server.waitingConnections == 20 })
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        withExtendedLifetime(clients) {}
    }

    func test_aClientThatLeaves_isForgotten() throws {
        let server = try serve(.text("Here").wire(MockWire(delay: .seconds(600))))
        do {
            let client = try client(server, "generateContent")
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            withExtendedLifetime(client) {}
        }
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 0 })
    }
}
