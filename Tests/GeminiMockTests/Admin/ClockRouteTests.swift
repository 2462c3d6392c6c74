// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

final class ClockRouteTests: AdminTestCase {
    func test_theClock_isTold() throws {
        let answer = try admin(serve(), "GET", "clock")
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.at("now"), "2026-08-19T14:34:12.000000000Z")
        XCTAssertEqual(answer.at("offset"), "0s")
        XCTAssertEqual(answer.at("frozen"), "false")
        XCTAssertEqual(answer.at("waiting"), "0")
    }

    func test_itIsMoved_byDurationsAsScenariosHaveThem() throws {
        let server = try serve()
        for (text, offset) in [
            ("48h", "172800s"), ("+48h", "345600s"), ("500ms", "345600.5s"), ("2s", "345602.5s"),
            ("5m", "345902.5s"), ("1d", "432302.5s"),
        ] {
            let answer = try admin(server, "POST", "clock", #"{"advance": "\#(text)"}"#)
            XCTAssertEqual(answer.status, 200, answer.text)
            XCTAssertEqual(answer.at("offset"), offset)
        }
        XCTAssertEqual(server.clockState.offset, .milliseconds(432_302_500))
        XCTAssertEqual(try shown(server, "clock", "now"), "2026-08-24T14:39:14.500000000Z")
    }

    func test_itGoesACenturyAhead_andNoFurther() throws {
        let server = try serve()
        for _ in 0..<36 {
            XCTAssertEqual(try admin(server, "POST", "clock", #"{"advance": "1000d"}"#).status, 200)
        }
        try assertRefused(
            server, "POST", "clock", #"{"advance": "1000d", "freeze": true}"#,
            saying: "The clock goes 36600d ahead at most, all moves together, and is 3110400000s ahead now.")
        XCTAssertFalse(server.clockState.isFrozen)
        XCTAssertEqual(server.clockState.offset, .seconds(36_000 * 86_400))
        XCTAssertEqual(try admin(server, "POST", "clock", #"{"advance": "600d"}"#).status, 200)
        try assertRefused(server, "POST", "clock", #"{"advance": "1ms"}"#, saying: "36600d ahead at most")
        XCTAssertEqual(server.clockState.offset, .seconds(36_600 * 86_400))
    }

    func test_itIsStopped_andSetGoing() throws {
        let server = try serve()
        let frozen = try admin(server, "POST", "clock", #"{"advance": "1h", "freeze": true}"#)
        XCTAssertEqual(frozen.at("frozen"), "true")
        XCTAssertEqual(frozen.at("offset"), "3600s")
        XCTAssertTrue(server.clockState.isFrozen)
        let running = try admin(server, "POST", "clock", #"{"resume": true}"#)
        XCTAssertEqual(running.at("frozen"), "false")
        XCTAssertFalse(server.clockState.isFrozen)
    }

    func test_waitsOnTheWire_areCounted_andOverWhenTheClockIsMoved() throws {
        let server = try serve { $0.streamInterval = .seconds(3600) }
        let client = try XCTUnwrap(RawClient(port: server.port))
        let body = #"{"contents":[{"parts":[{"text":"Tell me a story, please"}]}]}"#
        client.send(
            "POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: x\r\n"
                + "x-goog-api-key: made-up\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = try client.receive(upTo: "data: ")
        XCTAssertTrue(eventually { (try? shown(server, "clock", "waiting")) == "1" })
        XCTAssertEqual(try admin(server, "POST", "clock", #"{"advance": "24h"}"#).status, 200)
        _ = try client.receive(upTo: "0\r\n\r\n")
        XCTAssertTrue(eventually { (try? shown(server, "clock", "waiting")) == "0" })
    }

    func test_whatIsNoChange_isRefused() throws {
        let server = try serve()
        for (body, words) in [
            ("", "isn't JSON"), ("[]", "must be a JSON object"), ("{}", "nothing to do"),
            (#"{"advnce": "48h"}"#, "no “advnce” (did you mean advance?)"),
            (#"{"zzz": 1}"#, "there are advance, freeze, resume"),
            (#"{"advance": 48}"#, "“advance” must be a duration such as"),
            (#"{"advance": "48"}"#, #"found "48""#), (#"{"advance": "-48h"}"#, "must be a duration"),
            (#"{"advance": "++48h"}"#, "must be a duration"), (#"{"advance": "1001d"}"#, "the most is 1000d"),
            (#"{"advance": "1h", "advance": "2h"}"#, "twice"), (#"{"advance": null}"#, "nothing to do"),
            (#"{"freeze": "yes"}"#, "“freeze” must be true or false"), (#"{"freeze": false}"#, "resume"),
            (#"{"freeze": true, "resume": true}"#, "both"),
        ] {
            try assertRefused(server, "POST", "clock", body, saying: words)
        }
        try assertRefused(server, "GET", "clock?now=1", saying: "no parameter “now”")
        try assertRefused(server, "DELETE", "clock", status: 405, saying: "GET, POST")
        XCTAssertEqual(server.clockState.offset, .zero)
    }
}
