// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// Bodies that are read slowly, not to their end, or not at all.
class BodyReceiverStepsTests: XCTestCase {
    private let post = "POST /a HTTP/1.1\r\nHost: x\r\n"
    private let ordinary = "GET /other HTTP/1.1\r\nHost: x\r\n\r\n"

    private func checkThatNextIsServed(_ server: HTTPServer, line: UInt = #line) throws {
        let client = try connect(server)
        client.send(ordinary)
        XCTAssertEqual(try client.receiveAnswer().text, "other", line: line)
    }

    /// The ways to send a body of that many bytes, none of them in one piece that the library would read at once.
    private func requests(_ count: Int) -> [String] {
        let body = String(repeating: "z", count: count)
        return [
            post + "Content-Length: \(count)\r\n\r\n" + body,
            post + "Transfer-Encoding: chunked\r\n\r\n" + String(count, radix: 16) + "\r\n" + body
                + "\r\n0\r\n\r\n",
            ordinary + post + "Content-Length: \(count)\r\n\r\n" + body + ordinary,
        ]
    }

    private func receiveAnswers(_ request: String, _ client: RawClient) throws -> [String] {
        // Answered in order: an ordinary request before and behind it on the same connection.
        guard request.hasPrefix("GET") else { return [try client.receiveAnswer().text] }
        return try (0..<3).map { _ in try client.receiveAnswer().text }.filter { $0 != "other" }
    }

    func test_take_handsOverThatMany_andAsksAgain() throws {
        let handler = SteppingHandler { _, _ in .take(atMost: 1000) }
        let server = try makeServer(handler)
        for request in requests(100_000) {
            let client = try connect(server)
            client.send(request)
            XCTAssertEqual(try receiveAnswers(request, client), ["100000"])
        }
        XCTAssertLessThanOrEqual(handler.largest, 1000)
    }

    func test_takeOfNothing_isOneByte() throws {
        let handler = SteppingHandler { _, _ in .take(atMost: 0) }
        let client = try connect(makeServer(handler))
        client.send(requests(20)[0])
        XCTAssertEqual(try client.receiveAnswer().text, "20")
        XCTAssertEqual(handler.largest, 1)
    }

    func test_wait_readsNothing_untilTheClockIsThere() throws {
        let handler = SteppingHandler { _, asked in
            asked % 2 == 0 ? .wait(.seconds(600)) : .take(atMost: 50_000)
        }
        let server = try makeServer(handler)
        for request in requests(200_000) {
            let client = try connect(server)
            let (asked, taken) = (handler.asked, handler.taken)
            let sending = Thread.sending(request, to: client)
            XCTAssertTrue(eventually { handler.asked > asked }, "it waits")
            XCTAssertEqual(handler.taken, taken)
            let answers = Monitor<[String]?>(nil)
            // As many steps as it takes: the library hands over some kilobytes at a time.
            let stepping = Thread.repeating(until: { answers.withLock { $0 } != nil }) {
                server.clock.advance(by: .seconds(600))
            }
            let received = try receiveAnswers(request, client)
            answers.withLock { $0 = received }
            stepping.join()
            sending.join()
            XCTAssertEqual(received, ["200000"])
        }
    }

    func test_wait_holdsTheClientBack() throws {
        let handler = SteppingHandler { count, _ in count < 1000 ? .take(atMost: 1000) : .wait(.seconds(600))
        }
        let server = try makeServer(handler)
        let client = try connect(server)
        // More than the kernel's buffers hold: it can't all be sent.
        let sending = Thread.sending(
            post + "Content-Length: 50000000\r\n\r\n" + String(repeating: "z", count: 50_000_000), to: client)
        XCTAssertTrue(eventually { handler.taken == 1000 && handler.asked == 2 })
        try checkThatNextIsServed(server)
        XCTAssertEqual(handler.taken, 1000)
        server.stop()
        XCTAssertEqual(handler.alive, 0)
        XCTAssertTrue(server.liveObjects == (0, 0))
        XCTAssertFalse(sending.join(), "all could be sent")
    }

    func test_reset_breaksTheConnection_behindThatManyBytes() throws {
        for limit in [0, 1, 70_000] {
            let handler = SteppingHandler { count, _ in
                count < limit ? .take(atMost: limit - count) : .reset
            }
            let server = try makeServer(handler)
            for request in requests(100_000) {
                let client = try connect(server)
                let before = handler.taken
                let sending = Thread.sending(request, to: client)
                let received = String(decoding: try XCTUnwrap(try client.receiveToReset()), as: UTF8.self)
                XCTAssertTrue(request.hasPrefix("GET") ? received.hasSuffix("other") : received.isEmpty)
                XCTAssertEqual(handler.taken - before, limit)
                sending.join()
            }
            try checkThatNextIsServed(server)
            XCTAssertTrue(eventually { server.liveObjects == (0, 0) && handler.alive == 0 })
        }
    }

    func test_answer_comesWhileTheClientStillSends() throws {
        let handler = SteppingHandler { count, _ in count < 5 ? .take(atMost: 5) : .answer }
        let server = try makeServer(handler)
        for size in [10, 100_000, 20_000_000] {
            for request in requests(size) {
                let client = try connect(server)
                // The client sends all before it looks, and what it is told is still there.
                let sending = Thread.sending(request, to: client)
                var answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
                if request.hasPrefix("GET") {
                    answer = String(
                        try XCTUnwrap(answer.firstRange(of: "other").map { answer[$0.upperBound...] }))
                }
                XCTAssertTrue(answer.hasPrefix("HTTP/1.1 200 OK\r\nConnection: close\r\n"), answer)
                XCTAssertTrue(answer.hasSuffix("\r\n\r\n5"), answer)
                sending.join()
            }
        }
        try checkThatNextIsServed(server)
    }

    func test_clientsThatLeave_areNoticed() throws {
        let handler = SteppingHandler { _, _ in .wait(.seconds(600)) }
        let server = try makeServer(handler)
        let beginnings = [
            "Transfer-Encoding: chunked\r\n\r\nfff\r\nhalf", "Content-Length: 900000\r\n\r\nhalf",
            // An end behind bytes that nobody reads is seen when they are read, a reset at once.
            "Content-Length: 900000\r\n\r\n" + String(repeating: "z", count: 300_000),
        ]
        for index in 0..<60 {
            let client = try connect(server)
            client.send(post + beginnings[index % 3])
            if index % 3 == 2 || index % 2 == 0 { client.reset() }
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) && handler.alive == 0 }, "\(handler.alive)")
    }
}

/// Threads that send what is larger than the kernel takes at once.
private final class Thread {
    private let done = Monitor<Bool?>(nil)

    /// - Returns: what the work gave.
    @discardableResult
    func join() -> Bool { done.wait(while: { $0 == nil }, { $0 ?? false }) }

    private init(_ work: @escaping @Sendable () -> Bool) {
        let done = done
        Foundation.Thread.detachNewThread {
            let result = work()
            done.signal { $0 = result }
        }
    }

    static func sending(_ text: String, to client: RawClient) -> Thread {
        nonisolated(unsafe) let client = client
        return Thread { client.send(text) }
    }

    static func repeating(
        until isOver: @escaping @Sendable () -> Bool, _ step: @escaping @Sendable () -> Void
    ) -> Thread {
        Thread {
            while !isOver() {
                step()
                sched_yield()
            }
            return true
        }
    }
}
