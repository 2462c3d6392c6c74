// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class ContentTests: XCTestCase {
    // MARK: - Parts

    func test_part_isOfKindThatIsSet() throws {
        for (json, kind) in [
            (#"{"text": "a"}"#, "text"), (#"{"text": ""}"#, "text"),
            (#"{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}"#, "inlineData"),
            (#"{"inline_data": {"mime_type": "image/png", "data": "AAAA"}}"#, "inlineData"),
            (#"{"fileData": {"file_uri": "x", "mime_type": "y"}}"#, "fileData"),
            (#"{"functionCall": {"name": "f"}}"#, "functionCall"),
            (#"{"function_response": {"name": "f"}}"#, "functionResponse"),
            (#"{"executableCode": {"code": "1"}}"#, "other executableCode"),
            (#"{"code_execution_result": {"output": "1"}}"#, "other codeExecutionResult"),
            (#"{"toolCall": {}}"#, "other toolCall"), (#"{"toolResponse": {}}"#, "other toolResponse"),
            (#"{"text": null, "functionCall": {}}"#, "functionCall"),
        ] {
            XCTAssertEqual(name(try makePart(json).data), kind, json)
        }
    }

    private func name(_ data: Part.Data) -> String {
        switch data {
        case .text: "text"
        case .inlineData: "inlineData"
        case .fileData: "fileData"
        case .functionCall: "functionCall"
        case .functionResponse: "functionResponse"
        case .other(let kind, _): "other \(kind)"
        case .none: "none"
        }
    }

    func test_fileData_mayLackType() throws {
        guard case .fileData(let file) = try makePart(#"{"fileData": {"fileUri": "u"}}"#).data else {
            return XCTFail("not a file")
        }
        XCTAssertEqual(file.uri, "u")
        XCTAssertEqual(file.mimeType, "")
    }

    func test_responseMedia_areThoseOfFunctionResponse() throws {
        let parts = #"""
            [{"inline_data": {"data": "YQ=="}}, {}, {"fileData": {"fileUri": "u"}},
            {"functionResponse": {"parts": [{"inlineData": {}}]}}, {"text": "a"}]
            """#
        let part = try makePart(#"{"functionResponse": {"name": "f", "parts": \#(parts)}}"#)
        XCTAssertEqual(part.responseMedia.map { name($0.data) }, ["inlineData", "fileData"])
        XCTAssertEqual(try makePart(#"{"text": "a", "parts": [{"inlineData": {}}]}"#).responseMedia.count, 0)
        let bad = #"{"functionResponse": {"parts": [{}, {"inlineData": {"data": "!"}}]}}"#
        XCTAssertEqual(
            refusal { try makeRequest(contents: #"{"parts": \#(bad)}"#) }?.message,
            "Invalid value at 'contents[0].parts[0].function_response.parts[1].inline_data.data' (TYPE_BYTES), "
                + #"Base64 decoding failed for "!""#
        )
    }

    func test_isThought_isAsSent() throws {
        XCTAssertTrue(try makePart(#"{"text": "a", "thought": true}"#).isThought)
        XCTAssertFalse(try makePart(#"{"text": "a", "thought": false}"#).isThought)
        XCTAssertFalse(try makePart(#"{"text": "a"}"#).isThought)
    }

    func test_part_isRefused_whenNothingIsSet() {
        for json in [
            "{}", #"{"thought": true}"#, #"{"text": null}"#, #"{"unknown": 1}"#, "null", "1", "[]", #""hi""#,
        ] {
            let error = refusal {
                try makeRequest(contents: #"[{"parts": [{"text": "a"}]}, {"parts": [\#(json)]}]"#)
            }
            XCTAssertEqual(
                error,
                .validator([
                    "GenerateContentRequest.contents[1].parts[0].data: "
                        + "required oneof field 'data' must have one initialized field"
                ]), json
            )
        }
    }

    func test_parts_areRefused_whenEmpty() {
        for parts in ["", #""parts": []"#, #""parts": null"#, #""role": "user""#] {
            XCTAssertEqual(
                refusal { try makeRequest(contents: #"[{"parts": {"text": "a"}}, {\#(parts)}]"#) },
                .validator(["GenerateContentRequest.contents[1].parts: contents.parts must not be empty."]),
                parts
            )
        }
    }

    func test_validator_tellsAllLines_inOrder() {
        let contents = #"[{"parts": [{}, {"text": "a"}, {}]}, {"parts": []}]"#
        let oneof = "required oneof field 'data' must have one initialized field"
        XCTAssertEqual(
            refusal { try makeRequest(contents: contents, members: #""systemInstruction": {"parts": {}}"#) }?
                .message,
            """
            * GenerateContentRequest.contents[0].parts[0].data: \(oneof)
            * GenerateContentRequest.contents[0].parts[2].data: \(oneof)
            * GenerateContentRequest.contents[1].parts: contents.parts must not be empty.
            * GenerateContentRequest.system_instruction.parts[0].data: \(oneof)

            """
        )
    }

    /// Six million `{},` fit into a request of 20 MB.
    func test_problems_endAtSomeNumber() {
        let empty = Array(repeating: "{}", count: 20_000).joined(separator: ",")
        let bad = Array(repeating: #"{"inlineData": {"data": "!"}}"#, count: 20_000).joined(separator: ",")
        for contents in ["[\(empty)]", #"[{"parts": [\#(empty)]}]"#, #"[{"parts": [\#(bad)]}]"#] {
            let lines = refusal { try makeRequest(contents: contents) }?.message.split(separator: "\n").count
            XCTAssertEqual(lines, 1000)
        }
    }

    // MARK: - Base64

    func test_inlineData_takesEachFormOfBase64() throws {
        for (text, bytes) in [
            ("-__-", [0xFB, 0xFF, 0xFE]), ("+//+", [0xFB, 0xFF, 0xFE]), ("YQ==", [0x61]), ("YQ", [0x61]),
            ("YW I=", [0x61, 0x62]), (#"YW\nI="#, [0x61, 0x62]), (#"\u0059Q=="#, [0x61]), ("", []),
        ] as [(String, [UInt8])] {
            guard case .inlineData(let blob) = try makePart(#"{"inlineData": {"data": "\#(text)"}}"#).data
            else {
                return XCTFail("not inline")
            }
            XCTAssertEqual(blob.withBytes { $0.decoded() }, bytes, text)
            XCTAssertEqual(blob.withBytes(\.byteCount), bytes.count, text)
        }
    }

    func test_inlineData_hasNoBytes_whenNoneWereSent() throws {
        guard case .inlineData(let blob) = try makePart(#"{"inlineData": {"mimeType": "a/b"}}"#).data else {
            return XCTFail("not inline")
        }
        XCTAssertEqual(blob.mimeType, "a/b")
        XCTAssertNil(blob.withBytes(\.byteCount))
    }

    func test_inlineData_isRefusedWithPathAndWholeText_whenNoBase64() {
        let long = "data:audio/wav;base64," + String(repeating: "UklGRg", count: 2_000)
        for text in ["data:image/jpeg;base64,/9j/4AAQ", "a", "YQ=", "YQ===", "+_", "ä", long] {
            let part = #"{"inlineData": {"mimeType": "audio/wav", "data": "\#(text)"}}"#
            let error = refusal { try makeRequest(contents: #"[{"parts": [{"text": "a"}, \#(part)]}]"#) }
            let message =
                "Invalid value at 'contents[0].parts[1].inline_data.data' (TYPE_BYTES), "
                + #"Base64 decoding failed for "\#(text)""#
            XCTAssertEqual(error?.message, message)
            XCTAssertEqual(error?.status, .invalidArgument)
            XCTAssertEqual(
                error?.details,
                [
                    [
                        "@type": "type.googleapis.com/google.rpc.BadRequest",
                        "fieldViolations": [
                            [
                                "field": "contents[0].parts[1].inline_data.data",
                                "description": .string(message),
                            ]
                        ],
                    ]
                ]
            )
        }
    }

    func test_inlineData_isRefused_whenNoString() {
        XCTAssertEqual(
            refusal { try makeRequest(contents: #"{"parts": {"inlineData": {"data": 5}}}"#) }?.message,
            "Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), "
                + #"Base64 decoding failed for """#
        )
    }

    func test_base64_isReportedForAll_andBeforeAnythingElse() {
        let bad = #"{"inlineData": {"data": "!"}}"#
        let contents = #"[{"role": "nobody", "parts": [\#(bad), {}]}, {"parts": []}, {"parts": [\#(bad)]}]"#
        let error = refusal {
            try makeRequest(
                contents: contents, members: #""system_instruction": {"parts": [{"text": "a"}, \#(bad)]}"#)
        }
        XCTAssertEqual(
            error?.message,
            ["contents[0].parts[0]", "contents[2].parts[0]", "system_instruction.parts[1]"]
                .map {
                    "Invalid value at '\($0).inline_data.data' (TYPE_BYTES), Base64 decoding failed for \"!\""
                }
                .joined(separator: "\n")
        )
        XCTAssertEqual(
            error?.details.first?["fieldViolations"].map { violations in
                if case .array(let list) = violations { list.count } else { 0 }
            }, 3)
    }

    // MARK: - Text and role

    func test_text_joinsTextsWithoutThoughts() throws {
        let parts = #"""
            [{"text": "a"}, {"text": "secret", "thought": true}, {"fileData": {"fileUri": "x"}},
            {"text": "b"}]
            """#
        XCTAssertEqual(try makeRequest(contents: #"{"parts": \#(parts)}"#).contents[0].text, "ab")
        XCTAssertEqual(try makeRequest(contents: #"{"parts": {"text": "a"}}"#).contents[0].text, "a")
        XCTAssertEqual(
            try makeRequest(contents: #"{"parts": {"text": "a", "thought": true}}"#).contents[0].text, ""
        )
        XCTAssertEqual(try makeRequest(contents: #"{"parts": {"text": 5}}"#).contents[0].text, "")
    }

    func test_role_isTaken_whenKnown() throws {
        for (json, role) in [
            (#", "role": "user""#, "user"), (#", "role": "model""#, "model"),
            (#", "role": "function""#, "function"),
            (#", "role": "tool""#, "tool"), (#", "role": """#, ""), ("", nil), (#", "role": null"#, nil),
        ] as [(String, String?)] {
            let content = try makeRequest(contents: #"{"parts": {"text": "a"}\#(json)}"#).contents[0]
            XCTAssertEqual(content.role, role)
            XCTAssertEqual(content.isFromModel, role == "model")
        }
    }

    func test_role_isRefused_whenUnknown() {
        for role in ["system", "assistant", "User", " user", "developer"] {
            let contents = #"[{"parts": {"text": "a"}}, {"role": "\#(role)", "parts": {"text": "a"}}]"#
            XCTAssertEqual(refusal { try makeRequest(contents: contents) }, .badRole(role))
        }
    }

    func test_role_isIgnored_inSystemInstruction() throws {
        let members = #""systemInstruction": {"role": "system", "parts": {"text": "Be brief."}}"#
        XCTAssertEqual(try makeRequest(members: members).systemInstruction?.text, "Be brief.")
    }
}
