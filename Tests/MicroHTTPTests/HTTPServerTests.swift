// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Logging
import MicroHTTP
import TestSupport
import XCTest

class HTTPServerTests: XCTestCase {
    private let head = "Content-Type: text/plain\r\nDate: Wed, 19 Aug 2026 14:34:12 GMT\r\n"

    // MARK: Answers

    func test_answer_hasExactBytes_whenItsLengthIsKnown() throws {
        let client = try connect(makeServer(PlanHandler { _ in make() }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertEqual(
            answer, "HTTP/1.1 200 OK\r\nConnection: close\r\n\(head)Content-Length: 5\r\n\r\nhello"
        )
    }

    func test_answer_hasOneChunkForEachSend_whenChunked() throws {
        let plan = make(actions: [.send(bytes("one")), .send(bytes("seventeen letters"))])
        let client = try connect(makeServer(PlanHandler { _ in plan }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = String(decoding: try client.receive(upTo: "0\r\n\r\n"), as: UTF8.self)
        XCTAssertEqual(
            answer,
            "HTTP/1.1 200 OK\r\n\(head)Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n11\r\nseventeen letters\r\n0\r\n\r\n"
        )
    }

    func test_liveActions_areDecidedWhileTheyArePlayed() throws {
        let isOver = Monitor(false)
        let live = LiveActions { position in
            // Waits in slices until somebody says that it is over.
            if position == 1, !isOver.withLock({ $0 }) { return .wait(.milliseconds(1)) }
            defer { position += 1 }
            switch position {
            case 0: return .send(bytes("first"))
            case 1: return .send(bytes("second"))
            default: return nil
            }
        }
        let plan = make(actions: [.send(bytes("before")), .live(live), .send(bytes("after"))])
        let client = try connect(makeServer(PlanHandler { _ in plan }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        _ = try client.receive(upTo: "5\r\nfirst\r\n")
        isOver.withLock { $0 = true }
        let end = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertTrue(end.hasSuffix("6\r\nsecond\r\n5\r\nafter\r\n0\r\n\r\n"), end)
    }

    func test_liveActions_canBePlayedTwice_andBreakTheConnection() throws {
        let live = LiveActions { position in
            defer { position += 1 }
            return position == 0 ? .send(bytes("once")) : .truncate
        }
        let server = try makeServer(PlanHandler { _ in make(actions: [.live(live)]) })
        for _ in 0..<2 {
            let client = try connect(server)
            client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
            XCTAssertTrue(answer.hasSuffix("4\r\nonce\r\n"), answer)
        }
    }

    func test_answer_isWhole_whenASendIsLargerThanTheBuffers() throws {
        let large = [UInt8](repeating: UInt8(ascii: "z"), count: 300_000)
        let client = try connect(makeServer(PlanHandler { _ in make(actions: [.send(large)]) }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = try client.receiveToEnd()
        XCTAssertEqual(answer.filter { $0 == UInt8(ascii: "z") }.count, 300_000)
        XCTAssertTrue(answer.suffix(5).elementsEqual(bytes("0\r\n\r\n")))
    }

    func test_answer_hasNoBody_whenPlanIsEmpty() throws {
        let client = try connect(makeServer(PlanHandler { _ in make(body: "") }))
        client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertTrue(answer.hasSuffix("Content-Length: 0\r\n\r\n"), answer)
    }

    func test_head_keepsTheConnectionInStep_forBothFramings() throws {
        for framing in [ResponsePlan.Framing.length, .chunked] {
            let client = try connect(makeServer(PlanHandler { _ in make(framing: framing) }))
            client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self)
            XCTAssertTrue(first.hasPrefix("HTTP/1.1 200 OK\r\n"), first)
            client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let second = String(decoding: try client.receiveToEnd(), as: UTF8.self)
            XCTAssertTrue(second.hasPrefix("HTTP/1.1 200 OK\r\n"), second)
            XCTAssertTrue(second.contains("hello"))
        }
    }

    func test_pipelinedRequests_areAnsweredInOrder() throws {
        let handler = PlanHandler { make(body: String($0.head.target.raw)) }
        let client = try connect(makeServer(handler))
        client.send(
            "GET /first HTTP/1.1\r\nHost: x\r\n\r\nGET /second HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        let (first, second) = (answer.range(of: "/first"), answer.range(of: "/second"))
        XCTAssertLessThan(try XCTUnwrap(first).lowerBound, try XCTUnwrap(second).lowerBound)
    }

    // MARK: Actions

    func test_wait_lastsAtLeastAsLongAsAsked() throws {
        let plan = make(actions: [.send(bytes("a")), .wait(.milliseconds(30)), .send(bytes("b"))])
        let client = try connect(makeServer(PlanHandler { _ in plan }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try client.receive(upTo: "1\r\na\r\n")
        let start = ContinuousClock.now
        XCTAssertEqual(
            String(decoding: try client.receive(upTo: "0\r\n\r\n"), as: UTF8.self), "1\r\nb\r\n0\r\n\r\n")
        // Ten milliseconds of grace: the first chunk may have been read late.
        XCTAssertGreaterThan(ContinuousClock.now - start, .milliseconds(20))
    }

    func test_wait_worksBeforeABodyOfKnownLength() throws {
        let plan = make(actions: [.wait(.milliseconds(5)), .send(bytes("late"))], framing: .length)
        let client = try connect(makeServer(PlanHandler { _ in plan }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertTrue(answer.hasSuffix("Content-Length: 4\r\n\r\nlate"), answer)
    }

    func test_truncate_endsInOrder_withoutTheLastChunk() throws {
        let client = try connect(
            makeServer(PlanHandler { _ in make(actions: [.send(bytes("a")), .truncate]) }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertTrue(answer.hasSuffix("1\r\na\r\n"), answer)
    }

    func test_reset_breaksTheConnection() throws {
        let plan = make(actions: [.send(bytes("a")), .wait(.milliseconds(1)), .reset])
        let client = try connect(makeServer(PlanHandler { _ in plan }))
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertThrowsError(try client.receiveToEnd()) { error in
            XCTAssertEqual((error as? RawClient.Failure)?.isReset, true, "\(error)")
        }
    }

    // MARK: Requests

    func test_target_arrivesRaw() throws {
        let handler = PlanHandler { _ in make() }
        let client = try connect(makeServer(handler))
        client.send("GET /a%2Fb%00c/%7E?x=%41&y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        _ = try client.receiveToEnd()
        XCTAssertEqual(handler.requests.first?.head.target.raw, "/a%2Fb%00c/%7E?x=%41&y")
    }

    /// The library's own parsing of them would use up the connection's memory, and leave the client without an answer.
    func test_target_mayHaveThousandsOfItems() throws {
        let handler = PlanHandler { _ in make() }
        let client = try connect(makeServer(handler))
        for count in [1, 500, 3000, 10_000] {
            let target = "/a?" + Array(repeating: "k", count: count).joined(separator: "&")
            client.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
            XCTAssertEqual(try client.receiveAnswer().text, "hello")
            XCTAssertEqual(handler.requests.last?.head.target.query.count, count)
            XCTAssertEqual(handler.requests.last?.head.target.raw, target)
        }
    }

    func test_fields_arriveInOrder_withRepeatsAndSpelling() throws {
        let handler = PlanHandler { _ in make() }
        let client = try connect(makeServer(handler))
        client.send("GET / HTTP/1.1\r\nHOST: x\r\nA-b: 1\r\na-B: 2\r\nConnection: close\r\n\r\n")
        _ = try client.receiveToEnd()
        let fields = try XCTUnwrap(handler.requests.first).head.fields
        XCTAssertEqual(fields.all.map(\.name), ["HOST", "A-b", "a-B", "Connection"])
        XCTAssertEqual(fields.values("A-B"), ["1", "2"])
    }

    func test_body_arrivesWhole_byLengthAndByChunks() throws {
        let handler = PlanHandler { _ in make() }
        let server = try makeServer(handler)
        for request in [
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n12345",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "2\r\n12\r\n3;a=b\r\n345\r\n0\r\nT: 1\r\n\r\n",
        ] {
            let client = try connect(server)
            client.send(request)
            _ = try client.receiveToEnd()
        }
        XCTAssertEqual(handler.requests.map(\.bodyText), ["12345", "12345"])
    }

    func test_body_isCutOff_whenLongerThanTheLimit() throws {
        let handler = PlanHandler(limit: 4) { _ in make(status: 400) }
        let server = try makeServer(handler)
        for request in [
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n",
        ] {
            let client = try connect(server)
            client.send(request)
            // The connection stays usable: the body was read to its end.
            _ = try client.receive(upTo: "hello")
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            XCTAssertTrue(
                String(decoding: try client.receiveToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
        }
        XCTAssertEqual(handler.requests.map(\.bodyText), ["more than 4", "", "more than 4", ""])
    }

    func test_expect_isRefusedBeforeTheBody_whenItWouldBeTooLong() throws {
        let client = try connect(makeServer(PlanHandler(limit: 4) { _ in make(status: 400) }))
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        let answer = String(decoding: try client.receive(upTo: "hello"), as: UTF8.self)
        XCTAssertTrue(answer.hasPrefix("HTTP/1.1 400 "), answer)
    }

    func test_expect_isMet_whenTheBodyIsWelcome() throws {
        let client = try connect(makeServer(PlanHandler { _ in make() }))
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        let answer = String(decoding: try client.receive(upTo: "\r\n\r\n"), as: UTF8.self)
        XCTAssertEqual(answer, "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("12345")
        XCTAssertTrue(String(decoding: try client.receive(upTo: "hello"), as: UTF8.self).contains("200 OK"))
    }

    func test_ambiguousHeads_areRefused_andTheConnectionIsClosed() throws {
        let handler = PlanHandler { _ in make() }
        let server = try makeServer(handler)
        let heads = [
            ("Content-Length: 3\r\nContent-Length: 5", "repeatedContentLength"),
            ("Content-Length: 3\r\nTransfer-Encoding: chunked", "contentLengthAndTransferEncoding"),
            ("Transfer-Encoding: gzip, chunked", "unknownTransferEncoding"),
            ("Transfer-Encoding: chunked \t", "unknownTransferEncoding"),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "unknownTransferEncoding"),
            ("Content-Length : 3", "blankBeforeColon"),
        ]
        for (head, problem) in heads {
            let client = try connect(server)
            client.send("POST / HTTP/1.1\r\nHost: x\r\n\(head)\r\n\r\n")
            let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
            XCTAssertTrue(answer.hasPrefix("HTTP/1.1 400 "), answer)
            XCTAssertTrue(answer.hasSuffix(problem), answer)
        }
        XCTAssertTrue(handler.requests.isEmpty)
    }

    // MARK: Starting and stopping

    func test_start_fails_whenThePortIsTaken() throws {
        let server = try makeServer(PlanHandler { _ in make() })
        var configuration = HTTPServer.Configuration()
        configuration.port = server.port
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        XCTAssertThrowsError(
            try HTTPServer(configuration, logger: logger, handler: PlanHandler { _ in make() })
        ) { error in
            let error = error as? HTTPServerError
            XCTAssertEqual(error?.code, .addressInUse)
            XCTAssertTrue(error?.description.contains("127.0.0.1:\(server.port)") ?? false)
        }
    }

    func test_start_fails_whenTheAddressIsNone() {
        var configuration = HTTPServer.Configuration()
        configuration.host = "no address"
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        XCTAssertThrowsError(
            try HTTPServer(configuration, logger: logger, handler: PlanHandler { _ in make() })
        ) { XCTAssertEqual(($0 as? HTTPServerError)?.code, .addressUnknown) }
    }

    func test_stop_givesThePortBack_andMayBeCalledTwice() throws {
        let server = try makeServer(PlanHandler { _ in make() })
        let port = server.port
        server.stop()
        server.stop()
        XCTAssertNil(RawClient(port: port))
    }

    func test_stop_endsWaitingStreams() throws {
        let plan = make(actions: [.send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))])
        let server = try makeServer(PlanHandler { _ in plan })
        let clients = try (0..<50).map { _ in try connect(server) }
        for client in clients {
            client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receive(upTo: "1\r\na\r\n")
        }
        server.stop()
        for client in clients { XCTAssertEqual(try client.receiveToEnd(), []) }
        XCTAssertEqual(server.liveObjects.exchanges, 0)
        XCTAssertEqual(server.liveObjects.readers, 0)
    }
}

extension HTTPRequest {
    fileprivate var bodyText: String {
        switch body {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .tooLarge(let limit): "more than \(limit)"
        case .received: "received"
        }
    }
}
