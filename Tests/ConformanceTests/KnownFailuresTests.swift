// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import ScenarioEngine
import XCTest

@testable import Conformance

/// A failure that is known is none, and one that is gone is.
final class KnownFailuresTests: XCTestCase {
    private func known(_ text: String) throws -> KnownFailures {
        try KnownFailures(
            LocatedDocument.read(Array(text.utf8), file: "known.yaml"), file: "known.yaml",
            of: EmbeddedSuites.read())
    }

    private func result(_ id: String, _ verdict: Verdict, failing: [String] = []) throws -> CaseResult {
        CaseResult(
            id: try XCTUnwrap(CaseID(id)), title: "t", severity: .must, source: "s", verdict: verdict,
            checks: failing.map {
                CheckResult(
                    name: $0, severity: .must, expected: "e", outcome: .failed(got: "g", exchange: nil))
            })
    }

    func test_failuresByCaseAndByCheck() throws {
        let known = try known(
            "failures: [{case: SSE-0*, reason: all of them}, {case: ERR-01, check: again, reason: never}]")
        XCTAssertEqual(
            known.judged(try result("SSE-08", .fail, failing: ["a", "b"])).known, .failure("all of them"))
        XCTAssertEqual(known.judged(try result("SSE-10", .fail, failing: ["a"])).known, nil)
        XCTAssertEqual(known.judged(try result("SSE-09", .pass)).known, .stale("all of them"))
        XCTAssertEqual(known.judged(try result("ERR-01", .fail, failing: ["again"])).known, .failure("never"))
        XCTAssertEqual(known.judged(try result("ERR-01", .fail, failing: ["again", "text"])).known, nil)
        XCTAssertEqual(
            known.judged(try result("ERR-01", .fail, failing: ["text"])).known,
            .stale("its check “again” passes: never"))
        XCTAssertEqual(known.judged(try result("SSE-01", .unsupported)).known, nil)
        XCTAssertEqual(known.judged(try result("SSE-01", .harnessError)).known, nil)
    }

    func test_whatVariesMayComeOutEitherWay() throws {
        let known = try known("varying: [{case: SSE-28, reason: time}]")
        XCTAssertEqual(known.judged(try result("SSE-28", .fail, failing: ["a"])).known, .varying("time"))
        XCTAssertEqual(known.judged(try result("SSE-28", .pass)).known, nil)
    }

    func test_unexpectedIsWhatIsNotKnownOrNotTrue() throws {
        let known = try known("failures: [{case: SSE-01, reason: r}, {case: SSE-02, reason: r}]")
        let results = try [
            result("SSE-01", .fail, failing: ["a"]), result("SSE-02", .pass), result("SSE-03", .nonStrict),
            result("SSE-04", .pass),
        ].map { known.judged($0) }
        let report = RunReport(
            client: ClientIdentity(name: "c", driver: "command"), judge: "1", date: "", set: nil, time: .zero,
            cases: results)
        XCTAssertEqual(report.unexpected.map(\.id.description), ["SSE-02", "SSE-03"])
        XCTAssertEqual(known.unused(by: [results[0]]), ["SSE-02"])
    }

    func test_aReasonIsNeeded() {
        XCTAssertThrowsError(try known("failures: [{case: SSE-01}]")) {
            XCTAssertEqual("\($0)", "known.yaml:1:12: an entry needs “reason”")
        }
    }

    /// It would be there for good: what is never run is never told as out of date.
    func test_whatNamesNothingIsAMistake() throws {
        let mistakes = [
            "{case: NOPE-01, reason: r}": "1:19: no suite has a case “NOPE-01”",
            "{case: SSE-O8, reason: r}": "1:19: no suite has a case “SSE-O8” (did you mean SSE-08?)",
            "{case: SSX-*, reason: r}": "1:19: no suite has a case “SSX-*”",
            "{case: SSE-08, check: txt, reason: r}":
                "1:34: no check of the entry’s cases is called “txt” (did you mean text?)",
        ]
        for (entry, mistake) in mistakes {
            XCTAssertThrowsError(try known("failures: [\(entry)]")) {
                XCTAssertEqual("\($0)", "known.yaml:\(mistake)")
            }
            XCTAssertThrowsError(try known("varying:  [\(entry)]")) {
                XCTAssertEqual("\($0)", "known.yaml:\(mistake)")
            }
        }
        // Every case has it.
        _ = try known("failures: [{case: 'SSE-*', check: ends, reason: r}]")
        XCTAssertThrowsError(try known("failures: [{case: NOPE-01}]")) {
            XCTAssertEqual(
                "\($0)",
                "known.yaml:1:12: an entry needs “reason”\nknown.yaml:1:19: no suite has a case “NOPE-01”")
        }
    }
}
