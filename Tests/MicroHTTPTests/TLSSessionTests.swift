// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

/// What only connections over TLS have.
final class TLSSessionTests: XCTestCase, SpeaksTLS {
    let versions = RawClient.anyTLS
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let each = ["+VERS-TLS1.3", "+VERS-TLS1.2"]

    private func connect(_ server: HTTPServer, _ versions: String) throws -> RawClient? {
        RawClient(port: try XCTUnwrap(server.tlsPort), tls: versions)
    }

    func test_requests_tellThatTheyAreEncrypted() throws {
        let server = try makeServer(
            PlanHandler { make(body: "\($0.head.isFromLoopback) \($0.head.isEncrypted)") })
        for versions in TLSSessionTests.each {
            let client = try XCTUnwrap(connect(server, versions))
            client.send(get + get)
            XCTAssertEqual(try client.receiveAnswer().text, "true true")
            XCTAssertEqual(try client.receiveAnswer().text, "true true")
        }
        let plain = try XCTUnwrap(RawClient(port: server.port))
        plain.send(get)
        XCTAssertEqual(try plain.receiveAnswer().text, "true false")
    }

    func test_oldVersions_areRefused() throws {
        let server = try makeServer(PlanHandler { _ in make() })
        for versions in ["+VERS-TLS1.1", "+VERS-TLS1.0"] { XCTAssertNil(try connect(server, versions)) }
    }

    /// In TLS the end must be told, or the client can't know that nobody has cut the rest off; a reset is no such end.
    func test_ends_areTold_andResetsNot() throws {
        for framing in [ResponsePlan.Framing.raw, .chunked, .length] {
            let ends: [[WireAction]] = [[], [.truncate], [.wait(.milliseconds(1)), .truncate]]
            for (end, versions) in ends.flatMap({ end in TLSSessionTests.each.map { (end, $0) } }) {
                let plan = make(actions: [.send(bytes("a"))] + end + [.send(bytes("b"))], framing: framing)
                let server = try makeServer(PlanHandler { _ in plan })
                let client = try XCTUnwrap(connect(server, versions))
                client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                XCTAssertNoThrow(try client.receiveToEnd(), "\(framing) \(end)")
            }
            // With a length it needs something behind it: the library doesn't ask for more than that.
            let plan = make(actions: [.send(bytes("a")), .reset, .send(bytes("b"))], framing: framing)
            let server = try makeServer(PlanHandler { _ in plan })
            for versions in TLSSessionTests.each {
                let client = try XCTUnwrap(connect(server, versions))
                client.send(get)
                XCTAssertNotNil(try client.receiveToReset(), "\(framing)")
            }
        }
    }

    /// Some clients (Python's asyncio) wait for the server's close_notify before they close the connection.
    func test_clientsThatTakeLeaveOfTLS_areNoticed_howeverTheyDo() throws {
        let server = try makeServer(
            PlanHandler {
                let actions = [WireAction.send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))]
                return make(actions: actions, framing: $0.head.target.raw == "/raw" ? .raw : .chunked)
            })
        for versions in TLSSessionTests.each {
            for target in ["/raw", "/chunked"] {
                let clients = try (0..<4).map { _ in
                    let client = try XCTUnwrap(connect(server, versions))
                    client.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try client.receive(upTo: "a")
                    return client
                }
                XCTAssertTrue(eventually { server.waitingConnections == 4 })
                clients[0].endTLS()
                clients[1].shutDown()
                clients[2].send(get)
                clients[2].shutDown()
                clients[3].send(get)
                XCTAssertTrue(eventually { server.waitingConnections == 1 }, "\(versions) \(target)")
                clients[3].endTLS()
                clients[3].shutDown()
                XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(versions) \(target)")
            }
        }
    }

    /// A request that comes before the last answer is no leave.
    func test_requestsThatComeEarly_areServed() throws {
        let server = try makeServer(
            PlanHandler { _ in make(actions: [.send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))]) })
        for versions in TLSSessionTests.each {
            let client = try XCTUnwrap(connect(server, versions))
            client.send(get)
            _ = try client.receive(upTo: "\r\na\r\n")
            client.send(get)
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            for text in ["0\r\n\r\n", "\r\na\r\n"] {
                if text == "0\r\n\r\n" { server.clock.advance(by: .seconds(600)) }
                XCTAssertTrue(String(decoding: try client.receive(upTo: text), as: UTF8.self).hasSuffix(text))
            }
        }
    }

    /// Records of two bytes look like the alert by which clients take their leave.
    func test_bodiesInSmallRecords_areRead() throws {
        let server = try makeServer(SlowHandler())
        for versions in TLSSessionTests.each {
            let client = try XCTUnwrap(connect(server, versions))
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n")
            for _ in 0..<20 { client.send("ab") }
            XCTAssertEqual(try client.receiveAnswer().text, "read")
            client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for part in ["2", "\r\n", "ab", "\r\n", "0\r\n", "\r\n"] { client.send(part) }
            XCTAssertEqual(try client.receiveAnswer().text, "read")
        }
    }

    /// Who connects and doesn't shake hands is closed like anybody who says nothing.
    func test_halfHandshakes_endWithTheIdleTimeout() throws {
        let server = try makeServer(PlanHandler { _ in make() }, idleTimeout: 1)
        let port = try XCTUnwrap(server.tlsPort)
        let beginnings: [[UInt8]] = [[], [22, 3, 1], [22, 3, 1, 1, 0, 1, 0, 0, 0xFC, 3, 3], bytes(get)]
        let clients = try beginnings.flatMap { beginning in
            try (0..<5).map { _ in
                let client = try XCTUnwrap(RawClient(port: port))
                client.send(beginning)
                return client
            }
        }
        for client in clients {
            do {
                // Perhaps an alert.
                _ = try client.receiveToEnd()
            } catch let failure as RawClient.Failure {
                XCTAssertTrue(failure.isReset, "\(failure)")
            }
        }
        let other = try connect(server)
        other.send(get)
        XCTAssertEqual(try other.receiveAnswer().text, "hello")
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) })
    }

    func test_handshakes_countAsConnections() throws {
        let server = try makeServer(PlanHandler { _ in make() }, idleTimeout: 1) {
            $0.connectionLimit = 2
            $0.threads = 1
        }
        let port = try XCTUnwrap(server.tlsPort)
        let silent = try (0..<2).map { _ in try XCTUnwrap(RawClient(port: port)) }
        let refused = try connect(server)
        refused.send(get)
        XCTAssertEqual(try refused.receiveAnswer().status, 503)
        // The others have had their time.
        XCTAssertTrue(eventually { server.openConnections == 0 })
        let client = try connect(server)
        client.send(get)
        XCTAssertEqual(try client.receiveAnswer().text, "hello")
        withExtendedLifetime(silent) {}
    }

    func test_ports_areBothGivenBack() throws {
        let server = try makeServer(PlanHandler { _ in make() })
        let ports = [server.port, try XCTUnwrap(server.tlsPort)]
        XCTAssertNotEqual(ports[0], ports[1])
        server.stop()
        for port in ports { XCTAssertNil(RawClient(port: port)) }
    }

    func test_start_failsAsAWhole() throws {
        let taken = try makeServer(PlanHandler { _ in make() })
        var port = 0
        XCTAssertThrowsError(
            try makeServer(PlanHandler { _ in make() }) {
                $0.tlsPort = taken.port
                port = $0.port
            }
        ) { XCTAssertEqual(($0 as? HTTPServerError)?.code, .addressInUse) }
        XCTAssertEqual(port, 0)
    }
}

// What is true of connections without TLS. Each class spells out one test, since those that are only inherited by a class
// without any of its own aren't found.

final class TLSRawPlayerTests: RawPlayerTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_head_isAnsweredByTheActionsToo() throws {
        try super.test_head_isAnsweredByTheActionsToo()
    }
}

final class OldTLSRawPlayerTests: RawPlayerTests, SpeaksTLS {
    let versions = "+VERS-TLS1.2"
    override func test_head_isAnsweredByTheActionsToo() throws {
        try super.test_head_isAnsweredByTheActionsToo()
    }
}

final class TLSRawPlayerBytesTests: RawPlayerBytesTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_bytes_areThoseOfTheLibrary() throws { try super.test_bytes_areThoseOfTheLibrary() }
}

final class TLSWireClockTests: WireClockTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_stop_endsWhatStandsStill() throws { try super.test_stop_endsWhatStandsStill() }
}

final class TLSExchangeTests: ExchangeTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_rawPlans_areDelayedToo() throws { try super.test_rawPlans_areDelayedToo() }
}

final class TLSLiveObjectsTests: LiveObjectsTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_objects_areGone_afterStop() throws { try super.test_objects_areGone_afterStop() }
}

final class TLSBodyReceiverStepsTests: BodyReceiverStepsTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_clientsThatLeave_areNoticed() throws { try super.test_clientsThatLeave_areNoticed() }
}

final class TLSPendingAnswerTests: PendingAnswerTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_clientsThatLeave_areNoticed() throws { try super.test_clientsThatLeave_areNoticed() }
}

final class TLSDeliveryTests: DeliveryTests, SpeaksTLS {
    let versions = RawClient.anyTLS
    override func test_aClientThatLeaves_isTold() throws { try super.test_aClientThatLeaves_isTold() }
}
