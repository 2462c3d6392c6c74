// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock
@testable import ScenarioEngine

/// Each condition of `when`, with a request that fits it and one that doesn't.
extension ScenarioServingTests {
    private struct Sent {
        var target = "/v1beta/models/gemini-2.5-flash:generateContent"
        var body = hello
        var fields = ""
        var key = "made-up"

        static let hello = #"{"contents": [{"role": "user", "parts": [{"text": "Hello"}]}]}"#

        /// A question with more members of the body.
        static func with(_ members: String) -> Sent { Sent(body: "\(hello.dropLast()), \(members)}") }

        /// Turns of a conversation, as JSON.
        static func turns(_ parts: String...) -> Sent {
            let roles = parts.indices.map { $0 % 2 == 0 ? "user" : "model" }
            let contents = zip(roles, parts).map { #"{"role": "\#($0)", "parts": [\#($1)]}"# }
            return Sent(body: #"{"contents": [\#(contents.joined(separator: ", "))]}"#)
        }

        static func upload(_ type: String, _ bytes: String) -> Sent {
            Sent(
                target: "/upload/v1beta/files", body: bytes,
                fields: "X-Goog-Upload-Protocol: raw\r\nContent-Type: \(type)\r\n")
        }
    }

    private struct Example {
        /// A field of `when`, and what it asks for.
        let field: String
        let condition: String
        /// What doesn't fit, sent first; and why.
        let miss: Sent
        let why: String
        /// What fits.
        let match: Sent
        /// What changes the state in between.
        var between: Sent?

        var pattern: String { "\(field): \(condition)" }
    }

    private var examples: [Example] {
        let call = #"{"functionCall": {"name": "f", "args": {}}}"#
        let result = #"{"functionResponse": {"name": "f", "response": {"a": 1}}}"#
        return [
            Example(
                field: "endpoint", condition: "countTokens", miss: Sent(),
                why: "endpoint: expected countTokens, got generateContent",
                match: Sent(target: "/v1beta/models/gemini-2.5-flash:countTokens")),
            Example(
                field: "model", condition: "gemini-3*-pro*", miss: Sent(),
                why: "model: expected gemini-3*-pro*, got gemini-2.5-flash",
                match: Sent(target: "/v1/models/gemini-3.1-pro-preview:generateContent")),
            // What keys are isn't told.
            Example(
                field: "tenant", condition: "{glob: team-a-*}", miss: Sent(key: "team-b-1"),
                why: "tenant: expected a certain value, got another value", match: Sent(key: "team-a-1")),
            Example(
                field: "header", condition: "{x-user: ann}", miss: Sent(fields: "X-User: bob\r\n"),
                why: "header x-user: expected the text “ann”, got “bob”",
                match: Sent(fields: "x-USER: ann\r\n")),
            Example(
                field: "query", condition: "{alt: {matches: ^js}}", miss: Sent(),
                why: "query alt: expected ",
                match: Sent(target: "/v1beta/models/gemini-2.5-flash:generateContent?alt=json")),
            Example(
                field: "system", condition: "pirate", miss: Sent(),
                why: "system: expected a text with “pirate”, got no system instruction",
                match: .with(#""systemInstruction": {"parts": [{"text": "You are a pirate."}]}"#)),
            Example(
                field: "lastText", condition: "{equals: Bye}", miss: Sent(),
                why: "lastText: expected the text “Bye”, got “Hello”", match: .turns(#"{"text": "Bye"}"#)),
            Example(
                field: "body", condition: "{generationConfig: {topK: 5}}",
                miss: .with(#""generationConfig": {"topK": 6}"#),
                why: "body: expected the number 5 at /generationConfig/topK, got the number 6",
                match: .with(#""generationConfig": {"topK": 5, "topP": 1}"#)),
            Example(
                field: "pointers", condition: "[{at: /contents/0/parts/0/text, matches: ^B}]", miss: Sent(),
                why: "pointer “/contents/0/parts/0/text”: expected a text that matches “^B”, got “Hello”",
                match: .turns(#"{"text": "Bye"}"#)),
            Example(
                field: "schema", condition: "{required: [systemInstruction]}", miss: Sent(),
                why: "schema: expected ", match: .with(#""systemInstruction": {"parts": [{"text": "x"}]}"#)),
            Example(
                field: "tool", condition: "get_weather",
                miss: .with(#""tools": [{"functionDeclarations": [{"name": "get_time"}]}]"#),
                why: "tool get_weather: expected a declaration of “get_weather”, got declared: get_time",
                match: .with(#""tools": [{"functionDeclarations": [{"name": "get_weather"}]}]"#)),
            Example(
                field: "functionResponse", condition: "f", miss: Sent(),
                why: "functionResponse: expected the result of “f”, got no result",
                match: .turns(#"{"text": "Hello"}"#, call, result)),
            Example(
                field: "turn", condition: "2", miss: Sent(), why: "turn: expected turn 2, got turn 1",
                match: .turns(#"{"text": "a"}"#, #"{"text": "b"}"#, #"{"text": "c"}"#)),
            Example(
                field: "file", condition: "{mimeType: audio/*, size: {max: 4B}}",
                miss: .upload("audio/mpeg", "hello"), why: "file: expected ",
                match: .upload("audio/mpeg", "hell")),
            Example(
                field: "inlineBytes", condition: "{min: 5, max: 6}", miss: Sent(),
                why: "inlineBytes: expected ",
                match: .turns(#"{"inlineData": {"mimeType": "text/plain", "data": "aGVsbG8="}}"#)),
            Example(
                field: "stream", condition: "true", miss: Sent(),
                why: "stream: expected a stream, got no stream",
                match: Sent(target: "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")),
            Example(
                field: "step", condition: "whole", miss: Sent(), why: "step: expected whole, got no upload",
                match: .upload("text/plain", "hello")),
            Example(
                field: "call", condition: "2", miss: Sent(), why: "call: expected ", match: Sent()),
            Example(
                field: "state", condition: "{door: open}", miss: Sent(),
                why: "state door: expected “open”, got “shut”", match: Sent(),
                between: Sent(fields: "X-Opens: door\r\n")),
        ]
    }

    /// Each stub wants headers of its own, so that the others are far off, and answers with its name.
    private func scenario(_ examples: [Example]) -> String {
        let stubs = examples.map { example in
            let headers = "x-case: \(example.field), x-same-case: \(example.field)"
            let pattern =
                example.field == "header"
                ? "header: {\(headers), x-user: ann}"
                : "header: {\(headers)}, \(example.pattern)"
            return
                "  - {name: \(example.field), when: {\(pattern)}, replies: [{body: {fits: \(example.field)}}]}\n"
        }
        let opener =
            "  - {name: opener, when: {header: {x-opens: door}}, "
            + "replies: [{body: {fits: opener}, set: {door: open}}]}\n"
        return
            "name: matchers\nstates: {door: [shut, open]}\nstubs:\n\(stubs.joined())\(examples.contains { $0.between != nil } ? opener : "")"
    }

    func test_everyMatcher_hasAnExample() {
        XCTAssertEqual(examples.map(\.field).sorted(), MatcherTable.entries.map(\.field).sorted())
    }

    func test_everyMatcher_choosesByWhatIsSent() throws {
        func play(_ examples: [Example]) throws -> MockServer {
            try serve(MockScenario(path: try file(scenario(examples)).path)) { $0.refusesUnmatched = true }
        }
        let all = try play(examples)
        for example in examples {
            // What is meant for another method is never near where something else is.
            let server = ["endpoint", "step"].contains(example.field) ? try play([example]) : all
            func send(_ sent: Sent) throws -> RawAnswer {
                try post(
                    server, sent.target, sent.body, key: sent.key,
                    "X-Case: \(example.field)\r\nX-Same-Case: \(example.field)\r\n\(sent.fields)")
            }
            let missed = try send(example.miss)
            XCTAssertEqual(missed.status, 400, "\(example.pattern): \(missed.text)")
            XCTAssertEqual(missed.at("error/details/0/reason"), "NO_STUB_MATCHES", example.pattern)
            let nearest = (missed.at("error/message") ?? "").components(separatedBy: "\n").dropFirst()
            XCTAssertTrue(nearest.first?.hasPrefix("1. “\(example.field)” (") ?? false, "\(nearest)")
            let reasons = nearest.dropFirst().prefix { $0.hasPrefix("  ") }
            XCTAssertTrue(reasons.contains { $0.hasPrefix("  ✗ \(example.why)") }, "\(nearest)")

            if let between = example.between { XCTAssertEqual(try send(between).at("fits"), "opener") }
            let matched = try send(example.match)
            XCTAssertEqual(matched.status, 200, "\(example.pattern): \(matched.text)")
            XCTAssertEqual(
                matched.at("fits") ?? matched.events.first?.at("fits"), example.field, matched.text)
        }
    }
}
