// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract

final class MessageBinderTests: XCTestCase {
    private let binder = MessageBinder(package: "google.ai.generativelanguage.v1beta")

    private func violations(_ json: String, _ message: String = "GenerateContentRequest") throws
        -> [FieldViolation]
    {
        try XCTUnwrap(binder.bind(makeView(json), to: message), message).violations
    }

    private func check(
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

    // MARK: - The rows of CORE 6.3

    func test_unknownName_tellsWhere() throws {
        try check([
            (
                #"{"google": {}}"#, nil,
                #"Invalid JSON payload received. Unknown name "google": Cannot find field."#
            ),
            (
                #"{"contents": [{"parts": []}, {"parts": [{}, {"txt": "a"}]}]}"#, "contents[1].parts[1]",
                #"Invalid JSON payload received. Unknown name "txt" at 'contents[1].parts[1]': Cannot find field."#
            ),
            (
                #"{"generationConfig": {"Top_K": 1}}"#, "generation_config",
                #"Invalid JSON payload received. Unknown name "Top_K" at 'generation_config': Cannot find field."#
            ),
            (
                #"{"contents": {"parts": {"text": "a", "x": 1}}}"#, "contents.parts",
                #"Invalid JSON payload received. Unknown name "x" at 'contents.parts': Cannot find field."#
            ),
            (
                #"{"": 1}"#, nil,
                #"Invalid JSON payload received. Unknown name "": Proto fields must have a name."#
            ),
            (
                "[]", nil, #"Invalid JSON payload received. Unknown name "": Root element must be a message."#
            ),
        ])
    }

    func test_path_countsEntriesOfMaps() throws {
        let place = "tools[0].function_declarations[1].parameters.properties[2].value.any_of[0]"
        let schema = #"{"properties": {"a": {}, "b": {"type": "STRING"}, "c": {"anyOf": [{"const": 1}]}}}"#
        try check([
            (
                #"{"tools": [{"functionDeclarations": [{}, {"parameters": \#(schema)}]}]}"#, place,
                #"Invalid JSON payload received. Unknown name "const" at '\#(place)': Cannot find field."#
            )
        ])
    }

    func test_list_isRefused_whereOneIsTaken() throws {
        try check([
            (
                #"{"generationConfig": {"responseSchema": {"type": ["STRING", "NULL"]}}}"#,
                "generation_config.response_schema",
                #"Invalid JSON payload received. Unknown name "type" at 'generation_config.response_schema': "#
                    + "Proto field is not repeating, cannot start list."
            ),
            (
                #"{"systemInstruction": []}"#, nil,
                #"Invalid JSON payload received. Unknown name "systemInstruction": "#
                    + "Proto field is not repeating, cannot start list."
            ),
            (
                #"{"contents": {"parts": [{"functionResponse": {"response": [1]}}]}}"#,
                "contents.parts[0].function_response",
                #"Invalid JSON payload received. Unknown name "response" at 'contents.parts[0].function_response': "#
                    + "Proto field is not repeating, cannot start list."
            ),
            (
                #"{"tools": {"functionDeclarations": {"parameters": {"properties": []}}}}"#,
                "tools.function_declarations.parameters",
                "Invalid value at 'tools.function_declarations.parameters' (Map), "
                    + "Cannot bind a list to map for field 'properties'."
            ),
        ])
    }

    func test_object_isRefused_whereScalarIsTaken() throws {
        try check([
            (
                #"{"contents": [{"parts": [{"text": {"a": 1}}]}]}"#, "contents[0].parts[0]",
                "Invalid value at 'contents[0].parts[0]' (text), Starting an object on a scalar field"
            ),
            (
                #"{"cachedContent": {}}"#, nil,
                "Invalid value (cached_content), Starting an object on a scalar field"
            ),
            (
                #"{"generationConfig": {"stopSequences": ["a", {}]}}"#, "generation_config.stop_sequences[1]",
                "Invalid value at 'generation_config.stop_sequences[1]' (stop_sequences), "
                    + "Starting an object on a scalar field"
            ),
        ])
    }

    func test_scalar_isRefused_whereMessageIsTaken() throws {
        let content = "type.googleapis.com/google.ai.generativelanguage.v1beta.Content"
        try check([
            (
                #"{"systemInstruction": "text"}"#, "system_instruction",
                #"Invalid value at 'system_instruction' (\#(content)), "text""#
            ),
            (#"{"contents": "hi"}"#, "contents", #"Invalid value at 'contents' (\#(content)), "hi""#),
            (#"{"contents": ["hi"]}"#, "contents[0]", #"Invalid value at 'contents[0]' (\#(content)), "hi""#),
            (#"{"contents": [5]}"#, "contents[0]", "Invalid value at 'contents[0]' (\(content)), 5"),
            (
                #"{"contents": [{"parts": [{"functionCall": {"args": "{}"}}]}]}"#,
                "contents[0].parts[0].function_call.args",
                "Invalid value at 'contents[0].parts[0].function_call.args' "
                    + #"(type.googleapis.com/google.protobuf.Struct), "{}""#
            ),
            (
                #"{"tools": [{"functionDeclarations": [{"parameters": {"properties": "x"}}]}]}"#,
                "tools[0].function_declarations[0].parameters.properties",
                "Invalid value at 'tools[0].function_declarations[0].parameters.properties' "
                    + #"(type.googleapis.com/google.ai.generativelanguage.v1beta.Schema.PropertiesEntry), "x""#
            ),
        ])
    }

    func test_value_isRefused_whereItsTypeIsAnother() throws {
        let budget = "generation_config.thinking_config.thinking_budget"
        let level = "generation_config.thinking_config.thinking_level"
        let levelType = "type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel"
        for (config, field, rest) in [
            (#""thinkingConfig": {"thinkingBudget": "high"}"#, budget, #"(TYPE_INT32), "high""#),
            (#""thinkingConfig": {"thinkingBudget": 1.5}"#, budget, "(TYPE_INT32), 1.5"),
            (#""thinkingConfig": {"thinkingBudget": 3000000000}"#, budget, "(TYPE_INT32), 3000000000"),
            (#""thinkingConfig": {"thinkingBudget": true}"#, budget, "(TYPE_INT32), true"),
            (#""thinkingConfig": {"thinkingLevel": "BOGUS"}"#, level, #"(\#(levelType)), "BOGUS""#),
            (#""thinkingConfig": {"thinkingLevel": true}"#, level, "(\(levelType)), true"),
            (#""temperature": "hot""#, "generation_config.temperature", #"(TYPE_FLOAT), "hot""#),
            (#""temperature": 1e39"#, "generation_config.temperature", "(TYPE_FLOAT), 1e+39"),
            (#""temperature": "0x1p3""#, "generation_config.temperature", #"(TYPE_FLOAT), "0x1p3""#),
            (#""responseLogprobs": 1"#, "generation_config.response_logprobs", "(TYPE_BOOL), 1"),
            (#""responseLogprobs": "yes""#, "generation_config.response_logprobs", #"(TYPE_BOOL), "yes""#),
            (#""responseMimeType": 5"#, "generation_config.response_mime_type", "(TYPE_STRING), 5"),
            (#""responseMimeType": 5.0"#, "generation_config.response_mime_type", "(TYPE_STRING), 5"),
            (
                #""stopSequences": ["a", false]"#, "generation_config.stop_sequences[1]",
                "(TYPE_STRING), false"
            ),
            (#""stopSequences": 7"#, "generation_config.stop_sequences", "(TYPE_STRING), 7"),
            (
                #""responseSchema": {"minItems": "many"}"#, "generation_config.response_schema.min_items",
                #"(TYPE_INT64), "many""#
            ),
            (
                #""responseSchema": {"minimum": "low"}"#, "generation_config.response_schema.minimum",
                #"(TYPE_DOUBLE), "low""#
            ),
            (
                #""responseModalities": ["TEXT", "SMELL"]"#, "generation_config.response_modalities[1]",
                "(type.googleapis.com/google.ai.generativelanguage.v1beta.GenerationConfig.Modality), \"SMELL\""
            ),
        ] {
            try check([
                (#"{"generationConfig": {\#(config)}}"#, field, "Invalid value at '\(field)' \(rest)")
            ])
        }
    }

    func test_base64_isRefused_withWholeText() throws {
        let path = "contents[0].parts[1].inline_data.data"
        let blob = { (data: String) in
            #"{"contents": [{"parts": [{"text": "a"}, {"inlineData": {"data": \#(data)}}]}]}"#
        }
        try check([
            (
                blob(#""data:image/jpeg;base64,AAAA""#), path,
                "Invalid value at '\(path)' (TYPE_BYTES), "
                    + #"Base64 decoding failed for "data:image/jpeg;base64,AAAA""#
            ),
            (blob("5"), path, "Invalid value at '\(path)' (TYPE_BYTES), 5"),
        ])
    }

    func test_oneof_takesOneMember() throws {
        try check([
            (
                #"{"contents": [{"parts": [{"text": "a", "inlineData": {"data": "AAAA"}}]}]}"#,
                "contents[0].parts[0]",
                "Invalid value at 'contents[0].parts[0]' (oneof), oneof field 'data' is already set. "
                    + "Cannot set 'inlineData'"
            ),
            (
                #"{"contents": [{"parts": [{"text": "a", "text": "b"}]}]}"#, "contents[0].parts[0]",
                "Invalid value at 'contents[0].parts[0]' (oneof), oneof field 'data' is already set. "
                    + "Cannot set 'text'"
            ),
        ])
        // Null sets nothing; another oneof is another.
        for part in [
            #"{"text": "a", "inlineData": null}"#, #"{"text": null, "file_data": {"file_uri": "x"}}"#,
            #"{"text": "a", "videoMetadata": {}, "thought": true}"#,
        ] {
            XCTAssertEqual(try violations(#"{"contents": {"parts": \#(part)}}"#), [], part)
        }
    }

    func test_time_isRefused_withFieldAndReason() throws {
        let path = "contents.parts.video_metadata.start_offset"
        for (value, reason) in [
            (#""2""#, "Illegal duration format; duration must end with 's'"),
            (#""xs""#, "Invalid duration format, failed to parse seconds"),
            (#""1.0000000001s""#, "Invalid duration format, failed to parse nano seconds"),
            (#""315576000001s""#, "Duration value exceeds limits"),
            ("2", "Invalid data type for duration, value is 2"),
        ] {
            try check([
                (
                    #"{"contents": {"parts": {"videoMetadata": {"startOffset": \#(value)}}}}"#, path,
                    "Invalid value at '\(path)' (type.googleapis.com/google.protobuf.Duration), "
                        + "Field 'startOffset', \(reason)"
                )
            ])
        }
        try check(
            [
                (
                    #"{"file": {"createTime": "today"}}"#, "file.create_time",
                    "Invalid value at 'file.create_time' (type.googleapis.com/google.protobuf.Timestamp), "
                        + "Field 'createTime', Invalid time format: today"
                )
            ], message: "CreateFileRequest"
        )
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
