// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// Plans of which the library sends nothing: `/raw` is answered by the plan of a test, all else in the ordinary way.
class RawPlayerTests: XCTestCase {
    private let request = "GET /raw HTTP/1.1\r\nHost: x\r\n\r\n"
    private let ordinary = "GET /other HTTP/1.1\r\nHost: x\r\n\r\n"
    private let whole: [WireAction] = [.send(bytes("not HTTP")), .send([]), .send(bytes(" at all"))]

    private func serve(
        idleTimeout: Int = 120, _ actions: @autoclosure () -> [WireAction]
    ) throws -> HTTPServer {
        let plan = make(actions: actions(), framing: .raw)
        let handler = PlanHandler { $0.head.target.raw == "/raw" ? plan : make() }
        return try makeServer(handler, idleTimeout: idleTimeout)
    }

    /// Clients whose next request is the raw one: a new one, one that was answered before, and one that has sent the
    /// request behind it too.
    private func clients(_ server: HTTPServer) throws -> [RawClient] {
        let (new, kept, hasty) = try (connect(server), connect(server), connect(server))
        new.send(request)
        kept.send(ordinary)
        XCTAssertEqual(try kept.receiveAnswer().text, "hello")
        kept.send(request)
        hasty.send(ordinary + request + ordinary + ordinary)
        XCTAssertEqual(try hasty.receiveAnswer().text, "hello")
        return [new, kept, hasty]
    }

    private func checkThatNextIsServed(_ server: HTTPServer, line: UInt = #line) throws {
        let client = try connect(server)
        client.send(ordinary)
        XCTAssertEqual(try client.receiveAnswer().text, "hello", line: line)
    }

    private func checkThatNothingIsLeft(_ server: HTTPServer, line: UInt = #line) {
        XCTAssertTrue(eventually { server.liveObjects.readers == 0 }, "\(server.liveObjects)", line: line)
    }

    // MARK: Ends

    func test_rawPlan_isAllThatIsSent_andEndsInOrder() throws {
        for end in [[], [WireAction.truncate], [.truncate, .send(bytes("never"))]] {
            let server = try serve(whole + end)
            for client in try clients(server) {
                XCTAssertEqual(String(decoding: try client.receiveToEnd(), as: UTF8.self), "not HTTP at all")
            }
            try checkThatNextIsServed(server)
            checkThatNothingIsLeft(server)
        }
    }

    func test_rawPlan_withoutActions_isAnEmptyReply() throws {
        let server = try serve([])
        for client in try clients(server) { XCTAssertEqual(try client.receiveToEnd(), []) }
        try checkThatNextIsServed(server)
        checkThatNothingIsLeft(server)
    }

    func test_reset_isOne_beforeTheFirstByteAndBehindBytes() throws {
        for actions in [[.reset], whole + [.reset], whole + [.wait(.milliseconds(1)), .reset]] {
            let server = try serve(actions)
            for client in try clients(server) {
                let received = try XCTUnwrap(try client.receiveToReset(), "ended in order")
                XCTAssertEqual(
                    String(decoding: received, as: UTF8.self), actions.count == 1 ? "" : "not HTTP at all")
            }
            try checkThatNextIsServed(server)
            checkThatNothingIsLeft(server)
        }
    }

    /// A client that doesn't read has a full window and the server a full buffer when the reset comes.
    func test_reset_comesBehindAllBytes_evenWhereTheyAreMany() throws {
        let server = try serve([.send([UInt8](repeating: 7, count: 8 << 20)), .reset])
        let client = try connect(server, window: 4096)
        client.send(request)
        XCTAssertEqual(try client.receiveToReset()?.count, 8 << 20)
    }

    func test_end_doesNotDestroyWhatWasSent_whenInputIsUnread() throws {
        let server = try serve([.send([UInt8](repeating: 7, count: 8 << 20))])
        let client = try connect(server, window: 4096)
        // More than the library reads ahead: the kernel keeps the rest, and would answer it with a reset.
        client.send(request + String(repeating: ordinary, count: 10_000))
        XCTAssertEqual(try client.receiveToEnd().count, 8 << 20)
        try checkThatNextIsServed(server)
    }

    func test_end_isReached_whenTheClientNeverClosesOrReads() throws {
        let server = try serve(idleTimeout: 1, [.send([UInt8](repeating: 7, count: 32 << 20))])
        let client = try connect(server, window: 4096)
        client.send(request)
        XCTAssertTrue(eventually { server.liveObjects.readers == 1 })
        checkThatNothingIsLeft(server)
        XCTAssertNotNil(try client.receiveToReset())
        let small = try serve(whole)
        let silent = try connect(small)
        silent.send(request)
        XCTAssertTrue(eventually { small.liveObjects.readers == 1 })
        checkThatNothingIsLeft(small)
    }

    func test_head_isAnsweredByTheActionsToo() throws {
        let client = try connect(serve(whole))
        client.send("HEAD /raw HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try client.receiveToEnd(), bytes("not HTTP at all"))
    }

    // MARK: Time

    func test_wait_holdsTheNextBytesBack_untilTheClockIsThere() throws {
        let server = try serve(
            [.wait(.seconds(600)), .send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))])
        let clients = try clients(server)
        XCTAssertTrue(eventually { server.liveObjects.readers == 3 })
        server.clock.advance(by: .seconds(600))
        for client in clients { XCTAssertEqual(try client.receive(), bytes("a")) }
        server.clock.advance(by: .seconds(600))
        for client in clients { XCTAssertEqual(try client.receiveToEnd(), bytes("b")) }
        checkThatNothingIsLeft(server)
    }

    func test_liveActions_arePlayed() throws {
        let live = LiveActions { position in
            defer { position += 1 }
            return position < 200 ? (position % 2 == 0 ? .send([1]) : .wait(.microseconds(1))) : nil
        }
        let server = try serve([.live(live), .send([2])])
        for client in try clients(server) {
            XCTAssertEqual(try client.receiveToEnd(), [UInt8](repeating: 1, count: 100) + [2])
        }
    }

    func test_clientThatLeavesInAWait_isNoticed() throws {
        let server = try serve([.send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))])
        for index in 0..<20 {
            let client = try connect(server)
            client.send(index % 4 < 2 ? request : request + ordinary + ordinary)
            XCTAssertEqual(try client.receive(), bytes("a"))
            if index % 2 == 0 { client.reset() }
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
        try checkThatNextIsServed(server)
    }

    func test_stop_endsWhatIsUnderWay() throws {
        let server = try serve([.send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))])
        let waiting = try (0..<10).flatMap { _ in try clients(server) }
        for client in waiting { XCTAssertEqual(try client.receive(), bytes("a")) }
        let lingering = try serve(whole)
        let silent = try connect(lingering)
        silent.send(request)
        XCTAssertTrue(eventually { lingering.liveObjects.readers == 1 })
        server.stop()
        lingering.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        XCTAssertTrue(lingering.liveObjects == (0, 0), "\(lingering.liveObjects)")
        for client in waiting { XCTAssertEqual(try client.receiveToStop(), []) }
    }

    // MARK: Amounts

    func test_manySmallWrites_arriveInOrder_whileOthersAreServed() throws {
        let all = (0..<20_000).map { UInt8(truncatingIfNeeded: $0) }
        let server = try serve(all.map { .send([$0]) })
        let clients = try clients(server)
        try checkThatNextIsServed(server)
        for client in clients { XCTAssertEqual(try client.receiveToEnd(), all) }
    }

    /// What is made while it is sent waits until the client has room: 50 MB never lie in memory.
    func test_largeBody_isNotMadeBeforeTheClientTakesIt() throws {
        let (piece, count) = ([UInt8](repeating: 7, count: 64 * 1024), 800)
        let made = Monitor(0)
        let live = LiveActions { position in
            guard position < count else { return nil }
            position += 1
            made.withLock { $0 += piece.count }
            return .send(piece)
        }
        let server = try serve([.live(live)])
        let client = try connect(server, window: 64 * 1024)
        client.send(request)
        var received = 0
        while true {
            let bytes = try client.receive(atMost: 1 << 20)
            if bytes.isEmpty { break }
            received += bytes.count
            // The kernel's buffer for what is sent grows to some megabytes.
            XCTAssertLessThan(made.withLock { $0 } - received, 16 << 20)
        }
        XCTAssertEqual(received, piece.count * count)
    }

    func test_requestsWithABody_andThoseThatAskFirst_getTheRawAnswer() throws {
        let server = try serve(whole)
        let handlerLimit = String(repeating: "z", count: 900)
        for request in [
            "POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n\(handlerLimit)",
            "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nz\r\n0\r\n\r\n",
            "POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n",
        ] {
            let client = try connect(server)
            client.send(request)
            XCTAssertEqual(String(decoding: try client.receiveToEnd(), as: UTF8.self), "not HTTP at all")
        }
        checkThatNothingIsLeft(server)
    }
}
