// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// Connections that sleep until somebody wakes them.
class TimerWheelTests: XCTestCase {
    private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Hands over what a test puts in.
    private final class Mailbox: Sendable {
        let wakeUp = WakeUp()
        private let pieces = Monitor<[String?]>([])

        /// - Parameter piece: nil ends the body.
        func put(_ piece: String?) {
            pieces.withLock { $0.append(piece) }
            wakeUp.ring()
        }

        func body(_ nap: Duration = .seconds(3600)) -> WireAction {
            .live(
                LiveActions(wokenBy: wakeUp) { [self] _ in
                    wakeUp.reset()
                    return pieces.withLock { pieces -> WireAction? in
                        pieces.isEmpty ? .nap(nap) : pieces.removeFirst().map { .send(bytes($0)) }
                    }
                })
        }
    }

    func test_wakeUp_endsANapOfAnHour() throws {
        let mailbox = Mailbox()
        let server = try makeServer(PlanHandler { _ in make(actions: [mailbox.body()]) })
        server.clock.freeze()
        let client = try connect(server)
        client.send(get)
        for piece in ["a", "b", "c"] {
            mailbox.put(piece)
            _ = try client.receive(upTo: "1\r\n\(piece)\r\n")
        }
        mailbox.put(nil)
        XCTAssertEqual(try client.receive(upTo: "0\r\n\r\n"), bytes("0\r\n\r\n"))
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
    }

    func test_wakeUp_endsANapOfARawPlan() throws {
        let mailbox = Mailbox()
        let server = try makeServer(
            PlanHandler { request in make(actions: [mailbox.body()]).raw(for: request.head) })
        let client = try connect(server)
        client.send(get)
        _ = try client.receive(upTo: "\r\n\r\n")
        mailbox.put("a")
        XCTAssertEqual(try client.receive(upTo: "a\r\n"), bytes("1\r\na\r\n"))
        mailbox.put(nil)
        XCTAssertEqual(try client.receiveToEnd(), bytes("0\r\n\r\n"))
    }

    func test_wakeUp_bringsAPendingAnswer() throws {
        let coming = Monitor(ResponsePlan?.none)
        let wakeUp = WakeUp()
        let pending = PendingPlan(within: .seconds(3600), wokenBy: wakeUp) {
            coming.withLock(\.self)
        } otherwise: {
            make(body: "late")
        }
        XCTAssertEqual(pending.time, .seconds(3600))
        let server = try makeServer(PlanHandler { _ in .pending(pending) })
        let client = try connect(server)
        client.send(get)
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 1 })
        coming.withLock { $0 = make(body: "come") }
        wakeUp.ring()
        XCTAssertEqual(try client.receiveAnswer().text, "come")
    }

    func test_sleepers_areWokenAtTheEndOfTheirNap_too() throws {
        let server = try makeServer(
            PlanHandler { _ in
                make(
                    actions: [
                        .live(
                            LiveActions(wokenBy: WakeUp()) { position in
                                position += 1
                                return position == 1
                                    ? .nap(.milliseconds(5)) : position == 2 ? .send(bytes("a")) : nil
                            })
                    ])
            })
        let client = try connect(server)
        client.send(get)
        XCTAssertEqual(try client.receiveAnswer().text, "a")
    }

    func test_stop_wakesSleepers_whileOthersWakeThemToo() throws {
        for _ in 0..<20 {
            let mailbox = Mailbox()
            let server = try makeServer(PlanHandler { _ in make(actions: [mailbox.body()]) })
            let clients = try (0..<4).map { _ in
                let client = try connect(server)
                client.send(get)
                return client
            }
            XCTAssertTrue(eventually { server.liveObjects.readers == 4 })
            let isDone = Monitor(false)
            let thread = Thread {
                while !isDone.withLock(\.self) { mailbox.wakeUp.ring() }
                isDone.signal { $0 = false }
            }
            thread.start()
            server.stop()
            isDone.withLock { $0 = true }
            isDone.wait(while: { $0 }) { _ in }
            XCTAssertTrue(server.liveObjects == (0, 0))
            withExtendedLifetime(clients) {}
        }
    }

    func test_clientsThatLeave_areNoticed_whileTheySleep() throws {
        let mailbox = Mailbox()
        let server = try makeServer(PlanHandler { _ in make(actions: [mailbox.body()]) })
        do {
            let client = try connect(server)
            client.send(get)
            XCTAssertTrue(eventually { server.liveObjects.readers == 1 })
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
    }

    func test_announcedLength_isTold_andWhatEndsBeforeItIsBroken() throws {
        for pieces in [["abc", "de"], ["abc"]] {
            let mailbox = Mailbox()
            for piece in pieces { mailbox.put(piece) }
            mailbox.put(nil)
            var plan = make(actions: [mailbox.body()], framing: .length)
            plan.announcedLength = 5
            let server = try makeServer(PlanHandler { [plan] _ in plan })
            let client = try connect(server)
            client.send(get)
            let head = try RawAnswer(head: client.receive(upTo: "\r\n\r\n"))
            XCTAssertEqual(head["content-length"], "5")
            if pieces.count == 1 {
                XCTAssertEqual(try client.receiveToEnd(), bytes("abc"))
            } else {
                XCTAssertEqual(try client.receive(upTo: "de"), bytes("abcde"))
            }
        }
    }
}
