// SPDX-License-Identifier: Apache-2.0

import Conformance
import ConformanceServer
import HTTPWire
import XCTest

@testable import GeminiConformance

/// What an adapter in Swift tells, in the protocol's words.
final class AdapterCallTests: XCTestCase {
    private struct Adapter: ClientUnderTest {
        let body: @Sendable (ConformanceStep) throws -> StepResult

        func perform(_ step: ConformanceStep) async throws -> StepResult { try body(step) }
    }

    private func outcome(
        _ id: String = "SSE-23", _ body: @escaping @Sendable (ConformanceStep) throws -> StepResult
    ) throws -> ClientOutcome {
        let found = try XCTUnwrap(
            EmbeddedSuites.read().flatMap(\.cases).first { $0.id.description == id }, "no \(id)")
        let address = CaseAddress(baseURL: "http://127.0.0.1:9", key: "k", start: 0, name: "x")
        let job = CaseJob(found, at: address, folder: "/tmp", paths: [:], time: .seconds(5))
        return AdapterCall.outcome(of: job, Adapter(body: body))
    }

    func testStepsAreDoneInOrder() throws {
        let outcome = try outcome { step in
            XCTAssertEqual(step.verb, .stream)
            var result = StepResult(text: step.text, finishReason: "STOP", more: #"{"chunks": 3}"#)
            result.usage = ["totalTokenCount": 5]
            result.isTruncated = false
            result.tokens = step.previous
            return result
        }
        let common: [JSON.Member] = [JSON.Member("finish_reason", "STOP")]
        let end = [JSON.Member("truncated", false), JSON.Member("chunks", 3)]
        let usage = JSON.Member("usage", ["totalTokenCount": 5])
        XCTAssertEqual(
            outcome,
            .finished([
                .object(
                    [JSON.Member("ok", true), JSON.Member("text", "What is 40 + 2?")] + common + [usage] + end
                ),
                .object(
                    [JSON.Member("ok", true), JSON.Member("text", "And one more?")] + common
                        + [usage, JSON.Member("tokens", 0)] + end),
            ]))
    }

    func testAFailureEndsTheCase() throws {
        struct Odd: Error {}
        let known = try outcome { _ in
            throw StepFailure(
                kind: "api", message: "no", http: 429, status: "RESOURCE_EXHAUSTED",
                partial: StepResult(text: "One"))
        }
        XCTAssertEqual(
            known,
            .finished([
                [
                    "ok": false,
                    "error": ["class": "api", "message": "no", "http": 429, "status": "RESOURCE_EXHAUSTED"],
                    "text": "One",
                ]
            ]))
        let other = try outcome { _ in throw Odd() }
        XCTAssertEqual(other, .finished([["ok": false, "error": ["class": "Odd", "message": "Odd()"]]]))
    }

    func testWhatAClientCannotDoIsUnsupported() throws {
        XCTAssertEqual(try outcome { _ in throw UnsupportedStep("no streams") }, .unsupported("no streams"))
    }
}
