// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Drift

final class DriftReportTests: XCTestCase {
    private func report(_ exchanges: [DriftReport.Exchange]) -> DriftReport {
        DriftReport(
            upstream: "https://there",
            recordings: [DriftReport.Recording(name: "one", path: "R/one", exchanges: exchanges)])
    }

    private let finding = DriftFinding(
        kind: .newField, place: "/a", recorded: nil, now: "string", against: [.recording, .contract])

    private func exchange(_ number: Int, _ outcome: DriftReport.Outcome, _ findings: [DriftFinding] = [])
        -> DriftReport.Exchange
    {
        DriftReport.Exchange(number: number, request: "GET /x", outcome: outcome, findings: findings)
    }

    func test_verdict() {
        let well = exchange(1, .verified)
        XCTAssertEqual(report([well, exchange(2, .skipped("x"))]).verdict, .none)
        XCTAssertEqual(report([well, exchange(2, .unverified("x"))]).verdict, .unverified)
        XCTAssertEqual(
            report([exchange(1, .verified, [finding]), exchange(2, .unverified("x"))]).verdict, .drift)
        XCTAssertEqual(report([exchange(1, .skipped("x"))]).verdict, .unverified)
        XCTAssertEqual(report([]).verdict, .unverified)
    }

    func test_lines() {
        let all = [
            exchange(1, .verified), exchange(2, .verified, [finding]), exchange(3, .unverified("why")),
            exchange(4, .skipped("because")),
        ]
        XCTAssertEqual(
            report(all).lines,
            [
                "R/one: exchange 2, GET /x", "  new field /a, string",
                "R/one: exchange 3, GET /x: couldn't be verified: why",
                "R/one: exchange 4, GET /x: not asked: because",
                "R/one: 1 as recorded, 1 with drift, 1 not verified, 1 not asked",
            ])
    }

    /// Programs read it: nothing may go or change its name.
    func test_json() {
        let json = report([exchange(2, .verified, [finding]), exchange(3, .unverified("why"))]).json
        XCTAssertEqual(
            String(decoding: json.bytes(.compact), as: UTF8.self),
            #"{"format":"gemini-mock/drift/1","upstream":"https://there","verdict":"drift","recordings":[{"name":"one","path":"R/one","exchanges":["#
                + #"{"number":2,"request":"GET /x","outcome":"verified","reason":null,"findings":[{"kind":"newField","place":"/a","recorded":null,"now":"string","against":["recording","contract"]}]},"#
                + #"{"number":3,"request":"GET /x","outcome":"unverified","reason":"why","findings":[]}]}]}"#)
    }

    func test_whatIsFoundTwice_isToldOnce() {
        var (one, other) = (finding, finding)
        (one.against, other.against) = ([.recording], [.contract])
        XCTAssertEqual([one, other].merged, [finding])
    }
}
