// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class ServerSentEventsTests: XCTestCase {
    func test_event_framesOneLine() {
        XCTAssertEqual(text(ServerSentEvents.event(data: utf8("{\"a\": 1}"))), "data: {\"a\": 1}\r\n\r\n")
    }

    func test_event_framesNothing() {
        XCTAssertEqual(text(ServerSentEvents.event(data: [])), "data: \r\n\r\n")
    }

    func test_event_keepsBytesAboveASCII() {
        XCTAssertEqual(ServerSentEvents.event(data: [0xC3, 0xA9]), utf8("data: é\r\n\r\n"))
    }

    func test_namedEvent_hasTwoLinesAndAnEmptyOne() {
        XCTAssertEqual(
            String(
                decoding: ServerSentEvents.event(named: "step.stop", data: Array("{}".utf8)), as: UTF8.self),
            "event: step.stop\ndata: {}\n\n"
        )
    }
}
