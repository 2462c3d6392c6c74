// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract

final class MessageBinderTests: XCTestCase {
    let binder = MessageBinder(package: "google.ai.generativelanguage.v1beta")

    func violations(_ json: String, _ message: String = "GenerateContentRequest") throws
        -> [FieldViolation]
    {
        try XCTUnwrap(binder.bind(makeView(json), to: message), message).violations
    }

    func check(
        _ cases: [(json: String, field: String?, description: String)],
        message: String = "GenerateContentRequest", file: StaticString = #filePath, line: UInt = #line
    ) throws {
        for (json, field, description) in cases {
            XCTAssertEqual(
                try violations(json, message), [FieldViolation(field: field, description: description)], json,
                file: file, line: line
            )
        }
    }

    // MARK: - What is taken

    func test_bind_takesEitherSpelling() throws {
        for json in [
            #"{"systemInstruction": {"parts": [{"text": "a"}]}}"#,
            #"{"system_instruction": {"parts": {"text": "a"}}}"#,
            #"{"contents": {"parts": [{"inlineData": {"mime_type": "audio/mp3", "data": "AAAA"}}]}}"#,
            #"{"contents": {"parts": [{"inline_data": {"mimeType": "audio/mp3", "data": "-__-"}}]}}"#,
            #"{"generation_config": {"responseJsonSchema": {"type": "x"}, "_responseJsonSchema": 1}}"#,
            #"{"generationConfig": {"response_json_schema": [], "response_json_schema_ordered": "s"}}"#,
            #"{"tools": {"function_declarations": {"name": "f", "parameters_json_schema": {"$defs": 1}}}}"#,
            "{'contents': [{parts: [{text: 'a'}, ], }, ]}",
            #"{"system\u005finstruction": {}}"#,
        ] {
            XCTAssertEqual(try violations(json), [], json)
        }
    }

    func test_bind_takesScalarsAsProtoJSONDoes() throws {
        for config in [
            #""topK": 3"#, #""topK": "3""#, #""topK": 3.0"#, #""topK": 3e0"#, #""topK": -1"#,
            #""topK": null"#,
            #""topK": 2147483647"#, #""temperature": 1"#, #""temperature": "0.5""#, #""temperature": "NaN""#,
            #""temperature": "-Infinity""#, #""temperature": 1e38"#, #""responseLogprobs": true"#,
            #""responseLogprobs": "false""#, #""stopSequences": ["a"]"#, #""stopSequences": "a""#,
            #""stopSequences": [["a"], "b", null]"#, #""stopSequences": null"#,
            #""mediaResolution": "MEDIA_RESOLUTION_LOW""#, #""mediaResolution": 1"#,
            #""mediaResolution": "1""#,
            #""mediaResolution": "media-resolution_low""#, #""mediaResolution": 99"#,
            #""responseModalities": "TEXT""#, #""responseModalities": ["text", 2]"#,
            #""responseSchema": {"type": "object", "minItems": "9223372036854775807"}"#,
            #""responseSchema": {"type": "STRING", "default": [1], "example": {"a": null}, "minimum": 1}"#,
            #""thinkingConfig": {"thinkingLevel": "low", "thinkingBudget": "0"}"#,
        ] {
            XCTAssertEqual(try violations(#"{"generationConfig": {\#(config)}}"#), [], config)
        }
    }

    func test_bind_takesWellKnownTypes() throws {
        for metadata in [
            #"{"startOffset": "2s", "endOffset": "1.5s", "fps": 0.5}"#, #"{"start_offset": "-0.000000001s"}"#,
            #"{"startOffset": {"seconds": 2}}"#, #"{"startOffset": null}"#,
        ] {
            let json = #"{"contents": {"parts": [{"text": "a", "videoMetadata": \#(metadata)}]}}"#
            XCTAssertEqual(try violations(json), [], metadata)
        }
        for time in ["2026-08-19T14:34:14Z", "2026-08-19T14:34:14.094797Z", "2026-08-19T14:34:14+02:00"] {
            XCTAssertEqual(
                try violations(#"{"file": {"createTime": "\#(time)"}}"#, "CreateFileRequest"), [], time)
        }
        XCTAssertEqual(
            try violations(#"{"contents": {"parts": [{"functionCall": {"args": {"a": [{"b": 1}]}}}]}}"#), []
        )
        XCTAssertEqual(
            try violations(#"{"file": {"sizeBytes": 5, "display_name": "a"}}"#, "CreateFileRequest"), []
        )
    }

    /// The forms that requests of google-genai for Python, JavaScript and Go, of LangChain, of curl and of older clients
    /// have, each with what is particular to it.
    func test_bind_takesWhatClientsSend() throws {
        for json in [
            // Python mixes the spellings, and writes base64 for URLs.
            #"{"contents": [{"parts": [{"text": "a"}, {"fileData": {"file_uri": "u", "mime_type": "audio/mpeg"}}], "role": "user"}]}"#,
            #"{"contents": [{"parts": [{"inlineData": {"data": "-__-", "mime_type": "audio/wav"}}], "role": "user"}]}"#,
            #"{"contents": [{"parts": [{"thoughtSignature": "-_-_", "functionCall": {"id": "1", "name": "f", "args": {}}}]}]}"#,
            #"{"contents": [], "tools": [{"functionDeclarations": [{"name": "f", "parameters_json_schema": {"x-a": 1}}]}]}"#,
            #"{"contents": [], "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}}}"#,
            #"{"contents": [], "continuationToken": "AAAA", "store": false, "serviceTier": "flex"}"#,
            // Go ends with a line end and has no role, JavaScript writes sizes as strings.
            #"{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"candidateCount":1,"seed":7}}"#
                + "\n",
            #"{"contents": [{"parts": {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": ""}}}]}"#,
            #"{"contents": [{"parts": {"executableCode": {"language": "PYTHON", "code": "1"}, "thoughtSignature": "AA=="}}]}"#,
            #"{"contents": [{"parts": [{"functionResponse": {"name": "f", "response": {"result": [1]}, "parts": [{"inlineData": {"mimeType": "image/png", "data": ""}}]}}], "role": "user"}]}"#,
            // curl, from documentation.
            #"{'contents': [{'parts':[{'text': 'a'},],},],}"#,
            #"{"generation_config": {"response_mime_type": "application/json", "response_schema": {"type": "ARRAY", "items": {"type": "OBJECT", "properties": {"a": {"type": "string"}}}}}}"#,
            #"{"contents": {"parts": {"file_data": {"file_uri": "https://youtu.be/x"}, "video_metadata": {"start_offset": "2s", "fps": 1}}}}"#,
            // Enums by number, as the oldest Python client does.
            #"{"contents": [], "safetySettings": [{"category": 7, "threshold": 4}]}"#,
            #"{"contents": [], "tools": [{"googleSearch": {}}, {"codeExecution": {}}, {"urlContext": {}}, {"google_search_retrieval": {"dynamic_retrieval_config": {"mode": "MODE_DYNAMIC", "dynamic_threshold": 0.3}}}]}"#,
            #"{"contents": [], "generationConfig": {"speechConfig": {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": "Kore"}}}, "responseModalities": ["AUDIO"], "imageConfig": {"aspectRatio": "1:1"}, "thinkingConfig": {"includeThoughts": true, "thinkingLevel": "HIGH"}}}"#,
        ] {
            XCTAssertEqual(try violations(json), [], json)
        }
        XCTAssertEqual(
            try violations(
                #"{"requests": [{"model": "models/x", "content": {"parts": [{"text": "a"}], "role": "user"}, "taskType": "RETRIEVAL_QUERY", "outputDimensionality": 8}]}"#,
                "BatchEmbedContentsRequest"), []
        )
        for file in [
            #"{"mime_type": "audio/mpeg", "size_bytes": 5}"#,
            #"{"mimeType": "audio/mp3", "name": "files/x", "displayName": "a", "sizeBytes": "123"}"#,
            "{'display_name': 'AUDIO'}",
        ] {
            XCTAssertEqual(try violations(#"{"file": \#(file)}"#, "CreateFileRequest"), [], file)
        }
    }

    // MARK: - Together

    func test_violations_areAllTold_inOrderOfText() throws {
        let found = try violations(
            #"""
            {"a": 1, "contents": [{"parts": [{"text": 5}, {"b": {"c": 1}}]}], "generationConfig": {"topK": "x"}, "d": 2}
            """#
        )
        XCTAssertEqual(
            found.map(\.field),
            [nil, "contents[0].parts[0].text", "contents[0].parts[1]", "generation_config.top_k", nil]
        )
    }

    func test_type_followsPackage() throws {
        let bound = try XCTUnwrap(
            MessageBinder(package: "google.ai.generativelanguage.v1").bind(
                makeView(#"{"contents": "x"}"#), to: "CountTokensRequest")
        )
        XCTAssertEqual(
            bound.violations.first?.description,
            #"Invalid value at 'contents' (type.googleapis.com/google.ai.generativelanguage.v1.Content), "x""#
        )
    }

    func test_violations_areBounded() throws {
        let many = Array(repeating: #"{"x":1}"#, count: 5000).joined(separator: ",")
        XCTAssertEqual(try violations(#"{"contents": [\#(many)]}"#).count, 1000)
    }

    func test_echo_isBounded() throws {
        let long = String(repeating: "\u{1}", count: 3_000_000)
        let found = try violations(#"{"contents": "\#(long)", "\#(long)": 1, "x": 1}"#)
        XCTAssertLessThan(found.reduce(0) { $0 + $1.description.utf8.count }, 1 << 20)
        XCTAssertEqual(found.count, 3)
        XCTAssertEqual(found[0].description.last, "…")
        let names = (0..<20).map { #""\#(long.prefix(100_000))\#($0)": 1"# }.joined(separator: ",")
        XCTAssertLessThan(try violations("{\(names)}").count, 12)
    }

    func test_check_throwsAllInOneRefusal() throws {
        let bound = try XCTUnwrap(
            binder.bind(makeView(#"{"x": 1, "contents": 5}"#), to: "CountTokensRequest"))
        let error = refusal { try bound.check() }
        XCTAssertEqual(error?.status, .invalidArgument)
        XCTAssertEqual(error?.message, bound.violations.map(\.description).joined(separator: "\n"))
        XCTAssertEqual(
            error?.details.first?["fieldViolations"],
            .array([
                .object([.init("description", .string(bound.violations[0].description))]),
                .object([
                    .init("field", "contents"),
                    .init("description", .string(bound.violations[1].description)),
                ]),
            ]))
    }

    func test_bind_isNil_forMessagesUnknown() throws {
        XCTAssertNil(binder.bind(try makeView("{}"), to: "Nothing"))
    }

    func test_base64_isFoundByPosition() throws {
        let view = try makeView(
            #"{"contents": [{"parts": [{"inlineData": {"data": "AAAA"}}, {"inlineData": {"data": "AA"}}]}]}"#)
        let bound = try XCTUnwrap(binder.bind(view, to: "GenerateContentRequest"))
        let parts = view["contents"]?.elements.first { _ in true }?["parts"]
        let blobs = parts.map { Array($0.elements) } ?? []
        for blob in blobs {
            let data = try XCTUnwrap(blob["inlineData"]?["data"])
            XCTAssertNotNil(bound.base64.shape(at: data.position))
            XCTAssertNil(bound.base64.shape(at: data.position - 1))
        }
        XCTAssertEqual(blobs.count, 2)
    }
}
