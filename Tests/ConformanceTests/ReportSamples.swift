// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

/// Results for reports to be made of, with things in them that must not become markup.
enum ReportSamples {
    static let hostile = "<script>alert(1)</script>\"'&|`\u{1B}[31m\u{202E}"

    static func result(
        _ id: String, _ verdict: Verdict, _ severity: Severity = .must, known: KnownOutcome? = nil,
        checks: [CheckResult]? = nil
    ) throws -> CaseResult {
        let event = "data: {}\r\n\r\n: keep-alive\r\n\r\n\(hostile)"
        let request = WireExchange.Request(
            method: "POST", target: "/v1/\(hostile)", fields: [HTTPFields.Field("X-Odd", hostile)],
            body: Array(hostile.utf8), at: .milliseconds(5))
        let answer = WireExchange.Answer(
            status: 200, fields: [HTTPFields.Field("Content-Type", "text/event-stream")],
            body: Array(event.utf8), at: .milliseconds(6),
            writes: [
                WireExchange.Write(at: .milliseconds(6), bytes: 12),
                WireExchange.Write(at: .milliseconds(7), bytes: event.utf8.count - 12),
            ], ended: .milliseconds(8))
        let check = CheckResult(
            name: "text", severity: severity, expected: "One",
            outcome: verdict.isBad ? .failed(got: "Two\r\n\(hostile)", exchange: 0) : .passed(got: "One"))
        return CaseResult(
            id: try XCTUnwrap(CaseID(id)), title: "A comment is left out", severity: severity,
            source: "a standard", why: hostile, mark: ": keep-alive", verdict: verdict,
            reason: verdict.isApplicable ? nil : hostile, checks: checks ?? [check],
            wire: [WireExchange(request, answer)], time: .milliseconds(1234), output: hostile, known: known)
    }

    static func report(_ cases: [CaseResult], client: String = "my-client") -> RunReport {
        RunReport(
            client: ClientIdentity(name: client, version: "1.2", driver: "worker"), judge: "0.1",
            date: "2026-11-21T14:35:00Z", set: nil, time: .seconds(3), cases: cases)
    }

    /// One of each kind.
    static func mixed() throws -> RunReport {
        report(
            [
                try result("SSE-01", .pass), try result("SSE-08", .fail),
                try result("SSE-09", .fail, known: .failure(hostile)),
                try result("SSE-17", .nonStrict, .should), try result("UPL-01", .unsupported),
                try result("UPL-02", .harnessError), try result("UPL-03", .pass, known: .stale("a bug")),
            ], client: "my<client>")
    }
}
