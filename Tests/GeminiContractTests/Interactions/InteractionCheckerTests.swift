// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class InteractionCheckerTests: XCTestCase {
    private func message(_ body: String, line: UInt = #line) -> String? {
        let error = refusal(line: line) { try InteractionRequest(makeView(body)) }
        XCTAssertEqual(error?.interactionCode.http, 400, line: line)
        XCTAssertEqual(error?.interactionCode.name, "invalid_request", line: line)
        return error?.message
    }

    private func check(_ cases: [(members: String, message: String)], line: UInt = #line) {
        for (members, expected) in cases {
            XCTAssertEqual(
                message(makeInteractionBody(members: members), line: line), expected, members, line: line)
        }
    }

    // MARK: Names

    func test_unknownNames_areToldWithTheirPlace() {
        check([
            (#""temperature": 1"#, "Unknown parameter 'temperature'."),
            (
                #""generationConfig": {}"#,
                "Unknown parameter 'generationConfig'. Did you mean 'generation_config'?"
            ),
            (
                #""previousInteractionId": null"#,
                "Unknown parameter 'previousInteractionId'. Did you mean 'previous_interaction_id'?"
            ),
            (
                #""generation_config": {"response_mime_type": "text/plain"}"#,
                "Unknown parameter 'response_mime_type' at 'generation_config'."
            ),
            (
                #""generation_config": {"thinking_config": {}}"#,
                "Unknown parameter 'thinking_config' at 'generation_config'."
            ),
            (
                #""generation_config": {"maxOutputTokens": 5}"#,
                "Unknown parameter 'maxOutputTokens' at 'generation_config'. Did you mean 'max_output_tokens'?"
            ),
            (
                #""tools": [{"type": "function", "name": "f", "extra": 1}]"#,
                "Unknown parameter 'extra' at 'tools[0]'."
            ),
            (#""agent_config": {}"#, "Unknown parameter 'agent_config'."),
        ])
        XCTAssertEqual(
            message(#"{"agent": "antigravity-preview-09-2026", "input": "x", "generation_config": {}}"#),
            "Unknown parameter 'generation_config'."
        )
    }

    func test_unknownNames_areClipped() throws {
        let name = String(repeating: "x", count: 100_000)
        let told = try XCTUnwrap(message(makeInteractionBody(members: #""\#(name)": 1"#)))
        XCTAssertLessThan(told.utf8.count, 300)
    }

    // MARK: Words and kinds

    private static let tools = """
        Supported values: 'function', 'code_execution', 'mcp_server', 'filesystem', 'google_maps', 'google_search', \
        'bash', 'computer_use', 'file_search', 'url_context'.
        """
    private static let formats = """
        Supported values: 'image', 'object', 'audio', 'string', 'video', 'number', 'integer', 'boolean', 'text', 'array'.
        """

    func test_unknownWords_areToldWithTheSupportedOnes() {
        check([
            (
                #""tools": [{"type": "invalid_tool_type_xyz"}]"#,
                "The value 'invalid_tool_type_xyz' is not supported for 'type' at 'tools[0]'. \(Self.tools)"
            ),
            (
                #""response_modalities": ["AUDIO"]"#,
                "The value 'AUDIO' is not supported for 'response_modalities[0]'. Supported values: 'text', 'image', "
                    + "'audio', 'video', 'document'."
            ),
            (
                #""response_format": {"type": "json_schema"}"#,
                "The value 'json_schema' is not supported for 'type' at 'response_format'. \(Self.formats)"
            ),
            (
                #""response_format": [{"type": "json"}]"#,
                "The value 'json' is not supported for 'type' at 'response_format[0]'. \(Self.formats)"
            ),
            (
                #""service_tier": "cheap""#,
                "The value 'cheap' is not supported for 'service_tier'. Supported values: 'flex', 'standard', "
                    + "'priority', 'deferred'."
            ),
            (
                #""generation_config": {"thinking_level": "LOW"}"#,
                "The value 'LOW' is not supported for 'thinking_level' at 'generation_config'. Supported values: "
                    + "'minimal', 'low', 'medium', 'high', 'xhigh'."
            ),
        ])
    }

    func test_input_isComparedWithTheFormOfItsFirstElement() throws {
        let steps = #"[{"type": "user_input", "content": "hi"}, {"type": "UNKNOWN"}]"#
        let told = try XCTUnwrap(message(makeInteractionBody(input: steps)))
        XCTAssertTrue(
            told.hasPrefix("Invalid input at 'input[0].content'")
                || told.hasPrefix("The value 'UNKNOWN' is not supported for 'type' at 'input[1]'"), told)
        let mixed = #"[{"type": "user_input", "content": []}, {"type": "text", "text": "x"}]"#
        XCTAssertTrue(
            try XCTUnwrap(message(makeInteractionBody(input: mixed)))
                .hasPrefix("The value 'text' is not supported for 'type' at 'input[1]'. Supported values: "))
        XCTAssertEqual(
            message(makeInteractionBody(input: #"[{"type": "txt"}]"#)),
            "The value 'txt' is not supported for 'type' at 'input[0]'. Supported values: 'text', 'image', 'audio', "
                + "'document', 'video'."
        )
        let turns = #"[{"role": "system", "content": "x"}]"#
        XCTAssertEqual(
            message(makeInteractionBody(input: turns)),
            "The value 'system' is not supported for 'role' at 'input[0]'. Supported values: 'user', 'model'."
        )
    }

    func test_types_areAcceptedAsClientsGuessThem() throws {
        let types = [
            "audio/wav", "audio/x-wav", "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-aiff", "AUDIO/WAV",
            "audio/l16;rate=24000",
        ]
        for type in types {
            let content = #"[{"type": "audio", "data": "AAAA", "mime_type": "\#(type)"}]"#
            XCTAssertNoThrow(try makeInteractionRequest(input: content), type)
        }
        let wrong =
            #"[{"type": "text", "text": "x"}, {"type": "audio", "data": "AAAA", "mime_type": "audio/x"}]"#
        XCTAssertEqual(
            message(makeInteractionBody(input: wrong)),
            "The value 'audio/x' is not supported for 'mime_type' at 'input[1]'. Supported values: 'audio/wav', "
                + "'audio/mp3', 'audio/aiff', 'audio/aac', 'audio/ogg', 'audio/flac', 'audio/mpeg', 'audio/m4a', "
                + "'audio/l16', 'audio/opus', 'audio/alaw', 'audio/mulaw', 'audio/webm'."
        )
    }

    // MARK: Shapes

    func test_wrongShapes_areTold() {
        check([
            (#""response_format": 5"#, "Invalid input at 'response_format'"),
            (#""response_format": {"properties": {}}"#, "Invalid input at 'response_format'"),
            (#""tools": {}"#, "Invalid input at 'tools'"),
            (#""tools": [5]"#, "Invalid input at 'tools[0]'"),
            (#""labels": []"#, "Invalid input at 'labels'"),
            (#""generation_config": {"tool_choice": 5}"#, "Invalid input at 'generation_config.tool_choice'"),
            (#""generation_config": {"seed": "five"}"#, "Expected number at 'generation_config.seed'"),
            (#""store": "yes""#, "Expected boolean at 'store'"),
            (#""system_instruction": {}"#, "Expected string at 'system_instruction'"),
        ])
        XCTAssertEqual(message("[]"), "Invalid input")
        XCTAssertEqual(message(makeInteractionBody(input: "5")), "Invalid input at 'input'")
        XCTAssertEqual(message(makeInteractionBody(input: "[5]")), "Invalid input at 'input[0]'")
    }

    func test_null_isAsGoodAsNothing() {
        XCTAssertNoThrow(
            try makeInteractionRequest(members: #""tools": null, "store": null, "response_format": null"#))
    }
}
