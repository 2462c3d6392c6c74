// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// What the library holds for us is given back however a request ends.
class LiveObjectsTests: XCTestCase {
    private let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
    private let slow = make(actions: [.send(bytes("a")), .wait(.seconds(600)), .send(bytes("b"))])

    func test_objects_areGone_afterAThousandAbortedRequests() throws {
        // The library keeps a client that ended in the middle of a head or of a chunk until the time-out.
        let server = try makeServer(PlanHandler { _ in make() }, idleTimeout: 1)
        let beginnings = [
            "GET /half HTTP/1.1\r\nHo",
            "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf a body",
            "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
            "GET /whole HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u{1}\u{2} nonsense\r\n\r\n",
        ]
        for index in 0..<1000 {
            let client = try connect(server)
            client.send(beginnings[index % beginnings.count])
            if index % 2 == 0 { client.reset() }
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
    }

    func test_objects_areGone_afterStreamsWereAbandoned() throws {
        let plan = slow
        let server = try makeServer(PlanHandler { _ in plan })
        for index in 0..<200 {
            let client = try connect(server)
            client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receive(upTo: "1\r\na\r\n")
            if index % 2 == 0 { client.reset() }
        }
        // Nobody writes to them for ten minutes: only the look at the sleeping ones finds that their clients have left.
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
        XCTAssertTrue(eventually { server.openConnections == 0 }, "\(server.openConnections) are open")
    }

    func test_aConnection_isClosed_whereAStreamEndsForAClientThatHasLeft() throws {
        for end in [WireAction.truncate, .reset, .wait(.seconds(600))] {
            for framing in [ResponsePlan.Framing.chunked, .raw] {
                let plan = make(
                    actions: [.send(bytes("a")), .wait(.milliseconds(30)), end], framing: framing)
                try checkThatItIsClosed("\(end) \(framing)", PlanHandler { _ in plan }, get)
            }
        }
    }

    func test_aConnection_isClosed_whereAnAnswerIsLateForAClientThatHasLeft() throws {
        for framing in [ResponsePlan.Framing.length, .chunked, .raw] {
            var plan = make(body: "late", framing: framing)
            plan.delay = .seconds(600)
            let delayed = plan
            try checkThatItIsClosed("\(framing)", PlanHandler { _ in delayed }, get)
        }
        let pending = PlanHandler { _ in
            .pending(
                PendingPlan(within: .seconds(600)) {
                    nil
                } otherwise: {
                    make()
                })
        }
        try checkThatItIsClosed("pending", pending, get)
    }

    func test_aConnection_isClosed_whereABodyIsReadSlowlyFromAClientThatHasLeft() throws {
        let slow = SteppingHandler { _, asked in asked == 0 ? .take(atMost: 3) : .wait(.seconds(600)) }
        let post = "POST /a HTTP/1.1\r\nHost: x\r\n"
        try checkThatItIsClosed("length", slow, post + "Content-Length: 10\r\n\r\nhello")
        try checkThatItIsClosed("chunks", slow, post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    }

    /// Each wait of ours ends in the library's letting go of the connection at once, not only at its time-out.
    private func checkThatItIsClosed(
        _ name: String, _ handler: any RequestHandler, _ request: String, line: UInt = #line
    ) throws {
        for isReset in [true, false] {
            let server = try makeServer(handler)
            // The library looks at the connection that was silent for longest in each round, whatever has happened.
            let older = try connect(server)
            XCTAssertTrue(eventually { server.openConnections == 1 })
            do {
                let client = try connect(server)
                client.send(request)
                XCTAssertTrue(eventually { server.liveObjects.exchanges == 1 }, name, line: line)
                if isReset { client.reset() }
            }
            XCTAssertTrue(eventually { server.openConnections == 1 }, "\(name), \(isReset)", line: line)
            older.reset()
        }
    }

    func test_objects_areCounted_whileAStreamIsOpen() throws {
        let plan = slow
        let server = try makeServer(PlanHandler { _ in plan })
        let client = try connect(server)
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try client.receive(upTo: "1\r\na\r\n")
        XCTAssertTrue(server.liveObjects == (1, 1))
    }

    func test_objects_areGone_afterStop() throws {
        let plan = slow
        let server = try makeServer(PlanHandler { _ in plan })
        var clients: [RawClient] = []
        for index in 0..<100 {
            let client = try connect(server)
            client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n" + (index % 2 == 0 ? "" : "GET /next HTT"))
            _ = try client.receive(upTo: "1\r\na\r\n")
            clients.append(client)
        }
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        XCTAssertEqual(clients.count, 100)
    }

    /// Some stops used to meet a thread of the library that was letting go of the listening socket, which ended the process.
    func test_stop_oftenAndAtOnce_leavesNoDescriptor() throws {
        let before = try openDescriptors()
        for round in 0..<300 {
            let server = try makeServer(PlanHandler { _ in make() })
            let client = try connect(server)
            if round % 2 == 0 { client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
            server.stop()
            XCTAssertNil(RawClient(port: server.port), "still listened to")
        }
        XCTAssertEqual(try openDescriptors(), before)
    }

    /// What each descriptor of this process is, so that a failure tells it.
    private func openDescriptors() throws -> [String] {
        #if os(Linux)
            let folder = "/proc/self/fd"
            return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
            }.filter { !$0.contains("timerfd") }.sorted()  // those are the test runner's
        #else
            []
        #endif
    }
}
