// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

/// Answers that aren't known when the request has arrived.
class PendingAnswerTests: XCTestCase {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    /// What is answered, once a test has set it.
    private final class Coming: Sendable {
        let plan = Monitor(ResponsePlan?.none)
        let looks = Monitor(0)

        func pending(within time: Duration) -> PendingPlan {
            PendingPlan(within: time) { [plan, looks] in
                looks.withLock { $0 += 1 }
                return plan.withLock(\.self)
            } otherwise: {
                make(status: 504, body: "late")
            }
        }
    }

    private func serve(_ coming: Coming, within time: Duration = .seconds(60)) throws -> HTTPServer {
        try makeServer(
            PlanHandler {
                $0.head.target.raw == "/now" ? make(body: "now") : .pending(coming.pending(within: time))
            })
    }

    func test_answer_comesOnceItIsKnown_andTheConnectionIsKept() throws {
        let coming = Coming()
        let server = try serve(coming)
        // It is about no scenario: the clock may stand still.
        server.clock.freeze()
        let client = try connect(server)
        client.send(get + "GET /now HTTP/1.1\r\nHost: x\r\n\r\n" + get)
        XCTAssertTrue(eventually { coming.looks.withLock { $0 } > 3 })
        XCTAssertEqual(server.waitingConnections, 0, "nobody needs to move the clock")
        coming.plan.withLock { $0 = make(status: 201, body: "come") }
        let answer = try client.receiveAnswer()
        XCTAssertEqual(answer.status, 201)
        XCTAssertEqual(answer.text, "come")
        XCTAssertEqual(try client.receiveAnswer().text, "now")
        XCTAssertEqual(try client.receiveAnswer().text, "come", "known at once")
    }

    func test_manyAnswers_arePending_andNoThreadIsBlocked() throws {
        let coming = Coming()
        let server = try serve(coming)
        let clients = try (0..<100).map { _ in try connect(server) }
        for client in clients { client.send(get) }
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 100 })
        let other = try connect(server)
        other.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try other.receiveAnswer().text, "now")
        coming.plan.withLock { $0 = make(body: "come") }
        for client in clients { XCTAssertEqual(try client.receiveAnswer().text, "come") }
    }

    func test_timeIsOver_byRealTime() throws {
        let server = try serve(Coming(), within: .milliseconds(30))
        server.clock.freeze()
        let start = ContinuousClock.now
        let client = try connect(server)
        client.send(get)
        XCTAssertEqual(try client.receiveAnswer().text, "late")
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(30))
    }

    func test_plansOfAnyKind_mayCome() throws {
        let coming = Coming()
        let server = try serve(coming)
        var delayed = make(body: "delayed")
        delayed.delay = .milliseconds(1)
        let stream = make(actions: [
            .send(bytes("a")), .wait(.milliseconds(1)), .nap(.milliseconds(1)), .send(bytes("b")),
        ])
        for (plan, text) in [(make(body: ""), ""), (delayed, "delayed"), (stream, "ab")] {
            coming.plan.withLock { $0 = plan }
            let client = try connect(server)
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + get)
            XCTAssertEqual(try client.receiveAnswer().text, text)
            XCTAssertEqual(try client.receiveAnswer().text, text)
        }
        coming.plan.withLock { $0 = make(actions: [.send(bytes("raw"))], framing: .raw) }
        let client = try connect(server)
        client.send(get)
        XCTAssertEqual(try client.receiveToEnd(), bytes("raw"))
    }

    func test_pendingPlan_thatBringsAnother_endsTheConnection() throws {
        let coming = Coming()
        let server = try serve(coming)
        coming.plan.withLock { $0 = .pending(coming.pending(within: .seconds(1))) }
        let client = try connect(server)
        client.send(get)
        XCTAssertEqual(try client.receiveToEnd(), [])
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) })
    }

    func test_clientsThatLeave_areNoticed() throws {
        let server = try serve(Coming())
        for index in 0..<20 {
            let client = try connect(server)
            client.send(get)
            if index % 2 == 0 { client.reset() }
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
    }

    func test_stop_endsIt() throws {
        let server = try serve(Coming())
        let clients = try (0..<20).map { _ in try connect(server) }
        for client in clients { client.send(get) }
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 20 })
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        for client in clients { XCTAssertEqual(try client.receiveToStop(), []) }
    }

    func test_pauses_growToTwentyMilliseconds_andEndWithTheTime() {
        let answer = PendingAnswer(Coming().pending(within: .seconds(3)))
        var last: Int64 = 0
        for _ in 0..<10 {
            let now = MonotonicClock.nanoseconds
            guard case .askAgain(let time) = answer.next() else { return XCTFail("over") }
            last = time - now
        }
        XCTAssertEqual(Double(last), 20_000_000, accuracy: 10_000_000)
    }
}
