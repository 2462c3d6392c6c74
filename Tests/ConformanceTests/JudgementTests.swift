// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

/// From checks to verdicts.
final class JudgementTests: XCTestCase {
    private func verdict(
        _ checks: String, severity: String = "MUST", _ outcome: ClientOutcome = .finished([["ok": true]]),
        _ exchanges: [WireExchange] = [.make()]
    ) throws -> Verdict {
        let made = try ConformanceCase.make(checks: "[\(checks)]", severity: severity)
        return CaseResult(made, .make(exchanges, outcome), time: .zero).verdict
    }

    private let right = "{name: r, requests: 1}"
    private let wrong = "{name: w, requests: 2}"

    func test_theGravestFailureCounts() throws {
        XCTAssertEqual(try verdict(right), .pass)
        XCTAssertEqual(try verdict("\(right), \(wrong)"), .fail)
        XCTAssertEqual(try verdict(wrong, severity: "SHOULD"), .nonStrict)
        XCTAssertEqual(try verdict(wrong, severity: "MAY"), .info)
        XCTAssertEqual(try verdict("\(right), {name: w, requests: 2, severity: SHOULD}"), .nonStrict)
        XCTAssertEqual(try verdict("{name: w, requests: 2, severity: MUST}", severity: "SHOULD"), .fail)
        XCTAssertEqual(try verdict(wrong, severity: "INFO"), .info)
        XCTAssertEqual(try verdict("\(right), {name: w, requests: 2, severity: MAY}"), .pass)
    }

    func test_whatIsNotSeenIsNoPass() throws {
        let told = "{name: t, result: /ok, equals: true}"
        XCTAssertEqual(try verdict("\(right), \(told)", .notDriven), .notObserved)
        XCTAssertEqual(try verdict("\(wrong), \(told)", .notDriven), .fail)
        XCTAssertEqual(try verdict(right, .notDriven), .pass)
        XCTAssertEqual(try verdict("{name: n, requests: 0}", .notDriven, []), .notObserved)
    }

    func test_aClientThatDoesNotEndHasFailed() throws {
        XCTAssertEqual(try verdict(right, .silent), .fail)
        XCTAssertEqual(try verdict(right, .died("signal 11")), .fail)
        XCTAssertEqual(try verdict(right, severity: "MAY", .silent), .nonStrict)
        let made = try ConformanceCase.make(checks: "[\(right)]")
        let result = CaseResult(made, .make([.make()], .died("signal 11")), time: .zero)
        XCTAssertEqual(result.checks.map(\.name), ["ends", "r"])
        XCTAssertEqual(result.checks[0].outcome, .failed(got: "signal 11", exchange: nil))
    }

    func test_whatCannotBeJudgedIsNot() throws {
        XCTAssertEqual(try verdict(wrong, .unsupported("no")), .unsupported)
        XCTAssertEqual(try verdict(wrong, .notJudgeable("no JSON")), .harnessError)
        let made = try ConformanceCase.make()
        let log = WireLog([.make()], isIncomplete: true)
        let result = CaseResult(
            made, outcome: .finished([["ok": true]]), checks: [], log: log, time: .zero)
        XCTAssertEqual(result.verdict, .harnessError)
    }
}
