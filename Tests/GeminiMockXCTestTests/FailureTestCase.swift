// SPDX-License-Identifier: Apache-2.0

import GeminiMockXCTest
import TestSupport
import XCTest

/// What tests of assertions share: failures that are wanted are kept instead of told.
class FailureTestCase: XCTestCase {
    struct Failure: Equatable {
        let text: String
        let line: Int
    }

    /// Nil where failures are none that are wanted.
    private var kept: [Failure]?

    /// The failures of a piece of test.
    func failures(_ body: () throws -> Void) rethrows -> [Failure] {
        kept = []
        defer { kept = nil }
        try body()
        return kept ?? []
    }

    func failures(_ body: () async throws -> Void) async rethrows -> [Failure] {
        kept = []
        defer { kept = nil }
        try await body()
        return kept ?? []
    }

    private func keep(_ text: String, line: Int) -> Bool {
        guard kept != nil else { return false }
        let start = "failed - "
        kept?.append(Failure(text: String(text.trimmingPrefix(start)), line: line))
        return true
    }

    #if canImport(Darwin)
        override func record(_ issue: XCTIssue) {
            let line = issue.sourceCodeContext.location?.lineNumber ?? 0
            if !keep(issue.compactDescription, line: line) { super.record(issue) }
        }
    #else
        override func recordFailure(
            withDescription text: String, inFile file: String, atLine line: Int, expected: Bool
        ) {
            if !keep(text, line: line) {
                super.recordFailure(withDescription: text, inFile: file, atLine: line, expected: expected)
            }
        }
    #endif

    // MARK: Calls

    /// A question to a model; the answer's status.
    @discardableResult
    func ask(
        _ server: MockServer, _ text: String, _ method: String = "generateContent",
        model: String = "gemini-2.5-flash"
    ) throws -> Int {
        try FailureTestCase.ask(server, text, method, model: model)
    }

    /// From any thread.
    static func ask(
        _ server: MockServer, _ text: String, _ method: String = "generateContent",
        model: String = "gemini-2.5-flash"
    ) throws -> Int {
        let body = #"{"contents": [{"role": "user", "parts": [{"text": "\#(text)"}]}]}"#
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST /v1beta/models/\(model):\(method) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try client.receiveAnswer().status
    }

    /// Answers “tulip”, and must.
    let tulips = MockScenario(
        "tulips",
        stubs: [
            MockStub(
                "tulip", when: MockPattern(endpoint: ["generateContent"], lastText: .equals("tulip")),
                replies: [.text("a tulip")], isRequired: true, line: 1)
        ], file: "tulips", line: 1)
}
