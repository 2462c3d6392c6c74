// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

final class WireTextTests: XCTestCase {
    private func exchange(
        body: String, writes: [WireExchange.Write] = [], ending: DeliveryEnding? = .complete
    ) -> WireExchange {
        WireExchange(
            WireExchange.Request(
                method: "POST", target: "/v1beta/models/m:generateContent",
                fields: [
                    HTTPFields.Field("Host", "127.0.0.1:1"), HTTPFields.Field("X-Goog-Api-Key", "REDACTED"),
                    HTTPFields.Field("Content-Type", "application/json"),
                ], body: Array("{}".utf8), at: .milliseconds(5)),
            WireExchange.Answer(
                status: 200, body: Array(body.utf8), at: .microseconds(7500), writes: writes,
                ended: ending == nil ? nil : .milliseconds(1200), ending: ending))
    }

    func testBothDirections() {
        XCTAssertEqual(
            WireText.lines([exchange(body: "Hel\r\nlo\u{1B}[31m\u{FEFF}")]),
            [
                "        5 ms → 1. POST /v1beta/models/m:generateContent",
                "             X-Goog-Api-Key: REDACTED",
                "             Content-Type: application/json",
                "             2 bytes: {}",
                "      7.5 ms ← 1. 200, 15 bytes",
                "             Hel␍␊lo\u{FFFD}[31m\u{FFFD}",
            ])
    }

    func testWrites_andTheExchangeThatIsMeant() {
        let writes = [
            WireExchange.Write(at: .milliseconds(8), bytes: 2),
            WireExchange.Write(at: .milliseconds(90), bytes: 3),
        ]
        let lines = WireText.lines(
            [exchange(body: "abcde"), exchange(body: "abcde", writes: writes, ending: .clientLeft)], marked: 1
        )
        XCTAssertEqual(
            lines.dropFirst(6),
            [
                "▶       5 ms → 2. POST /v1beta/models/m:generateContent",
                "             X-Goog-Api-Key: REDACTED",
                "             Content-Type: application/json",
                "             2 bytes: {}",
                "      7.5 ms ← 2. 200, 5 bytes",
                "        8 ms ←    2 bytes: ab",
                "       90 ms ←    3 bytes: cde",
                "     1200 ms ← 2. the client closed the connection",
            ])
    }

    func testWhatHasNoEnd_saysSo() {
        XCTAssertEqual(
            WireText.lines([exchange(body: "", ending: nil)]).suffix(2),
            ["      7.5 ms ← 1. 200, 0 bytes", "             it still goes on"])
        let request = WireExchange.Request(
            method: "POST", target: "/", fields: [], body: [], at: .milliseconds(1))
        XCTAssertEqual(
            WireText.lines([WireExchange(request, nil)]).last?.hasSuffix("→ the request never came whole"),
            true)
    }

    func testLongOnes_areCut() {
        let writes = (0..<30).map { WireExchange.Write(at: .milliseconds($0), bytes: 500) }
        let lines = WireText.lines(
            [exchange(body: String(repeating: "x", count: 15_000), writes: writes)])
        XCTAssertEqual(lines.last, "             and 10 more writes")
        XCTAssertEqual(lines[5], "        0 ms ←    500 bytes: \(String(repeating: "x", count: 400))…")
    }
}
