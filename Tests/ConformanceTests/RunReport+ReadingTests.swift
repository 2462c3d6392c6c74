// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import Conformance

/// What was written is read again, the same.
final class RunReportReadingTests: XCTestCase {
    static func report(_ verdict: Verdict = .fail, failing: [String] = ["text"]) throws -> RunReport {
        let checks = failing.map {
            CheckResult(
                name: $0, severity: .must, because: "so", expected: "e",
                outcome: .failed(got: "g", exchange: 0))
        }
        let more = [
            CheckResult(name: "p", severity: .should, expected: "e", outcome: .passed(got: "g")),
            CheckResult(name: "n", severity: .may, expected: "e", outcome: .notObserved(why: "w")),
        ]
        let exchange = WireExchange(
            .init(
                method: "POST", target: "/x", fields: [.init("A", "b")], body: [0xFF, 0], length: 9,
                at: .microseconds(1500), whole: .milliseconds(2)),
            .init(
                status: 200, fields: [], body: Array("äö\r\n".utf8), length: 6, at: .milliseconds(3),
                writes: [.init(at: .milliseconds(4), bytes: 6)], ended: .milliseconds(5), ending: .clientLeft)
        )
        let result = CaseResult(
            id: try XCTUnwrap(CaseID("SSE-08")), title: "t", severity: .must, source: "s", why: "w",
            isTimed: true,
            mark: ": m", verdict: verdict, reason: "r", checks: checks + more,
            wire: [exchange, WireExchange(exchange.request, nil)], time: .milliseconds(7), output: "o\n",
            known: .failure("k"))
        return RunReport(
            client: ClientIdentity(name: "c", version: "1", driver: "worker"), judge: "0.1",
            date: "2026-11-21T14:00:00Z",
            set: "core-2026.11", time: .milliseconds(12), cases: [result])
    }

    func test_roundTrip() throws {
        let report = try RunReportReadingTests.report()
        for style in [JSONStyle.pretty, .compact] {
            XCTAssertEqual(try RunReport(reading: report.json.bytes(style)), report)
        }
    }

    func test_whatIsWrongIsToldWithItsPlace() throws {
        let text = String(decoding: try RunReportReadingTests.report().json.bytes(.compact), as: UTF8.self)
        func problem(_ old: String, _ new: String) -> String {
            do {
                _ = try RunReport(reading: Array(text.replacingOccurrences(of: old, with: new).utf8))
                return "none"
            } catch {
                return error.description
            }
        }
        XCTAssertEqual(problem("\"format\":1", "\"format\":2"), "its format is 2, this program reads 1")
        XCTAssertEqual(
            problem("\"verdict\":\"fail\"", "\"verdict\":\"bad\""),
            "/cases/0/verdict is missing, or not what it should be")
        XCTAssertEqual(
            problem("\"base64\":\"/wA=\"", "\"base64\":\"!\""),
            "/cases/0/wire/0/request/body is missing, or not what it should be")
        XCTAssertEqual(problem("{\"format\"", "[\"format\""), "it is no JSON")
        // Reports are made of what is read, and count with it.
        for (name, old, wrong, place) in [
            ("bytes", 6, ["-1", "9223372036854775807", "1.5"], "answer/writes/0/bytes"),
            ("length", 6, ["-1", "9223372036854775807"], "answer/length"),
            ("length", 9, ["-1", "1e300"], "request/length"),
            ("status", 200, ["-1", "1000"], "answer/status"),
            ("at", 3, ["1e300", "-9223372036854775808"], "answer/at"),
        ] {
            for number in wrong {
                XCTAssertEqual(
                    problem("\"\(name)\":\(old)", "\"\(name)\":\(number)"),
                    "/cases/0/wire/0/\(place) is missing, or not what it should be", number)
            }
        }
        XCTAssertEqual(
            problem("\"exchange\":0", "\"exchange\":-1"),
            "/cases/0/checks/0/exchange is missing, or not what it should be")
    }
}
