// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class AnswerShapeTests: XCTestCase {
    private static let answer = #"""
        {"candidates": [{"content": {"parts": [{"text": "a", "functionCall": {"args": {"x": {"y": 1}}}}], "role": "model"},
        "finishReason": "STOP", "index": 0}, {"finishReason": "MALFORMED_RESPONSE", "index": 1}],
        "usageMetadata": {"totalTokenCount": 5, "promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 3}]},
        "responseId": "r", "somethingNew": 1}
        """#

    private func shaped(_ query: String, style: JSONStyle = .compact) throws -> String? {
        try AnswerShape(query: RequestTarget("/?\(query)").query, message: "GenerateContentResponse").map {
            makeText($0.applied(to: Array(AnswerShapeTests.answer.utf8), style: style))
        }
    }

    func test_init_isNil_whereNothingIsAsked() throws {
        for query in ["", "alt=json", "alt=sse&key=k", "prettyPrint=true", "fields=", "$alt=json"] {
            XCTAssertNil(try shaped(query), query)
        }
        XCTAssertNil(try AnswerShape(query: RequestTarget("/?prettyPrint=false").query, message: ""))
    }

    func test_fields_areThoseAskedFor() throws {
        for (fields, expected) in [
            ("responseId", #"{"responseId":"r"}"#), ("response_id", #"{"responseId":"r"}"#),
            ("candidates.index", #"{"candidates":[{"index":0},{"index":1}]}"#),
            ("candidates/index,responseId", #"{"candidates":[{"index":0},{"index":1}],"responseId":"r"}"#),
            (
                "candidates(content/parts/text,finishReason)",
                #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"},"#
                    + #"{"finishReason":"MALFORMED_RESPONSE"}]}"#
            ),
            ("usageMetadata(totalTokenCount)", #"{"usageMetadata":{"totalTokenCount":5}}"#),
            (
                "usageMetadata.totalTokenCount,usageMetadata.totalTokenCount",
                #"{"usageMetadata":{"totalTokenCount":5}}"#
            ),
            (
                "*/totalTokenCount",
                #"{"candidates":[{},{}],"usageMetadata":{"totalTokenCount":5},"responseId":"r"}"#
            ),
            (
                "candidates.content.parts.functionCall.args.x",
                #"{"candidates":[{"content":{"parts":[{"functionCall":{"args":{"x":{"y":1}}}}]}},{}]}"#
            ),
            (
                "usageMetadata,usageMetadata/totalTokenCount",
                #"{"usageMetadata":{"totalTokenCount":5,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":3}]}}"#
            ),
        ] {
            XCTAssertEqual(try shaped("fields=\(fields)"), expected, fields)
            XCTAssertEqual(try shaped("$fields=\(fields)"), expected, fields)
        }
    }

    func test_fields_areRefused_whereThereAreNone() {
        for (fields, path) in [
            ("nothing", "nothing"), ("candidates.nothing", "candidates.nothing"),
            ("responseId.x", "responseId.x"),
            ("candidates(", "candidates("), ("a,,b", "a,,b"), (",", ","), ("candidates)", "candidates)"),
            (String(repeating: "candidates(", count: 5000), String(repeating: "candidates(", count: 5000)),
        ] {
            let error = refusal { try shaped("fields=\(fields)") as Any }
            XCTAssertEqual(error?.message, "Request contains an invalid argument.")
            XCTAssertEqual(
                error?.details.first?["fieldViolations"],
                [
                    [
                        "field": .string(path),
                        "description": .string(
                            "Error expanding 'fields' parameter. Cannot find matching fields for path '\(path)'."
                        ),
                    ]
                ]
            )
        }
    }

    func test_prettyPrint_canBeSwitchedOff() throws {
        XCTAssertEqual(
            try shaped("prettyPrint=false&fields=responseId", style: .pretty), #"{"responseId":"r"}"#)
        XCTAssertEqual(
            try shaped("fields=responseId", style: .pretty), "{\n  \"responseId\": \"r\"\n}")
        XCTAssertEqual(
            try shaped("prettyPrint=false&fields=responseId", style: .singleLine), #"{"responseId": "r"}"#)
    }

    func test_enums_canBeNumbers() throws {
        let query =
            "$alt=json%3Benum-encoding%3Dint&fields=candidates.finishReason,usageMetadata.promptTokensDetails"
        XCTAssertEqual(
            try shaped(query),
            #"{"candidates":[{"finishReason":1},{"finishReason":"MALFORMED_RESPONSE"}],"#
                + #""usageMetadata":{"promptTokensDetails":[{"modality":4,"tokenCount":3}]}}"#
        )
    }

    func test_applied_leavesWhatIsNoJSON() throws {
        let shape = try AnswerShape(
            query: RequestTarget("/?prettyPrint=false").query, message: "GenerateContentResponse")
        XCTAssertEqual(shape?.applied(to: Array("x".utf8), style: .pretty), Array("x".utf8))
    }
}
