// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// Answers that are to come later, on the server's clock.
class ExchangeTests: XCTestCase {
    /// `/later` after ten minutes, `/raw` too and as a raw plan, anything else at once.
    private func serve() throws -> HTTPServer {
        try makeServer(
            PlanHandler { request in
                let target = request.head.target.raw
                var plan = ResponsePlan(
                    status: 200, fields: [HTTPFields.Field("X-A", "1")], body: Array(target.utf8))
                if target == "/raw" { plan = plan.raw(for: request.head) }
                if target != "/now" { plan.delay = .seconds(600) }
                return plan
            })
    }

    private func get(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n" }

    /// Whether the one request that waits still does, seen from another connection.
    private func isWaiting(_ server: HTTPServer) throws -> Bool {
        let other = try connect(server)
        other.send(get("/now"))
        XCTAssertEqual(try other.receiveAnswer().text, "/now")
        return eventually { server.waitingConnections == 1 && server.liveObjects.exchanges == 1 }
    }

    func test_anAnswerThatIsDelayed_comesInItsTime_andInItsTurn() throws {
        let server = try serve()
        let client = try connect(server)
        client.send(get("/later") + get("/now") + get("/later"))
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        XCTAssertTrue(try isWaiting(server))
        server.clock.advance(by: .seconds(599))
        XCTAssertTrue(try isWaiting(server))
        server.clock.advance(by: .seconds(1))
        XCTAssertEqual(try client.receiveAnswer().text, "/later")
        XCTAssertEqual(try client.receiveAnswer().text, "/now")
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        XCTAssertTrue(try isWaiting(server))
        server.clock.advance(by: .seconds(600))
        XCTAssertEqual(try client.receiveAnswer().text, "/later")
    }

    func test_aBodyThatWasSent_isReadOnce() throws {
        let server = try serve()
        let client = try connect(server)
        let body = String(repeating: "x", count: 100_000)
        client.send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n\(body)")
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        XCTAssertTrue(try isWaiting(server))
        server.clock.advance(by: .seconds(600))
        XCTAssertEqual(try client.receiveAnswer().text, "/later")
        client.send(get("/now"))
        XCTAssertEqual(try client.receiveAnswer().text, "/now")
    }

    func test_rawPlans_areDelayedToo() throws {
        let server = try serve()
        let client = try connect(server)
        client.send(get("/raw"))
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        XCTAssertTrue(try isWaiting(server))
        server.clock.advance(by: .seconds(600))
        let text = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertTrue(text.hasPrefix("HTTP/1.1 200 OK\r\n") && text.hasSuffix("\r\n\r\n/raw"), text)
    }

    func test_clientsThatLeave_andTheEnd_leaveNothing() throws {
        let server = try serve()
        for _ in 0..<20 {
            let client = try connect(server)
            client.send(get("/later"))
            client.reset()
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) })
        let waiting = try (0..<20).map { _ in
            let client = try connect(server)
            client.send(get("/later"))
            return client
        }
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 20 })
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0))
        withExtendedLifetime(waiting) {}
    }
}
