// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract

/// The rows of CORE 6.3.
extension MessageBinderTests {
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
}
