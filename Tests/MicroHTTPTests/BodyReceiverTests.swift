// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// Bodies that are taken as they arrive.
class BodyReceiverTests: XCTestCase {
    private let post = "POST /a HTTP/1.1\r\nHost: x\r\n"

    private func answer(_ client: RawClient) throws -> String { try client.receiveAnswer().text }

    func test_body_arrivesInParts_andTheReceiverIsHandedOn() throws {
        let handler = ReceivingHandler()
        let client = try connect(makeServer(handler))
        let large = String(repeating: "z", count: 300_000)
        for (body, expected) in [
            ("Content-Length: 5\r\n\r\nhello", "5"), ("Content-Length: 0\r\n\r\n", "0"), ("\r\n", "0"),
            ("Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "5"),
            ("Content-Length: 300000\r\n\r\n\(large)", "300000"),
        ] {
            client.send(post + body)
            XCTAssertEqual(try answer(client), expected)
        }
        XCTAssertTrue(eventually { handler.alive == 0 })
    }

    /// The library waits for no one: what isn't wanted is read, so that the client gets to the answer.
    func test_bytesThatAreNotWanted_areReadAndThrownAway() throws {
        let handler = ReceivingHandler(most: 10)
        let client = try connect(makeServer(handler))
        client.send(post + "Content-Length: 500000\r\n\r\n" + String(repeating: "z", count: 500_000))
        let taken = try XCTUnwrap(Int(try answer(client)))
        XCTAssertLessThan(taken, 100_000)
        client.send(post + "Content-Length: 5\r\n\r\nhello")
        XCTAssertEqual(try answer(client), "5", "the connection is in step")
    }

    func test_clientThatAsksFirst_isAnsweredAtOnce_whenNothingIsWanted() throws {
        let client = try connect(makeServer(ReceivingHandler(most: 0)))
        client.send(post + "Content-Length: 500000\r\nExpect: 100-continue\r\n\r\n")
        let answer = String(decoding: try client.receive(upTo: "\r\n\r\n0"), as: UTF8.self)
        XCTAssertTrue(answer.hasPrefix("HTTP/1.1 200 OK\r\n"), answer)
    }

    func test_clientThatAsksFirst_isToldToSend_whenBytesAreWanted() throws {
        let client = try connect(makeServer(ReceivingHandler()))
        client.send(post + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        XCTAssertEqual(
            String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self),
            "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("hello")
        XCTAssertEqual(try answer(client), "5")
    }

    func test_requestWithoutAReceiver_isKeptWhole() throws {
        let client = try connect(makeServer(ReceivingHandler()))
        client.send("POST /kept HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
        XCTAssertEqual(try answer(client), "kept 5")
    }

    func test_receivers_areReleased_whenTheirClientsLeave() throws {
        let handler = ReceivingHandler()
        let server = try makeServer(handler)
        for index in 0..<500 {
            let client = try connect(server)
            let part = String(repeating: "x", count: index)
            client.send(
                post
                    + (index % 3 == 0
                        ? "Transfer-Encoding: chunked\r\n\r\nfff\r\n\(part)"
                        : "Content-Length: 900\r\n\r\n\(part)"))
            if index % 2 == 0 { client.reset() }
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) && handler.alive == 0 }, "\(handler.alive)")
        XCTAssertEqual(handler.finished, 0)
    }

    func test_receivers_areReleased_whenTheServerStops() throws {
        let handler = ReceivingHandler()
        let server = try makeServer(handler)
        let clients = try (0..<50).map { _ in try connect(server) }
        for client in clients { client.send(post + "Content-Length: 900\r\n\r\nhalf") }
        XCTAssertTrue(eventually { handler.alive == 50 })
        server.stop()
        XCTAssertEqual(handler.alive, 0)
        XCTAssertEqual(handler.finished, 0)
        XCTAssertEqual(clients.count, 50)
    }
}

/// Answers with how many bytes arrived, and knows how many receivers there are.
private final class ReceivingHandler: RequestHandler {
    private struct Counts {
        var alive = 0
        var finished = 0
    }

    private let most: Int
    private let counts = Monitor(Counts())

    var alive: Int { counts.withLock { $0.alive } }
    var finished: Int { counts.withLock { $0.finished } }

    /// - Parameter most: how many bytes are wanted.
    init(most: Int = .max) {
        self.most = most
    }

    func receiver(for head: RequestHead) -> (any BodyReceiver)? {
        head.target.raw == "/kept" ? nil : Receiver(self)
    }

    func bodyLimit(for head: RequestHead) -> Int { 1000 }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        switch request.body {
        case .received(let receiver): make(body: String((receiver as? Receiver)?.count ?? -1))
        case .bytes(let bytes): make(body: "kept \(bytes.count)")
        case .tooLarge: make(body: "too large")
        }
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan { make(status: 400) }

    /// `@unchecked Sendable`: only its connection's thread touches it.
    private final class Receiver: BodyReceiver, @unchecked Sendable {
        private(set) var count = 0
        private let handler: ReceivingHandler

        init(_ handler: ReceivingHandler) {
            self.handler = handler
            handler.counts.withLock { $0.alive += 1 }
        }

        deinit { handler.counts.withLock { $0.alive -= 1 } }

        var wantsMore: Bool { count < handler.most }

        func receive(_ bytes: UnsafeRawBufferPointer) { count += bytes.count }

        func finish() -> HTTPRequest.Body {
            handler.counts.withLock { $0.finished += 1 }
            return .received(self)
        }
    }
}
