// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

/// The files about refusals, and about what a model says.
extension ScenarioLibraryTests {
    // MARK: Refusals

    var refusals: Plays {
        [
            "rate-limit-then-success": { [self] server in
                let refused = try ask(server)
                XCTAssertEqual(refused.status, 429)
                XCTAssertEqual(refused.at("error/status"), "RESOURCE_EXHAUSTED")
                XCTAssertEqual(
                    refused.at("error/details/2"),
                    #"{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.200s"}"#)
                XCTAssertTrue(
                    refused.at("error/details/1/violations/0/quotaId")?.contains("PerMinute") ?? false)
                for _ in 0..<2 {
                    XCTAssertEqual(try ask(server, "Why").said, "Answered after waiting. You asked: Why")
                }
            },
            "overloaded-then-success": { [self] server in
                for _ in 0..<2 {
                    let refused = try ask(server)
                    XCTAssertEqual(refused.status, 503)
                    XCTAssertEqual(refused.at("error/status"), "UNAVAILABLE")
                    XCTAssertNil(refused.at("error/details"))
                }
                XCTAssertEqual(try ask(server).said, "Answered at the third attempt.")
            },
            "daily-quota": { [self] server in
                for _ in 0..<3 {
                    let refused = try ask(server)
                    XCTAssertEqual(refused.status, 429)
                    XCTAssertTrue(
                        refused.at("error/details/1/violations/0/quotaId")?.contains("PerDay") ?? false)
                }
                XCTAssertEqual(try get(server, "models").status, 200)
            },
            "key-invalid": { [self] server in
                for answer in [try ask(server), try get(server, "models"), try upload(server, "audio/mpeg")] {
                    XCTAssertEqual(answer.status, 400)
                    XCTAssertEqual(answer.at("error/details/0/reason"), "API_KEY_INVALID")
                }
            },
            "region-unsupported": { [self] server in
                for answer in [try ask(server), try get(server, "models")] {
                    XCTAssertEqual(answer.status, 400)
                    XCTAssertEqual(answer.at("error/status"), "FAILED_PRECONDITION")
                    XCTAssertEqual(
                        answer.at("error/message"), "User location is not supported for the API use.")
                }
            },
            "token-overflow": { [self] server in
                let count = try ask(server, "Tell me everything", method: "countTokens")
                XCTAssertEqual(count.at("totalTokens"), "1200000")
                let refused = try ask(server, "Tell me everything")
                XCTAssertEqual(refused.status, 400)
                XCTAssertTrue(refused.at("error/message")?.contains("exceeds the maximum") ?? false)
                XCTAssertEqual(try ask(server, "Tell me something", method: "countTokens").status, 200)
                XCTAssertEqual(try ask(server, "Tell me something").status, 200)
            },
            "gateway-page": { [self] server in
                let page = try ask(server)
                XCTAssertEqual(page.status, 502)
                XCTAssertTrue(page["content-type"]?.hasPrefix("text/html") ?? false)
                XCTAssertTrue(page.text.hasPrefix("<!DOCTYPE html>"), page.text)
                XCTAssertEqual(try ask(server).said, "Answered by the service itself.")
            },
        ]
    }

    // MARK: Answers

    var answers: Plays {
        [
            "safety-block": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(answer.at("candidates/0/finishReason"), "SAFETY")
                XCTAssertEqual(answer.at("candidates/0/content"), "{}")
                XCTAssertEqual(answer.at("candidates/0/safetyRatings/0/blocked"), "true")
                XCTAssertEqual(try stream(server).last?.at("candidates/0/finishReason"), "SAFETY")
            },
            "blocked-prompt": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(answer.at("promptFeedback/blockReason"), "PROHIBITED_CONTENT")
                XCTAssertNil(answer.at("candidates"))
            },
            "max-tokens": { [self] server in
                let cut = try ask(server)
                XCTAssertEqual(cut.at("candidates/0/finishReason"), "MAX_TOKENS")
                XCTAssertEqual(cut.said, "There are three things to consider. First, the")
                let silent = try ask(server, "Please think well")
                XCTAssertEqual(silent.at("candidates/0/finishReason"), "MAX_TOKENS")
                XCTAssertEqual(silent.at("candidates/0/content"), #"{"role":"model"}"#)
                XCTAssertEqual(silent.at("usageMetadata/thoughtsTokenCount"), "1021")
            },
            "recitation": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(answer.at("candidates/0/finishReason"), "RECITATION")
                XCTAssertEqual(answer.at("candidates/0/content"), "{}")
                XCTAssertEqual(try ask(server).said, "In my own words, then.")
            },
            "empty-candidates": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.status, 200)
                XCTAssertNil(answer.at("candidates"))
                XCTAssertNil(answer.at("promptFeedback"))
                XCTAssertNotNil(answer.at("usageMetadata/promptTokenCount"))
                XCTAssertEqual(try ask(server).said, "Here I am.")
            },
            "unknown-enum": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.at("candidates/0/finishReason"), "SOMETHING_NEW")
                XCTAssertEqual(
                    answer.at("candidates/0/safetyRatings"),
                    #"[{"category":"HARM_CATEGORY_SOMETHING_NEW","probability":"SOMEWHAT"}]"#)
                XCTAssertEqual(answer.said, "A text that ends for a new reason.")
            },
            "json-in-a-code-fence": { [self] server in
                let json = #", "generationConfig": {"responseMimeType": "application/json"}"#
                XCTAssertEqual(try ask(server, "Hello", json).said, "```json\n{\"mood\": \"happy\"}\n```")
                let cut = try ask(server, "Hello", json)
                XCTAssertEqual(cut.said, #"{"mood": "hap"#)
                XCTAssertEqual(cut.at("candidates/0/finishReason"), "MAX_TOKENS")
                XCTAssertEqual(try ask(server, "Hello", json).said, #"{"mood":"happy"}"#)
            },
            "slow-stream": { [self] server in
                let texts = try stream(server).map { $0.at("candidates/0/content/parts/0/text") ?? "" }
                XCTAssertEqual(texts.count, 5)
                XCTAssertEqual(texts.joined(), "Bonjour ! Un café 👩‍🚀 ?")
                XCTAssertEqual(texts.last?.unicodeScalars.first, "\u{200D}")
            },
            "conversation-with-state": { [self] server in
                let said = try ["pay", "order", "order", "Pay!", "order", "pay"].map {
                    try ask(server, $0).said
                }
                XCTAssertEqual(
                    said,
                    [
                        "What would you like to order?", "Ordered. Please pay.",
                        "What would you like to order?", "Thank you.", "It is on its way.",
                        "It is on its way.",
                    ])
                XCTAssertEqual(
                    try ask(server, "I order", key: otherKey("second")).said, "Ordered. Please pay.")
            },
        ]
    }

    // MARK: Functions

    private var declared: String {
        #", "tools": [{"functionDeclarations": [{"name": "get_weather"}, {"name": "get_time"}]}]"#
    }

    private func results(_ server: MockServer, _ names: [String]) throws -> RawAnswer {
        let calls = names.map { #"{"functionCall": {"name": "\#($0)", "args": {}}}"# }
        let results = names.map { #"{"functionResponse": {"name": "\#($0)", "response": {"result": 1}}}"# }
        let contents = [
            #"{"role": "user", "parts": [{"text": "Hello"}]}"#,
            #"{"role": "model", "parts": [\#(calls.joined(separator: ", "))]}"#,
            #"{"role": "user", "parts": [\#(results.joined(separator: ", "))]}"#,
        ]
        return try post(
            server, "/v1beta/models/gemini-2.5-flash:generateContent",
            #"{"contents": [\#(contents.joined(separator: ", "))]\#(declared)}"#)
    }

    var functions: Plays {
        [
            "malformed-function-call": { [self] server in
                let answer = try ask(server, "Weather?", declared)
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(answer.at("candidates/0/finishReason"), "MALFORMED_FUNCTION_CALL")
                XCTAssertNil(answer.at("candidates/0/content/parts"))
                let again = try ask(server, "Weather?", declared)
                XCTAssertEqual(again.at("candidates/0/content/parts/0/functionCall/name"), "get_weather")
                XCTAssertEqual(try results(server, ["get_weather"]).said, "It is mild in Paris.")
            },
            "parallel-function-calls": { [self] server in
                let answer = try ask(server, "Weather and time?", declared)
                XCTAssertEqual(answer.at("candidates/0/content/parts/0/functionCall/name"), "get_weather")
                XCTAssertEqual(answer.at("candidates/0/content/parts/1/functionCall/name"), "get_time")
                XCTAssertNil(answer.at("candidates/0/content/parts/2"))
                XCTAssertEqual(
                    try results(server, ["get_weather", "get_time"]).said, "It is noon in Paris, and sunny.")
            },
        ]
    }
}
