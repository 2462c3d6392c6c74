// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

final class ProxyListenerTests: XCTestCase {
    private static let host = "generativelanguage.googleapis.com"

    private func makeProxy(
        _ handler: any RequestHandler = PlanHandler { _ in make() },
        _ change: (inout ProxyConfiguration) -> Void = { _ in }
    ) throws -> HTTPServer {
        try makeServer(handler) { configuration in
            configuration.certificate = .test
            var proxy = ProxyConfiguration()
            change(&proxy)
            configuration.proxy = proxy
        }
    }

    private func connect(_ server: HTTPServer) throws -> RawClient {
        try XCTUnwrap(RawClient(port: try XCTUnwrap(server.proxyPort)), "nobody listens")
    }

    private func tunnel(_ server: HTTPServer, to target: String = "\(host):443") throws -> RawClient {
        let client = try connect(server)
        client.send("CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\r\n")
        let answer = String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self)
        XCTAssertEqual(answer, "HTTP/1.1 200 Connection established\r\n\r\n")
        return client
    }

    private func refusal(_ server: HTTPServer, _ text: String) throws -> String {
        let client = try connect(server)
        client.send(text)
        return String(decoding: try client.receiveToEnd(), as: UTF8.self)
    }

    // MARK: Tunnels

    func test_tunnel_leadsToHTTPS() throws {
        let handler = PlanHandler { _ in make() }
        let server = try makeProxy(handler)
        let client = try tunnel(server)
        XCTAssertTrue(client.startTLS())
        for _ in 0..<2 {
            client.send("GET /v1 HTTP/1.1\r\nHost: \(ProxyListenerTests.host)\r\n\r\n")
            XCTAssertEqual(try client.receiveAnswer().text, "hello")
        }
        let heads = handler.requests.map(\.head)
        XCTAssertEqual(heads.map(\.isEncrypted), [true, true])
        XCTAssertEqual(heads.map(\.isFromLoopback), [true, true])
    }

    func test_tunnel_toTheServersOwnPort() throws {
        let server = try makeProxy()
        let client = try tunnel(server, to: "localhost:\(try XCTUnwrap(server.tlsPort))")
        XCTAssertTrue(client.startTLS())
        client.send("GET /v1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().status, 200)
    }

    /// A hello that comes in one piece with the head isn't lost: the alert is that of the TLS side.
    func test_bytesBehindTheHead_goThroughTheTunnel() throws {
        let server = try makeProxy()
        let client = try connect(server)
        client.send("CONNECT \(ProxyListenerTests.host):443 HTTP/1.1\r\n\r\nno hello at all\r\n")
        let answer = try client.receiveToEnd()
        XCTAssertTrue(
            String(decoding: answer, as: UTF8.self).hasPrefix(
                "HTTP/1.1 200 Connection established\r\n\r\n"))
    }

    func test_headsInPieces_areRead() throws {
        let server = try makeProxy()
        let client = try connect(server)
        for byte in "CONNECT \(ProxyListenerTests.host):443 HTTP/1.1\r\nX: y\r\n\r\n".utf8 {
            client.send([byte])
        }
        XCTAssertEqual(try client.receive(upTo: "\r\n\r\n").count, 39)
        XCTAssertTrue(client.startTLS())
    }

    // MARK: Refusals

    func test_otherHosts_areRefused() throws {
        let server = try makeProxy()
        for target in ["example.com:443", "\(ProxyListenerTests.host):80", "10.0.0.1:443", "localhost:22"] {
            let answer = try refusal(server, "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\r\n")
            XCTAssertTrue(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain"), answer)
            XCTAssertTrue(answer.contains("Connection: close\r\n"), answer)
            XCTAssertTrue(answer.contains(target) && answer.contains("leads to no host but"), answer)
        }
        XCTAssertEqual(server.openConnections, 0)
    }

    func test_badHeads_areRefused_alsoWithMuchBehindThem() throws {
        let server = try makeProxy()
        let rest = String(repeating: "x", count: 5000)
        for (text, status) in [
            ("CONNECT nothing HTTP/1.1\r\n\r\n\(rest)", 400), ("COPY / HTTP/1.1\r\n\r\n\(rest)", 405),
            (String(repeating: "C", count: ProxyHead.largest + 5000), 431),
        ] {
            XCTAssertTrue(try refusal(server, text).hasPrefix("HTTP/1.1 \(status) "), "\(status)")
        }
    }

    func test_slowHeads_areRefused() throws {
        let server = try makeProxy { $0.headTimeout = 1 }
        XCTAssertTrue(try refusal(server, "CONNECT ").hasPrefix("HTTP/1.1 408 "))
        XCTAssertTrue(try refusal(server, "").hasPrefix("HTTP/1.1 408 "))
    }

    /// One that is told to go and stays is closed; the test would wait for longer than `RawClient` does.
    func test_whoDoesNotLeave_isClosed() throws {
        let server = try makeProxy { $0.leaveTimeout = 1 }
        let client = try connect(server)
        client.send("CONNECT example.com:443 HTTP/1.1\r\n\r\n")
        _ = try client.receiveToEnd()
        XCTAssertTrue(eventually { !client.send("x") })
    }

    func test_aServerWithoutHTTPS_makesNoTunnel() throws {
        let server = try makeServer(PlanHandler { _ in make() }) { $0.proxy = ProxyConfiguration() }
        let answer = try refusal(
            server, "CONNECT \(ProxyListenerTests.host):443 HTTP/1.1\r\n\r\n")
        XCTAssertTrue(answer.hasPrefix("HTTP/1.1 403 ") && answer.contains("--tls"), answer)
    }

    // MARK: Plain requests

    func test_absoluteForms_areAnswered_orRefused() throws {
        let handler = PlanHandler { _ in make() }
        let server = try makeProxy(handler)
        let client = try connect(server)
        client.send("GET http://\(ProxyListenerTests.host)/v1?a=b HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().text, "hello")
        client.send("GET http://example.com/v1 HTTP/1.1\r\nHost: \(ProxyListenerTests.host)\r\n\r\n")
        let refused = try client.receiveAnswer()
        XCTAssertEqual(refused.status, 403)
        XCTAssertTrue(refused.text.contains("example.com"), refused.text)
        XCTAssertEqual(try client.receiveToEnd(), [], "the connection is closed")
        XCTAssertEqual(handler.requests.map(\.head.target.path), ["/v1"])
    }

    /// Only what comes by the proxy is bound to its names: the plain port has always taken absolute forms.
    func test_thePlainPort_takesAnyAuthority() throws {
        let server = try makeProxy()
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("GET http://example.com/v1 HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().status, 200)
    }

    // MARK: Many, and the end

    func test_moreThanTheLimit_waitForTheirTurn() throws {
        let server = try makeProxy { $0.pendingLimit = 2 }
        var slow: [RawClient] = []
        for _ in 0..<2 {
            slow.append(try connect(server))
            slow.last?.send("CONNECT ")
        }
        let client = try connect(server)
        client.send("CONNECT \(ProxyListenerTests.host):443 HTTP/1.1\r\n\r\n")
        slow.removeAll()
        XCTAssertEqual(try client.receive(upTo: "\r\n\r\n").count, 39)
    }

    func test_abandonedHeadsAndTunnels_leaveNothing() throws {
        let server = try makeProxy()
        for index in 0..<300 {
            let client = try connect(server)
            switch index % 3 {
            case 0: client.send("CONN")
            case 1: client.send("CONNECT \(ProxyListenerTests.host):443 HTTP/1.1\r\n\r\n")
            default: client.send("GET http://\(ProxyListenerTests.host)/ HTTP/1.1\r\n")
            }
            if index % 2 == 0 { client.reset() }
        }
        let plain = try connect(server)
        for byte in "GET http://\(ProxyListenerTests.host)/ HTTP/1.1\r\nHost: x\r\n\r\n".utf8 {
            plain.send([byte])
        }
        XCTAssertEqual(try plain.receiveAnswer().status, 200)
        let client = try tunnel(server)
        XCTAssertTrue(client.startTLS(), "it still serves")
        XCTAssertTrue(eventually { server.openConnections == 2 })
    }

    func test_stop_endsTunnelsAndHeads() throws {
        let server = try makeProxy()
        let (open, half) = (try tunnel(server), try connect(server))
        XCTAssertTrue(open.startTLS())
        half.send("CONNECT ")
        // It has been taken in by then.
        XCTAssertTrue(try tunnel(server).startTLS())
        server.stop()
        XCTAssertEqual(try half.receiveToStop(), [])
        XCTAssertEqual(try open.receiveToStop(), [])
        XCTAssertNil(RawClient(port: try XCTUnwrap(server.proxyPort)))
        server.stop()
    }

    func test_aTakenPort_isNamed_andGivesTheOthersBack() throws {
        let first = try makeProxy()
        let port = try XCTUnwrap(first.proxyPort)
        XCTAssertThrowsError(try makeProxy { $0.port = port }) { error in
            XCTAssertEqual((error as? HTTPServerError)?.code, .addressInUse)
            XCTAssertTrue("\(error)".contains(":\(port)"), "\(error)")
        }
    }
}
