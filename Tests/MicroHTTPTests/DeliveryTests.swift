// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// What a plan's witness is told.
class DeliveryTests: XCTestCase {
    private final class Witness: DeliveryWitness {
        struct Notes {
            var parts: [String] = []
            var endings: [DeliveryEnding] = []
            var times: [Int64] = []
        }

        private let notes = Monitor(Notes())

        var parts: [String] { notes.withLock { $0.parts } }
        var endings: [DeliveryEnding] { notes.withLock { $0.endings } }
        var times: [Int64] { notes.withLock { $0.times } }

        func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) {
            let text = String(decoding: bytes, as: UTF8.self)
            notes.withLock { notes in
                notes.parts.append(text)
                notes.times.append(time)
            }
        }

        func ended(_ ending: DeliveryEnding, at time: Int64) {
            notes.withLock { notes in
                notes.endings.append(ending)
                notes.times.append(time)
            }
        }
    }

    private let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    private let forever = WireAction.wait(.seconds(3600))

    private func serve(_ plan: ResponsePlan, _ witness: Witness) throws -> HTTPServer {
        var plan = plan
        plan.witness = witness
        let watched = plan
        return try makeServer(PlanHandler { _ in watched })
    }

    /// Has a plan played to a client that reads to the end of the connection.
    private func play(_ plan: ResponsePlan) throws -> Witness {
        let witness = Witness()
        let client = try connect(try serve(plan, witness))
        client.send(request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
        _ = try? client.receiveToEnd()
        XCTAssertTrue(eventually { witness.endings.count == 1 }, "\(witness.endings)")
        return witness
    }

    func test_anAnswerThatIsSentWhole_isToldOnce_whenItHasGone() throws {
        for plan in [make(), make(body: "")] {
            let witness = try play(plan)
            XCTAssertEqual(witness.parts, [])
            XCTAssertEqual(witness.endings, [.complete])
        }
    }

    func test_aStream_isToldWriteByWrite_inTimesThatDontGoBack() throws {
        let pieces = [WireAction.send(bytes("one")), .wait(.milliseconds(1)), .send(bytes("two"))]
        for framing in [ResponsePlan.Framing.chunked, .raw] {
            let start = MonotonicClock.nanoseconds
            let witness = try play(make(actions: pieces, framing: framing))
            XCTAssertEqual(witness.parts, ["one", "two"])
            XCTAssertEqual(witness.endings, [.complete])
            XCTAssertEqual(witness.times, witness.times.sorted())
            // The wait is counted from when the answer began, so that what the first write takes doesn't slow the stream down.
            XCTAssertGreaterThanOrEqual(witness.times[1] - start, 1_000_000)
        }
    }

    func test_whatIsBrokenOnPurpose_isToldSo() throws {
        for end in [WireAction.truncate, .reset] {
            for framing in [ResponsePlan.Framing.chunked, .raw] {
                let witness = try play(make(actions: [.send(bytes("one")), end], framing: framing))
                XCTAssertEqual(witness.parts, ["one"])
                XCTAssertEqual(witness.endings, [.broken], "\(end) \(framing)")
            }
        }
    }

    func test_aClientThatLeaves_isTold() throws {
        for framing in [ResponsePlan.Framing.chunked, .raw] {
            let witness = Witness()
            let server = try serve(make(actions: [.send(bytes("one")), forever], framing: framing), witness)
            do {
                let client = try connect(server)
                client.send(request)
                XCTAssertTrue(eventually { server.waitingConnections == 1 && witness.parts == ["one"] })
            }
            XCTAssertTrue(eventually { witness.endings == [.clientLeft] }, "\(framing) \(witness.endings)")
        }
    }

    func test_aServerThatStops_isTold() throws {
        var delayed = make()
        delayed.delay = .seconds(3600)
        for plan in [make(actions: [forever]), make(actions: [forever], framing: .raw), delayed] {
            let witness = Witness()
            let server = try serve(plan, witness)
            let client = try connect(server)
            client.send(request)
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            server.stop()
            XCTAssertEqual(witness.endings, [.stopped])
        }
    }

    /// The server ends the connection, and it isn't the client who has left.
    func test_aServerThatStops_isToldWhereNothingWaits() throws {
        let witness = Witness()
        let long = [UInt8](repeating: 120, count: 32 << 20)
        let server = try serve(make(actions: [.send(long), .send(long)], framing: .length), witness)
        let client = try connect(server, window: 4096)
        client.send(request)
        _ = try client.receive(upTo: "\r\n\r\nx")
        server.stop()
        XCTAssertEqual(witness.endings, [.stopped])

        let handler = AbandonedHandler()
        let other = try makeServer(handler)
        let half = try connect(other)
        half.send("POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nfive!")
        XCTAssertTrue(eventually { other.liveObjects.exchanges == 1 })
        other.stop()
        XCTAssertTrue(handler.notes.count == 1 && handler.notes[0].hasSuffix("stopped"), "\(handler.notes)")
    }

    func test_aRequestThatNeverCameWhole_isToldToTheHandler() throws {
        let handler = AbandonedHandler()
        let server = try makeServer(handler)
        do {
            let client = try connect(server)
            client.send("POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nfive!")
            XCTAssertTrue(eventually { server.liveObjects.exchanges == 1 })
        }
        XCTAssertTrue(eventually { handler.notes == ["/half 5 clientLeft"] }, "\(handler.notes)")
    }

    func test_arrival_isTheHeadsTimeAndTheLastBytes() throws {
        let handler = PlanHandler { _ in make() }
        let client = try connect(try makeServer(handler))
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n")
        client.send("abc")
        _ = try client.receiveAnswer()
        let arrival = try XCTUnwrap(handler.requests.first?.arrival)
        XCTAssertGreaterThan(arrival.head, 0)
        XCTAssertGreaterThan(arrival.whole, arrival.head)
    }
}

private final class AbandonedHandler: RequestHandler {
    private let told = Monitor<[String]>([])

    var notes: [String] { told.withLock { $0 } }

    func bodyLimit(for head: RequestHead) -> Int { 1000 }
    func respond(to request: HTTPRequest) -> ResponsePlan { make() }
    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan { make(status: 400) }

    func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {
        told.withLock { $0.append("\(head.target.raw) \(count) \(ending)") }
    }
}
