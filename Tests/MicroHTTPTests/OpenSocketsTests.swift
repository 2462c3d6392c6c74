// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Logging
import MicroHTTP
import TestSupport
import XCTest

/// A server that is stopped ends its connections before the library hears of it.
class OpenSocketsTests: XCTestCase {
    /// The library (0.9.75) used to crash where a refusal of its own met the stop.
    func test_stop_whileTheLibraryRefusesARequest_endsTheConnectionFirst() throws {
        let log = HeldLog()
        let server = try makeServer(PlanHandler { _ in make() }, logger: log.logger)
        let client = try connect(server)
        client.send("\u{1}\u{2} nonsense\r\n\r\n")
        // On the library's thread, between its finding that the request is bad and its answer.
        log.waitUntilHeld()
        let stopping = Thread { server.stop() }
        stopping.start()
        XCTAssertNoThrow(try client.receiveToStop())
        log.letGo()
        XCTAssertTrue(eventually { stopping.isFinished })
        XCTAssertTrue(server.liveObjects == (0, 0))
    }

    func test_stop_amongRefusedAndServedRequests_isUneventful() throws {
        let requests = [
            "\u{1}\u{2} nonsense\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "a", count: 40_000),
        ]
        for round in 0..<20 {
            let server = try makeServer(PlanHandler { _ in make() }) { $0.threads = 1 + round % 4 }
            let clients = try (0..<24).map { _ in try connect(server) }
            for (index, client) in clients.enumerated() { client.send(requests[index % requests.count]) }
            server.stop()
            XCTAssertTrue(server.liveObjects == (0, 0))
            withExtendedLifetime(clients) {}
        }
    }

    /// Who calls while the server stops isn't served, and doesn't hold it up.
    func test_stop_whileClientsConnect_comesToAnEnd() throws {
        let log = HeldLog()
        let server = try makeServer(PlanHandler { _ in make() }, logger: log.logger) { $0.threads = 2 }
        let refused = try connect(server)
        refused.send("\u{1}\u{2} nonsense\r\n\r\n")
        log.waitUntilHeld()
        let stopping = Thread { server.stop() }
        stopping.start()
        XCTAssertNoThrow(try refused.receiveToStop())
        // One thread is held; the other one takes calls. Not even an alert of TLS comes from it.
        let port = (self is any SpeaksTLS) ? try XCTUnwrap(server.tlsPort) : server.port
        let late = try (0..<8).map { _ in try XCTUnwrap(RawClient(port: port)) }
        for client in late {
            client.send("\u{1}\u{2} nonsense\r\n\r\n")
            do {
                let answer = try client.receiveToEnd()
                XCTAssertEqual(answer, [])
            } catch let failure as RawClient.Failure {
                XCTAssertTrue(failure.isReset, "\(failure)")
            }
        }
        log.letGo()
        XCTAssertTrue(eventually { stopping.isFinished })
        XCTAssertTrue(server.liveObjects == (0, 0))
    }
}

final class TLSOpenSocketsTests: OpenSocketsTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_stop_amongRefusedAndServedRequests_isUneventful() throws {
        try super.test_stop_amongRefusedAndServedRequests_isUneventful()
    }
}

/// Clients whose end (FIN) has come together with their last bytes. The library (0.9.75) doesn't see it, but over TLS.
final class UnseenEndTests: XCTestCase {
    private let post = "POST / HTTP/1.1\r\nHost: x\r\n"

    /// A server with one thread, which is held up, so that all that comes lies there whole when it goes on.
    private func hold(_ server: HTTPServer, _ gate: Monitor<Gate>) throws -> RawClient {
        let client = try connect(server)
        client.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
        gate.wait(while: { !$0.isHeld }, { _ in })
        return client
    }

    private struct Gate {
        var isHeld = false
        var isOpen = false
    }

    private func makeHeldServer(_ gate: Monitor<Gate>) throws -> HTTPServer {
        let handler = PlanHandler(limit: 1 << 20) { request in
            guard request.head.target.raw == "/held" else { return make() }
            gate.signal { $0.isHeld = true }
            gate.wait(while: { !$0.isOpen }, { _ in })
            return make()
        }
        return try makeServer(handler) { $0.threads = 1 }
    }

    func test_partsOfRequests_areGivenUp_soonAfterTheirClientsHaveLeft() throws {
        let parts = [
            "P", post, post + "Content-Length: 900\r\n\r\n", post + "Transfer-Encoding: chunked\r\n\r\n",
            post + "Content-Length: 90000\r\n\r\nhalf",
            post + "Transfer-Encoding: chunked\r\n\r\nfff\r\nhalf",
            post + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n" + post,
            post + "Content-Length: 90000\r\n\r\n" + String(repeating: "a", count: 20_000),
            post + "Transfer-Encoding: chunked\r\n\r\n8000\r\n" + String(repeating: "a", count: 20_000),
        ]
        let gate = Monitor(Gate())
        let server = try makeHeldServer(gate)
        let first = try hold(server, gate)
        // Closed at once.
        for part in parts { XCTAssertTrue(try connect(server).send(part)) }
        gate.signal { $0.isOpen = true }
        XCTAssertEqual(try first.receiveAnswer().status, 200)
        // Who hears of nothing else looks when requests come: long before the time-out of two minutes.
        XCTAssertTrue(
            eventually {
                first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return (try? first.receiveAnswer().status) == 200 && server.openConnections == 1
            }, "\(server.openConnections)")
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
    }

    func test_wholeRequests_areAnsweredAllTheSame() throws {
        let requests = [
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n", post + "Content-Length: 4\r\n\r\nbody",
            post + "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
            post + "Content-Length: 90000\r\n\r\n" + String(repeating: "a", count: 90_000),
            post + "Transfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "8\r\nabcdefgh\r\n", count: 5000) + "0\r\n\r\n",
        ]
        let gate = Monitor(Gate())
        let server = try makeHeldServer(gate)
        let first = try hold(server, gate)
        let clients = try requests.map { request in
            let client = try connect(server)
            XCTAssertTrue(client.send(request + request))
            client.shutDown()
            return client
        }
        gate.signal { $0.isOpen = true }
        XCTAssertEqual(try first.receiveAnswer().status, 200)
        for (client, request) in zip(clients, requests) {
            for _ in 0..<2 { XCTAssertEqual(try client.receiveAnswer().status, 200, request) }
            XCTAssertEqual(try client.receiveToEnd(), [])
        }
    }
}

/// A log that holds up who tells it that a request is refused.
private final class HeldLog: SeenLog {
    private struct State {
        var isHeld = false
        var isOpen = false
    }

    private let state = Monitor(State())

    func log(event: LogEvent) {
        guard "\(event.message)".contains("Error processing request") else { return }
        state.signal { $0.isHeld = true }
        state.wait(while: { !$0.isOpen }, { _ in })
    }

    func waitUntilHeld() { state.wait(while: { !$0.isHeld }, { _ in }) }

    func letGo() { state.signal { $0.isOpen = true } }
}
