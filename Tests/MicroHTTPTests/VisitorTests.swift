// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// Connections that are too many, and those on which too little comes.
class VisitorTests: XCTestCase {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    func test_connectionsBeyondTheLimit_areToldSo_untilOthersLeave() throws {
        let server = try makeServer(PlanHandler { _ in make() }) {
            $0.connectionLimit = 3
            $0.threads = 2
        }
        var served = try (0..<3).map { _ in try connect(server) }
        for client in served {
            client.send(get)
            XCTAssertEqual(try client.receiveAnswer().status, 200)
        }
        for _ in 0..<20 {
            let client = try connect(server)
            client.send(get + get)
            let answer = try client.receiveAnswer()
            XCTAssertEqual(answer.status, 503)
            XCTAssertEqual(answer["connection"], "close")
            XCTAssertEqual(try client.receiveToStop(), [])
        }
        // Those that were there go on.
        for client in served {
            client.send(get)
            XCTAssertEqual(try client.receiveAnswer().status, 200)
        }
        served = []
        XCTAssertTrue(eventually { server.openConnections == 0 })
        let client = try connect(server)
        client.send(get)
        XCTAssertEqual(try client.receiveAnswer().status, 200)
    }

    func test_oneTooMany_thatSaysNothing_isClosed() throws {
        let server = try makeServer(PlanHandler { _ in make() }) { $0.connectionLimit = 1 }
        let first = try connect(server)
        first.send(get)
        XCTAssertEqual(try first.receiveAnswer().status, 200)
        // Long before the usual two minutes.
        XCTAssertEqual(try connect(server).receiveToStop(), [])
        first.send(get)
        XCTAssertEqual(try first.receiveAnswer().status, 200)
    }

    /// Each byte is a sign of life to the library.
    func test_aHeadThatComesTooSlowly_isGivenUp() throws {
        let server = try makeServer(PlanHandler { _ in make() }, idleTimeout: 1)
        let slow = try connect(server)
        slow.send("GET / HTTP/1.1\r\nX-A: ")
        XCTAssertTrue(
            eventually {
                slow.send("a")
                if let other = try? connect(server) {
                    other.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    _ = try? other.receiveToStop()
                }
                return server.openConnections == 0
            })
        XCTAssertTrue(server.liveObjects == (0, 0))
    }

    func test_aBodyThatComesTooSlowly_isAnswered_andGivenUp() throws {
        let handler = NotingHandler()
        let server = try makeServer(handler, idleTimeout: 1)
        let slow = try connect(server)
        slow.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n")
        var last = ContinuousClock.now
        XCTAssertTrue(
            eventually {
                // Each byte is a sign of life; 20 a second are too few.
                if ContinuousClock.now - last > .milliseconds(50) {
                    last = .now
                    slow.send("a")
                }
                return handler.turnedAway == [.slowBody]
            })
        let answer = String(decoding: try slow.receiveWhatComes(), as: UTF8.self)
        XCTAssertTrue(answer.hasPrefix("HTTP/1.1 408 "), answer)
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) })
    }

    func test_halfAHello_isGivenUp() throws {
        let server = try makeServer(PlanHandler { _ in make() }, idleTimeout: 1) { $0.certificate = .test }
        let client = try XCTUnwrap(RawClient(port: try XCTUnwrap(server.tlsPort)))
        client.send([0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3])
        // GnuTLS may take its leave (an alert).
        XCTAssertTrue([nil, 21].contains(try client.receiveWhatComes().first))
        XCTAssertTrue(eventually { server.openConnections == 0 })
    }
}

final class TLSVisitorTests: VisitorTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_connectionsBeyondTheLimit_areToldSo_untilOthersLeave() throws {
        try super.test_connectionsBeyondTheLimit_areToldSo_untilOthersLeave()
    }
}

/// Keeps why requests weren't served.
private final class NotingHandler: RequestHandler {
    private let reasons = Monitor<[TurnedAway]>([])
    private let inner = PlanHandler { _ in make() }

    var turnedAway: [TurnedAway] { reasons.withLock { $0 } }

    func bodyLimit(for head: RequestHead) -> Int { inner.bodyLimit(for: head) }

    func respond(to request: HTTPRequest) -> ResponsePlan { inner.respond(to: request) }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        inner.refuse(head, because: problem)
    }

    func turnAway(_ head: RequestHead, because reason: TurnedAway) -> ResponsePlan {
        reasons.withLock { $0.append(reason) }
        return make(status: reason.status)
    }
}
