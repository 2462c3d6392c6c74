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
