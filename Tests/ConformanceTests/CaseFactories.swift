// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import HTTPWire
import XCTest

@testable import Conformance

/// What tests of the judge are made of: cases, exchanges, evidence.
extension ConformanceCase {
    /// A case with some checks, read from YAML as a suite's file has them.
    static func make(
        checks: String = "[{name: a, requests: 1}]", severity: String = "MUST", more: String = "",
        task: String = "[{do: generate, text: Hello}]"
    ) throws -> ConformanceCase {
        let suite = try EmbeddedSuites.suite(
            Array(text(checks, severity, more, task).utf8), file: "made.yaml")
        return try XCTUnwrap(suite.cases.first)
    }

    static func text(_ checks: String, _ severity: String, _ more: String, _ task: String) -> String {
        """
        suite: TST
        title: Made for tests
        cases:
          - id: TST-01
            title: A test
            severity: \(severity)
            source: here
            \(more)
            server: {stubs: [{name: all, replies: [{builtIn: true}]}]}
            task: \(task)
            checks: \(checks)
        """
    }
}

extension WireExchange {
    /// A request to generateContent that was answered, unless it is said otherwise. Times are in milliseconds.
    static func make(
        _ method: String = "POST", _ target: String = "/t/TST-01.1/v1beta/models/m:generateContent",
        fields: [HTTPFields.Field] = [], body: String = "{}", at: Int = 0, status: Int = 200,
        answered: Int? = nil,
        ended: Int? = nil, ending: DeliveryEnding? = .complete, writes: [WireExchange.Write] = []
    ) -> WireExchange {
        WireExchange(
            Request(
                method: method, target: target, fields: fields, body: Array(body.utf8), at: .milliseconds(at)),
            Answer(
                status: status, at: .milliseconds(answered ?? at), writes: writes,
                ended: ending == nil ? nil : .milliseconds(ended ?? answered ?? at), ending: ending))
    }
}

extension Evidence {
    static func make(
        _ exchanges: [WireExchange] = [], _ outcome: ClientOutcome = .finished([["ok": true]]),
        output: String = ""
    ) -> Evidence {
        Evidence(
            log: WireLog(exchanges), outcome: outcome,
            address: CaseAddress(baseURL: "http://127.0.0.1:1", key: "the-key", start: 0, name: "TST-01.1"),
            output: output)
    }
}

/// What comes of one check, as a word and what was seen.
func judged(_ check: String, _ evidence: Evidence) throws -> String {
    let made = try ConformanceCase.make(checks: "[\(check)]")
    let result = try XCTUnwrap(made.checks.first).result(evidence)
    switch result.outcome {
    case .passed(let got): return "passed: \(got)"
    case .failed(let got, let exchange): return "failed\(exchange.map { " at \($0)" } ?? ""): \(got)"
    case .notObserved(let why): return "not observed: \(why)"
    }
}
