// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

/// The rows of CORE 6.4 that need nothing but the request, as whole messages.
final class RequestProblemsTests: XCTestCase {
    private static let part = #""contents": [{"parts": [{"text": "hi"}]}]"#

    private func message(_ json: String, file: StaticString = #filePath, line: UInt = #line) -> String? {
        let error = refusal(file: file, line: line) { try GenerateContentRequest(makeView(json)) }
        XCTAssertEqual(error?.status, .invalidArgument, json, file: file, line: line)
        XCTAssertEqual(error?.details, [], json, file: file, line: line)
        return error?.message
    }

    func test_refusal_isTheValidatorsLine() {
        let function = { (name: String) in
            #"{\#(RequestProblemsTests.part), "tools": [{"functionDeclarations": [{"name": "f"}, {"name": "\#(name)"}]}]}"#
        }
        let config = { (config: String) in
            #"{\#(RequestProblemsTests.part), "generationConfig": {\#(config)}}"#
        }
        let badName =
            "* GenerateContentRequest.tools[0].function_declarations[1].name: Invalid function name. Must start with a "
            + "letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.) or dashes (-), "
            + "with a maximum length of 64.\n"
        let badCategory =
            "element predicate failed: $.category in (HarmCategory.HARM_CATEGORY_HATE_SPEECH, "
            + "HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT, HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT, "
            + "HarmCategory.HARM_CATEGORY_HARASSMENT, HarmCategory.HARM_CATEGORY_CIVIC_INTEGRITY)\n"
        let empty = "required oneof field 'data' must have one initialized field\n"
        for (json, expected) in [
            ("{}", "* GenerateContentRequest.contents: contents is not specified\n"),
            (
                #"{"contents": [{"parts": [{"text": "a"}]}, {"parts": []}]}"#,
                "* GenerateContentRequest.contents[1].parts: contents.parts must not be empty.\n"
            ),
            (
                #"{"contents": [{"parts": {"text": "a"}}, {"parts": [{}, {"text": "b"}, {"thought": true}]}]}"#,
                "* GenerateContentRequest.contents[1].parts[0].data: \(empty)"
                    + "* GenerateContentRequest.contents[1].parts[2].data: \(empty)"
            ),
            (function("1f"), badName), (function("a b"), badName), (function("ä"), badName),
            (function(""), badName),
            (function(String(repeating: "a", count: 65)), badName),
            (
                #"{\#(Self.part), "safetySettings": [{"category": 7}, {"category": "HARM_CATEGORY_MEDICAL"}]}"#,
                "* GenerateContentRequest.safety_settings[1]: \(badCategory)"
            ),
            (
                #"{\#(Self.part), "safety_settings": {"threshold": "OFF"}}"#,
                "* GenerateContentRequest.safety_settings[0]: \(badCategory)"
            ),
            (
                config(#""responseSchema": {"type": "STRING"}"#),
                "* GenerateContentRequest.generation_config.response_schema: "
                    + "only allowed when response mime_type is 'application/json'\n"
            ),
            (
                config(#""responseJsonSchema": {"type": "string"}, "responseMimeType": "text/plain""#),
                "* GenerateContentRequest.generation_config.response_json_schema: "
                    + "only allowed when response mime_type is 'application/json'\n"
            ),
            (
                config(#""responseMimeType": "image/png""#),
                "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are `text/plain`, "
                    + "`application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n"
            ),
            (
                config(#""temperature": 2.1"#),
                "* GenerateContentRequest.generation_config.temperature: "
                    + "temperature must be in the range [0.0, 2.0].\n"
            ),
            (
                config(#""maxOutputTokens": -1"#),
                "* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be positive.\n"
            ),
            (
                config(#""stopSequences": ["1", "2", "3", "4", "5", "6"]"#),
                "* GenerateContentRequest.generation_config.stop_sequences: "
                    + "the number of stop_sequences must not exceed 5\n"
            ),
        ] {
            XCTAssertEqual(message(json), expected, json)
        }
    }

    func test_refusal_isAboutTheMeaning_whereNoLineIs() {
        for (members, expected) in [
            (
                #""contents": [{"role": "assistant", "parts": {"text": "a"}}]"#,
                "Please use a valid role: user, model."
            ),
            (
                #""contents": [{"role": "system", "parts": {"text": "a"}}]"#,
                "Content with system role is not supported.\nPlease use a valid role: user, model."
            ),
            (
                #"\#(Self.part), "generationConfig": {"candidateCount": 9}"#,
                "The value of candidateCount must be between 1 and 8 inclusive, but 9 was given."
            ),
        ] {
            XCTAssertEqual(message("{\(members)}"), expected, members)
        }
        for member in [
            #""systemInstruction": {"parts": {"text": "a"}}"#, #""tools": [{}]"#, #""tool_config": {}"#,
        ] {
            XCTAssertEqual(
                refusal {
                    try GenerateContentRequest(
                        makeView(#"{\#(Self.part), "cachedContent": "x", \#(member)}"#))
                },
                .cachedContentClash, member
            )
        }
        // The validator speaks first, and of everything.
        XCTAssertEqual(
            message(#"{"contents": [{"role": "x", "parts": []}], "generationConfig": {"temperature": -1}}"#),
            "* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n"
                + "* GenerateContentRequest.generation_config.temperature: "
                + "temperature must be in the range [0.0, 2.0].\n"
        )
    }

    func test_refusal_isNil_whereNothingIsWrong() throws {
        for members in [
            #""safetySettings": [{"category": "HARM_CATEGORY_HARASSMENT"}, {"category": 11}, {"category": "8"}]"#,
            #""safetySettings": {"category": "harm_category_hate_speech", "threshold": "OFF"}, "cachedContent": """#,
            #""tools": [{"functionDeclarations": [{"name": "_a.b-C9"}, {"name": "x"}]}, {"googleSearch": {}}]"#,
            #""generationConfig": {"responseSchema": {}, "responseMimeType": "text/x.enum", "temperature": 2}"#,
            #""generationConfig": {"responseMimeType": "application/json", "maxOutputTokens": 0, "topK": 1}"#,
        ] {
            var problems = RequestProblems(message: "GenerateContentRequest")
            _ = GenerateContentRequest(try makeView("{\(Self.part), \(members)}"), &problems)
            XCTAssertNil(problems.refusal, members)
        }
    }

    func test_request_isRead_whateverIsWrong() throws {
        var problems = RequestProblems(message: "GenerateContentRequest")
        let request = GenerateContentRequest(
            try makeView(
                #"{"generationConfig": {"candidateCount": 99, "stopSequences": ["1", "2", "3", "4", "5", "6"]}}"#
            ),
            &problems
        )
        XCTAssertNotNil(problems.refusal)
        XCTAssertEqual(request.contents.map(\.parts.count), [0])
        XCTAssertEqual(request.config.candidateCount, 8)
        XCTAssertEqual(request.config.stopSequences.count, 5)
    }

    func test_lines_areBounded() throws {
        let parts = Array(repeating: "{}", count: 5000).joined(separator: ",")
        let lines = message(#"{"contents": [{"parts": [\#(parts)]}]}"#)?.split(separator: "\n")
        XCTAssertEqual(lines?.count, 1000)
    }
}
