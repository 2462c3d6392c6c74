// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class GenerateContentRequestTests: XCTestCase {
    // MARK: - Contents

    func test_contents_areRefused_whenMissing() {
        for json in ["{}", #"{"contents": []}"#, #"{"contents": null}"#, "[]", "null", "5", #""hi""#] {
            XCTAssertEqual(
                refusal { try GenerateContentRequest(makeView(json)) },
                .validator(["GenerateContentRequest.contents: contents is not specified"]), json
            )
        }
    }

    func test_contents_mayBeOneBareContent() throws {
        XCTAssertEqual(try makeRequest(contents: #"{"parts": {"text": "a"}}"#).contents.count, 1)
        XCTAssertEqual(try makeRequest(contents: #"[{"parts": {"text": "a"}}]"#).contents.count, 1)
    }

    func test_systemInstruction_isReadInEitherSpelling() throws {
        for name in ["systemInstruction", "system_instruction"] {
            let request = try makeRequest(members: #""\#(name)": {"parts": [{"text": "a"}, {"text": "b"}]}"#)
            XCTAssertEqual(request.systemInstruction?.text, "ab")
        }
        XCTAssertNil(try makeRequest().systemInstruction)
    }

    // MARK: - Tools

    func test_functions_areThoseOfAllTools() throws {
        let request = try makeRequest(
            members: #"""
                "tools": [
                  {"functionDeclarations": [{"name": "a"}, {"name": "b"}]}, {"googleSearch": {}},
                  {"function_declarations": {"name": "c", "parameters": {"type": "OBJECT"}}}
                ]
                """#
        )
        XCTAssertEqual(request.functions.map(\.name), ["a", "b", "c"])
        XCTAssertEqual(request.functions.map { $0.parameters != nil }, [false, false, true])
        XCTAssertEqual(request.tools.count, 3)
    }

    func test_parameters_areThoseOfJSONSchema_whenBothAreSent() throws {
        for name in ["parametersJsonSchema", "parameters_json_schema"] {
            let declaration =
                #"{"name": "a", "parameters": {"type": "STRING"}, "\#(name)": {"type": "object"}}"#
            let request = try makeRequest(members: #""tools": {"functionDeclarations": \#(declaration)}"#)
            XCTAssertEqual(request.functions[0].parameters?["type"]?.string, "object")
        }
    }

    func test_mode_isReadByNameOrNumber() throws {
        for (mode, expected) in [
            (#""AUTO""#, .auto), ("1", .auto), (#""ANY""#, .any), (#""any""#, .any), ("2", .any),
            (#""2""#, .any),
            (#""NONE""#, .none), ("3", .none), (#""VALIDATED""#, .auto), ("0", .auto), ("null", .auto),
            (#""MODE_UNSPECIFIED""#, .auto), ("{}", .auto),
        ] as [(String, FunctionCalling.Mode)] {
            let request = try makeRequest(
                members: #""toolConfig": {"functionCallingConfig": {"mode": \#(mode)}}"#)
            XCTAssertEqual(request.functionCalling.mode, expected, mode)
        }
        XCTAssertEqual(try makeRequest().functionCalling.mode, .auto)
    }

    func test_allowed_isEmpty_whenNotSent() throws {
        XCTAssertEqual(try makeRequest().functionCalling.allowed, [])
        let config = #"{"function_calling_config": {"allowed_function_names": ["a", "b", 3]}}"#
        XCTAssertEqual(
            try makeRequest(members: #""tool_config": \#(config)"#).functionCalling.allowed, ["a", "b"])
    }

    // MARK: - Generation config

    private func makeConfig(_ members: String) throws -> GenerationConfig {
        try makeRequest(members: #""generationConfig": {\#(members)}"#).config
    }

    /// The config of a request, whatever is wrong with it.
    private func readConfig(_ members: String) throws -> GenerationConfig {
        var problems = RequestProblems(message: "GenerateContentRequest")
        let body = makeBody(members: #""generationConfig": {\#(members)}"#)
        return GenerateContentRequest(try makeView(body), &problems).config
    }

    func test_config_hasDefaults_whenNotSent() throws {
        for config in [try makeRequest().config, try makeConfig("")] {
            XCTAssertEqual(config.candidateCount, 1)
            XCTAssertEqual(config.stopSequences, [])
            XCTAssertNil(config.maxOutputTokens)
            XCTAssertEqual(config.responseMimeType, "")
            XCTAssertNil(config.responseSchema)
            XCTAssertFalse(config.includesThoughts)
            XCTAssertNil(config.thinkingBudget)
        }
    }

    func test_config_isRead_inEitherSpelling() throws {
        for config in [
            try makeConfig(
                #"""
                "candidateCount": 2, "stopSequences": ["a", ""], "maxOutputTokens": "50",
                "responseMimeType": "application/json",
                "responseSchema": {"type": "OBJECT"},
                "thinkingConfig": {"includeThoughts": true, "thinkingBudget": 0}
                """#
            ),
            try makeConfig(
                #"""
                "candidate_count": "2", "stop_sequences": "a", "max_output_tokens": 50,
                "response_mime_type": "application/json",
                "response_schema": {"type": "OBJECT"},
                "thinking_config": {"include_thoughts": true, "thinking_budget": "0"}
                """#
            ),
        ] {
            XCTAssertEqual(config.candidateCount, 2)
            XCTAssertEqual(config.stopSequences, ["a"])
            XCTAssertEqual(config.maxOutputTokens, 50)
            XCTAssertEqual(config.responseMimeType, "application/json")
            XCTAssertEqual(config.responseSchema?["type"]?.string, "OBJECT")
            XCTAssertTrue(config.includesThoughts)
            XCTAssertEqual(config.thinkingBudget, 0)
        }
    }

    func test_responseSchema_isTheFirstThatIsSet() throws {
        let schema = { (name: String) in #"{"title": "\#(name)"}"# }
        for (members, expected) in [
            (#""responseJsonSchema": \#(schema("a")), "responseSchema": \#(schema("b"))"#, "a"),
            (#""_responseJsonSchema": \#(schema("a")), "responseSchema": \#(schema("b"))"#, "a"),
            (#""_responseJsonSchema": null, "responseSchema": \#(schema("b"))"#, "b"),
            (#""responseJsonSchema": null, "responseSchema": \#(schema("b"))"#, "b"),
            (#""response_json_schema": \#(schema("a"))"#, "a"), (#""responseJsonSchema": null"#, nil),
        ] as [(String, String?)] {
            XCTAssertEqual(try readConfig(members).responseSchema?["title"]?.string, expected, members)
        }
    }

    func test_maxOutputTokens_isIgnored_whenNotPositive() throws {
        for value in ["0", "-5", #""-1""#, "null", #""many""#] {
            XCTAssertNil(try readConfig(#""maxOutputTokens": \#(value)"#).maxOutputTokens, value)
        }
    }

    func test_candidateCount_isRefused_outsideRange() throws {
        for count in 1...8 {
            XCTAssertEqual(try makeConfig(#""candidateCount": \#(count)"#).candidateCount, count)
        }
        for count in [0, 9, -1, Int.max, Int.min] {
            XCTAssertEqual(
                refusal { try makeConfig(#""candidateCount": \#(count)"#) }, .candidateCount(count)
            )
        }
    }

    func test_stopSequences_areRefused_whenMoreThanFive() throws {
        let five = #"["a", "b", "c", "d", "e"]"#
        XCTAssertEqual(try makeConfig(#""stopSequences": \#(five)"#).stopSequences.count, 5)
        XCTAssertEqual(
            refusal { try makeConfig(#""stopSequences": \#(five.dropLast()), "f"]"#) }?.message,
            "* GenerateContentRequest.generation_config.stop_sequences: "
                + "the number of stop_sequences must not exceed 5\n"
        )
    }
}

final class CountTokensRequestTests: XCTestCase {
    func test_contents_areReadFromEitherPlace() throws {
        let contents = #""contents": [{"parts": {"text": "a"}}]"#
        let plain = try CountTokensRequest(makeView("{\(contents)}"))
        XCTAssertEqual(plain.contents.map(\.text), ["a"])
        XCTAssertNil(plain.systemInstruction)
        XCTAssertTrue(plain.tools.isEmpty)
        for name in ["generateContentRequest", "generate_content_request"] {
            let whole = try CountTokensRequest(
                makeView(
                    #"""
                    {"\#(name)": {\#(contents), "systemInstruction": {"parts": {"text": "b"}},
                    "tools": [{}, {}]}}
                    """#
                )
            )
            XCTAssertEqual(whole.contents.map(\.text), ["a"])
            XCTAssertEqual(whole.systemInstruction?.text, "b")
            XCTAssertEqual(whole.tools.count, 2)
        }
    }

    func test_contents_areRefused_whenMissing() {
        XCTAssertEqual(
            refusal { try CountTokensRequest(makeView("{}")) },
            .validator(["CountTokensRequest.contents: contents is not specified"])
        )
        XCTAssertEqual(
            refusal { try CountTokensRequest(makeView(#"{"generateContentRequest": {}}"#)) },
            .validator(["GenerateContentRequest.contents: contents is not specified"])
        )
    }

    func test_validator_namesMessage() {
        XCTAssertEqual(
            refusal { try CountTokensRequest(makeView(#"{"contents": {}}"#)) },
            .validator(["CountTokensRequest.contents[0].parts: contents.parts must not be empty."])
        )
    }

    func test_base64_isReportedWithPathInBody() {
        let contents = #""contents": {"parts": {"inlineData": {"data": "!"}}}"#
        let path = "contents[0].parts[0].inline_data.data"
        for (json, path) in [
            ("{\(contents)}", path),
            (#"{"generateContentRequest": {\#(contents)}}"#, "generate_content_request.\(path)"),
        ] {
            XCTAssertEqual(
                refusal { try CountTokensRequest(makeView(json)) }?.message,
                "Invalid value at '\(path)' (TYPE_BYTES), Base64 decoding failed for \"!\""
            )
        }
    }

    func test_role_isRefused_whenUnknown() {
        XCTAssertEqual(
            refusal {
                try CountTokensRequest(makeView(#"{"contents": {"role": "x", "parts": {"text": "a"}}}"#))
            },
            .badRole("x")
        )
    }
}
