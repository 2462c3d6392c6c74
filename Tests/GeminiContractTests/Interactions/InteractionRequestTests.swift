// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract

final class InteractionRequestTests: XCTestCase {
    private func generated(_ input: String, _ members: String = "") throws -> GenerateContentRequest {
        try makeInteractionRequest(input: input, members: members).asGenerateContent(earlier: [], names: [:])
    }

    // MARK: Who, and what

    func test_actor_isModelOrAgent() throws {
        XCTAssertEqual(try makeInteractionRequest().actor, .model("gemini-3.5-flash"))
        let named = try InteractionRequest(makeView(#"{"model": "models/gemini-x", "input": "x"}"#))
        XCTAssertEqual(named.actor, .model("gemini-x"))
        for (body, expected) in [
            (#"{"input": "x"}"#, "Either 'model' or 'agent' must be specified."),
            (
                #"{"model": "m", "agent": "a", "input": "x"}"#,
                "Only one of 'model' and 'agent' can be specified."
            ),
            (#"{"model": 5, "input": "x"}"#, "Expected string at 'model'"),
            (#"{"agent": "none-such", "input": "x"}"#, "Requested entity was not found."),
            (#"{"model": "m"}"#, "Missing required parameter 'input'."),
            (#"{"model": "m", "input": []}"#, "Missing required parameter 'input'."),
            (#"{"model": "m", "continuation_token": "t"}"#, "Missing required parameter 'input'."),
            (#"{"Model": "m", "input": "x"}"#, "Unknown parameter 'Model'. Did you mean 'model'?"),
        ] {
            XCTAssertEqual(refusal { try InteractionRequest(makeView(body)) }?.message, expected, body)
        }
    }

    func test_flags_haveTheirDefaults() throws {
        let plain = try makeInteractionRequest()
        XCTAssertTrue(plain.isStored)
        XCTAssertFalse(plain.isStreamed)
        XCTAssertFalse(plain.isBackground)
        XCTAssertEqual(plain.serviceTier, "standard")
        let other = try makeInteractionRequest(
            members: #""store": false, "stream": true, "service_tier": "flex""#)
        XCTAssertFalse(other.isStored)
        XCTAssertTrue(other.isStreamed)
        XCTAssertEqual(other.serviceTier, "flex")
    }

    func test_refusals_ofWhatDoesNotGoTogether() {
        for (members, expected) in [
            (#""background": true, "store": false"#, "store=true is required for background interactions."),
            (#""previous_interaction_id": "v1_prev""#, "Request contains an invalid argument."),
            (
                #""generation_config": {"tool_choice": "any"}"#,
                "Function calling config is set without function_declarations."
            ),
            (
                #""store": false, "response_format": {"type": "video", "delivery": "uri"}"#,
                "store=true is required when response format has video delivery set to URI"
            ),
        ] {
            XCTAssertEqual(
                refusal { try makeInteractionRequest(members: members) }?.message, expected, members)
        }
        XCTAssertEqual(
            refusal {
                try InteractionRequest(
                    makeView(
                        #"{"model": "gemini-3.1-pro-preview", "input": "x", "generation_config": {"thinking_level": "minimal"}}"#
                    ))
            }?.message,
            "'minimal' is not a supported thinking level for this model. Allowed values are: medium, low, high."
        )
    }

    func test_continuation_needsNoInput_behindAnInteraction() throws {
        let id = InteractionID(root: nil, token: String(repeating: "a", count: 22)).text
        let body = #"{"model": "m", "continuation_token": "t", "previous_interaction_id": "\#(id)"}"#
        let request = try InteractionRequest(makeView(body))
        XCTAssertNil(request.input)
        XCTAssertEqual(request.previousID?.text, id)
        XCTAssertNoThrow(try request.asGenerateContent(earlier: [.said("x")], names: [:]))
    }

    // MARK: Inputs

    func test_input_isTheSame_inEachForm() throws {
        let audio = #"{"type": "audio", "data": "AAAA", "mime_type": "audio/wav"}"#
        for input in [
            #"[{"type": "text", "text": "hi"}, \#(audio)]"#,
            #"[{"type": "user_input", "content": [{"type": "text", "text": "hi"}, \#(audio)]}]"#,
            #"[{"role": "user", "content": [{"type": "text", "text": "hi"}, \#(audio)]}]"#,
        ] {
            let contents = try generated(input).contents
            XCTAssertEqual(contents.count, 1, input)
            XCTAssertEqual(contents.first?.text, "hi", input)
            XCTAssertEqual(contents.first?.parts.count, 2, input)
            guard case .inlineData(let blob) = contents.first?.parts.last?.data else { return XCTFail(input) }
            XCTAssertEqual(blob.mimeType, "audio/wav")
            XCTAssertEqual(blob.withBytes(\.byteCount), 3)
        }
        for input in [#""hi""#, #"{"type": "text", "text": "hi"}"#, #"[{"role": "user", "content": "hi"}]"#] {
            XCTAssertEqual(try generated(input).contents.map(\.text), ["hi"], input)
        }
    }

    func test_steps_becomeTurnsCallsAndResults() throws {
        let request = try generated(
            #"""
            [{"type": "user_input", "content": [{"type": "text", "text": "a"}]},
             {"type": "thought", "signature": "x"},
             {"type": "function_call", "id": "c1", "name": "f", "arguments": {"x": 1}},
             {"type": "function_result", "call_id": "c1", "result": "ok"},
             {"type": "model_output", "content": [{"type": "text", "text": "b"}]},
             {"type": "google_search_call", "id": "s1", "arguments": {"queries": ["q"]}}]
            """#
        )
        XCTAssertEqual(request.contents.map(\.isFromModel), [false, true, false, true, true])
        guard case .functionCall(let call) = request.contents[1].parts.first?.data,
            case .functionResponse(let result) = request.contents[2].parts.first?.data
        else { return XCTFail("no call") }
        XCTAssertEqual(JSON(call), ["name": "f", "args": ["x": 1]])
        XCTAssertEqual(JSON(result), ["name": "f", "response": ["result": "ok"]], "named by its call")
    }

    func test_media_mustBeSomewhere() throws {
        for (content, expected) in [
            (
                #"{"type": "audio", "uri": "YOUR_FILE_URI"}"#,
                "Unsupported file URI type: YOUR_FILE_URI. File URI"
            ),
            (
                #"{"type": "audio", "uri": "files/9a8x"}"#,
                "Unsupported file URI type: files/9a8x. File URI must be a"
            ),
            (
                #"{"type": "audio", "uri": " https://x/y"}"#,
                "Unsupported file URI type:  https://x/y. File URI"
            ),
            (#"{"type": "image"}"#, "Request contains an invalid argument."),
        ] {
            let told = refusal { try makeInteractionRequest(input: "[\(content)]") }?.message ?? ""
            XCTAssertTrue(told.hasPrefix(expected), told)
        }
        let broken = #"[{"type": "text", "text": "x"}, {"type": "audio", "data": "data:x"}]"#
        XCTAssertEqual(
            refusal { try generated(broken) }?.message,
            "Invalid value at 'input[1].data' (TYPE_BYTES), Base64 decoding failed for \"data:x\""
        )
        let film = #"{"type": "video", "uri": "https://www.youtube.com/watch?v=x", "mime_type": "video/mp4"}"#
        guard case .fileData = try generated(film).contents.first?.parts.first?.data else {
            return XCTFail("no file")
        }
    }

    // MARK: Outputs

    func test_format_isASchema_anEntry_orAList() throws {
        let schema = #"{"type": "object", "properties": {"a": {"type": "string"}}}"#
        for format in [
            schema, #"{"type": "text", "mime_type": "application/json", "schema": \#(schema)}"#,
            #"{"type": "text", "schema": \#(schema)}"#,
            // As google-genai 2.0.0 sends it.
            #"{"type": "text", "mimeType": "application/json", "schema": \#(schema)}"#,
            #"[{"type": "audio"}, {"type": "text", "mime_type": "application/json", "schema": \#(schema)}]"#,
        ] {
            let config = try generated(#""hi""#, #""response_format": \#(format)"#).config
            XCTAssertEqual(config.responseMimeType, "application/json", format)
            XCTAssertNotNil(config.responseSchema?["properties"], format)
        }
        let plain = try generated(
            #""hi""#, #""response_format": {"type": "text", "mime_type": "text/plain"}"#)
        XCTAssertEqual(plain.config.responseMimeType, "text/plain")
        XCTAssertNil(plain.config.responseSchema)
        XCTAssertNil(try generated(#""hi""#, #""response_format": {"type": "image"}"#).config.responseSchema)
        let string = try generated(#""hi""#, #""response_format": {"type": "string"}"#).config
        XCTAssertEqual(string.responseSchema.map { JSON($0) }, ["type": "string"])
    }

    func test_tools_areFunctions_withTheirChoice() throws {
        let members = """
            "tools": [{"type": "google_search"}, {"type": "function", "name": "f", "parameters": {"type": "object"}},
            {"type": "function", "name": "g"}], "generation_config": {"tool_choice":
            {"allowed_tools": {"mode": "any", "tools": ["g"]}}}
            """
        let request = try generated(#""hi""#, members)
        XCTAssertEqual(request.functions.map(\.name), ["f", "g"])
        XCTAssertNotNil(request.functions.first?.parameters)
        XCTAssertEqual(request.functionCalling.mode, .any)
        XCTAssertEqual(request.functionCalling.allowed, ["g"])
    }

    func test_config_isRead() throws {
        let members = """
            "generation_config": {"max_output_tokens": 5, "stop_sequences": ["a", ""], "thinking_level": "minimal",
            "thinking_summaries": "auto", "top_k": 3, "seed": 1}, "system_instruction": "Be brief"
            """
        let request = try generated(#""hi""#, members)
        XCTAssertEqual(request.config.maxOutputTokens, 5)
        XCTAssertEqual(request.config.stopSequences, ["a"])
        XCTAssertEqual(request.config.thinkingBudget, 0)
        XCTAssertTrue(request.config.includesThoughts)
        XCTAssertEqual(request.systemInstruction?.text, "Be brief")
    }
}
