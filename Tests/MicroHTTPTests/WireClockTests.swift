// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

final class WireClockTests: XCTestCase {
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
}
