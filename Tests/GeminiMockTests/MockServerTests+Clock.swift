// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMockXCTest
import TestSupport
import XCTest

/// A server whose clock is stopped, moved and set going.
final class MockServerClockTests: ScenarioTestCase {
    private let body = #"{"contents":[{"parts":[{"text":"Hello there, how are you today?"}]}]}"#

    private func serve(_ clock: any WallClock) throws -> MockServer {
        try startMockServer {
            $0.clock = clock
            $0.streamInterval = .seconds(10)
        }
    }

    private func stream(_ server: MockServer) throws -> RawClient {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: x\r\n"
                + "x-goog-api-key: made-up\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return client
    }

    func test_state_tellsHowTheClockRuns() throws {
        let base = MovableWallClock(FixedWallClock(seconds: 1000))
        let server = try serve(base)
        XCTAssertEqual(
            server.clockState, ClockState(nanoseconds: 1_000_000_000_000, offset: .zero, isFrozen: false))
        server.freezeClock()
        base.advance(by: .seconds(3))
        server.advanceClock(by: .seconds(2))
        XCTAssertEqual(
            server.clockState,
            ClockState(nanoseconds: 1_002_000_000_000, offset: .seconds(-1), isFrozen: true))
        server.resumeClock()
        base.advance(by: .seconds(1))
        XCTAssertEqual(
            server.clockState,
            ClockState(nanoseconds: 1_003_000_000_000, offset: .seconds(-1), isFrozen: false))
    }

    func test_frozenStream_isSteppedToTheNanosecond() throws {
        let server = try serve(SystemWallClock())
        server.freezeClock()
        let client = try stream(server)
        _ = try client.receive(upTo: "\r\n\r\n")
        _ = try client.receive(upTo: "\r\n\r\n")
        for _ in 0..<2 {
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            server.advanceClock(by: .seconds(10) - .nanoseconds(1))
            let date = server.clockState.nanoseconds
            // Another request's way through the server is time in which the first could go on.
            let other = try XCTUnwrap(RawClient(port: server.port))
            other.send("GET /v1beta/models HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\n\r\n")
            XCTAssertEqual(try other.receiveAnswer().status, 200)
            XCTAssertEqual(server.waitingConnections, 1)
            server.advanceClock(by: .nanoseconds(1))
            XCTAssertEqual(server.clockState.nanoseconds, date + 1)
            _ = try client.receive(upTo: "data: ")
            _ = try client.receive(upTo: "\r\n\r\n")
        }
    }

    func test_changesFromAllThreads_leaveBothClocksAlike() throws {
        let server = try serve(FixedWallClock(seconds: 1000))
        DispatchQueue.concurrentPerform(iterations: 60) { index in
            switch index % 3 {
            case 0: server.freezeClock()
            case 1: server.advanceClock(by: .seconds(1))
            default: server.resumeClock()
            }
        }
        server.freezeClock()
        XCTAssertEqual(
            server.clockState,
            ClockState(nanoseconds: 1_020_000_000_000, offset: .seconds(20), isFrozen: true))
        let client = try stream(server)
        _ = try client.receive(upTo: "\r\n\r\n")
        XCTAssertTrue(eventually { server.waitingConnections == 1 }, "the wire's clock stands still too")
    }
}
