// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

class WireClockTests: XCTestCase {
    private let tenMinutes = Duration.seconds(600)

    func test_clock_isMovedOn_neverBackOrTooFar() {
        let clock = WireClock()
        let start = clock.nanoseconds
        clock.advance(by: .seconds(-5))
        clock.advance(by: .seconds(3600))
        XCTAssertGreaterThanOrEqual(clock.nanoseconds - start, 3600 * 1_000_000_000)
        XCTAssertLessThan(clock.nanoseconds - start, 3700 * 1_000_000_000)
        for _ in 0..<10 { clock.advance(by: .seconds(Int64.max)) }
        XCTAssertGreaterThan(clock.nanoseconds, start)
    }

    func test_frozenClock_isMovedByExactlyThat_andGoesOnFromThere() {
        let clock = WireClock()
        clock.advance(by: tenMinutes)
        clock.freeze()
        let start = clock.nanoseconds
        XCTAssertTrue(clock.isFrozen)
        clock.advance(by: .nanoseconds(7))
        XCTAssertEqual(clock.nanoseconds, start + 7)
        XCTAssertLessThanOrEqual(clock.offset, tenMinutes)
        clock.resume()
        XCTAssertFalse(clock.isFrozen)
        let resumed = clock.nanoseconds
        XCTAssertGreaterThanOrEqual(resumed, start + 7)
        while clock.nanoseconds == resumed { sched_yield() }
    }

    /// Ten-minute waits, one at a time, on many connections of every framing.
    func test_stream_isSteppedEventByEvent() throws {
        let events = (0..<5).flatMap { [WireAction.wait(tenMinutes), .send([UInt8(ascii: "a") + $0])] }
        for framing in [ResponsePlan.Framing.chunked, .length, .raw] {
            let server = try makeServer(PlanHandler { _ in make(actions: events, framing: framing) })
            let clients = try (0..<50).map { _ in try connect(server) }
            for client in clients { client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
            XCTAssertTrue(eventually { server.liveObjects.readers == 50 })
            if framing != .raw { for client in clients { _ = try client.receive(upTo: "\r\n\r\n") } }
            for event in "abcde" {
                server.clock.advance(by: tenMinutes)
                for client in clients {
                    let received = try client.receive(upTo: String(event))
                    XCTAssertEqual(
                        received.filter { (UInt8(ascii: "a")...UInt8(ascii: "e")).contains($0) }.count, 1)
                }
            }
            for client in clients { _ = try client.receiveToEnd() }
        }
    }

    func test_allEvents_come_whenTheClockPassesThemAll() throws {
        let events = (0..<5).flatMap { [WireAction.wait(tenMinutes), .send([UInt8(ascii: "a") + $0])] }
        let server = try makeServer(PlanHandler { _ in make(actions: events, framing: .raw) })
        let client = try connect(server)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertTrue(eventually { server.liveObjects.readers == 1 })
        for _ in 0..<5 { server.clock.advance(by: tenMinutes) }
        XCTAssertEqual(try client.receiveToEnd(), bytes("abcde"))
    }

    // MARK: A clock that stands still

    /// Asks for `/nap`, which takes 50 ms of real time.
    private func nap(_ server: HTTPServer) throws {
        let client = try connect(server)
        client.send("GET /nap HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().text, "slept")
    }

    /// Answers everything with one wait of a millisecond in the way of the target: `/chunked`, `/length`, `/raw`, `/delay`.
    private func serveShortWaits() throws -> HTTPServer {
        try makeServer(
            PlanHandler { request in
                let actions = [WireAction.send(bytes("a")), .wait(.milliseconds(1)), .send(bytes("b"))]
                switch request.head.target.raw {
                case "/nap": return make(actions: [.nap(.milliseconds(50)), .send(bytes("slept"))])
                case "/length": return make(actions: actions, framing: .length)
                case "/raw": return make(actions: actions, framing: .raw)
                case "/delay":
                    var plan = make(body: "ab")
                    plan.delay = .milliseconds(1)
                    return plan
                default: return make(actions: actions)
                }
            })
    }

    func test_waits_standStill_untilTheClockIsMovedOrGoesOn() throws {
        for isMoved in [true, false] {
            let server = try serveShortWaits()
            server.clock.freeze()
            let clients = try ["/chunked", "/length", "/raw", "/delay"].map { target in
                let client = try connect(server)
                client.send("GET \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return client
            }
            XCTAssertTrue(eventually { server.waitingConnections == 4 })
            try nap(server)
            XCTAssertEqual(server.waitingConnections, 4, "a millisecond is over in 50")
            if isMoved { server.clock.advance(by: .milliseconds(1)) } else { server.clock.resume() }
            for client in clients {
                let text = String(decoding: try client.receiveToEnd(), as: UTF8.self)
                XCTAssertTrue(text.hasSuffix("ab") || text.hasSuffix("\r\nb\r\n0\r\n\r\n"), text)
            }
        }
    }

    func test_waits_areAsLongAsTheyWere_behindTimeInWhichTheClockStoodStill() throws {
        let wait = make(actions: [.wait(tenMinutes), .send(bytes("b"))])
        let server = try makeServer(PlanHandler { _ in wait })
        let client = try connect(server)
        client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        server.clock.freeze()
        let left = tenMinutes - .seconds(1)
        server.clock.advance(by: left)
        let other = try connect(server)
        other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertTrue(eventually { server.waitingConnections == 2 })
        server.clock.resume()
        server.clock.freeze()
        server.clock.advance(by: .seconds(1))
        XCTAssertEqual(try client.receiveAnswer().text, "b")
        XCTAssertEqual(server.waitingConnections, 1, "the other one waits for ten minutes of its own")
    }

    func test_clientsThatLeave_areNoticed_whileTheClockStandsStill() throws {
        let server = try serveShortWaits()
        server.clock.freeze()
        for target in ["/chunked", "/length", "/raw", "/delay"] {
            let client = try connect(server)
            client.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
            if target == "/length" || target == "/raw" { client.reset() }
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            withExtendedLifetime(client) {}
        }
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
    }

    func test_bodies_areReadSlowlyByTheClock() throws {
        let server = try makeServer(SlowHandler())
        server.clock.freeze()
        let client = try connect(server)
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
        for _ in 0..<3 {
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            server.clock.advance(by: .milliseconds(1))
        }
        XCTAssertEqual(try client.receiveAnswer().text, "read")
    }

    func test_whatIsAboutTheClient_goesOnByRealTime() throws {
        let large = make(actions: [.send([UInt8](repeating: 7, count: 32 << 20))], framing: .raw)
        let server = try makeServer(PlanHandler { _ in large }, idleTimeout: 1)
        server.clock.freeze()
        let deaf = try connect(server, window: 4096)
        deaf.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        XCTAssertTrue(eventually { server.liveObjects.readers == 1 })
        XCTAssertTrue(eventually { server.liveObjects.readers == 0 }, "never given up")
        let silent = try connect(server)
        XCTAssertEqual(try silent.receiveToEnd(), [], "the idle time-out")
    }

    func test_stop_endsWhatStandsStill() throws {
        let server = try serveShortWaits()
        server.clock.freeze()
        let clients = try (0..<20).map { _ in try connect(server) }
        for client in clients { client.send("GET /chunked HTTP/1.1\r\nHost: x\r\n\r\n") }
        // Optimised code would let them go, and close them, behind their last use.
        withExtendedLifetime(clients) {
            XCTAssertTrue(eventually { server.waitingConnections == 20 })
            server.stop()
        }
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
    }
}

/// Reads a byte each millisecond of the server's clock.
final class SlowHandler: RequestHandler {
    func bodyLimit(for head: RequestHead) -> Int { 0 }
    func receiver(for head: RequestHead) -> (any BodyReceiver)? { SlowReceiver() }
    func respond(to request: HTTPRequest) -> ResponsePlan { make(body: "read") }
    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan { make(status: 400) }
}

/// `@unchecked Sendable`: only its connection's thread touches it.
private final class SlowReceiver: BodyReceiver, @unchecked Sendable {
    private var hasWaited = false
    let wantsMore = true

    func nextStep() -> BodyStep {
        defer { hasWaited.toggle() }
        return hasWaited ? .take(atMost: 1) : .wait(.milliseconds(1))
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {}
    func finish() -> HTTPRequest.Body { .bytes([]) }
}
