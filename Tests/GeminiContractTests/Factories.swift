// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

/// A value as it arrives in a body.
func makeView(_ json: String) throws -> JSONView {
    try JSONDocument(parsing: Array(json.utf8)).root
}

/// The body of a generateContent request.
func makeBody(contents: String = #"[{"parts": [{"text": "hi"}]}]"#, members: String = "") -> String {
    #"{"contents": \#(contents)\#(members.isEmpty ? "" : ", \(members)")}"#
}

/// A generateContent request.
func makeRequest(
    contents: String = #"[{"parts": [{"text": "hi"}]}]"#, members: String = ""
) throws -> GenerateContentRequest {
    try GenerateContentRequest(makeView(makeBody(contents: contents, members: members)))
}

/// A part of a request.
func makePart(_ json: String) throws -> Part {
    try XCTUnwrap(makeRequest(contents: #"{"parts": \#(json)}"#).contents.first?.parts.first)
}

/// What `body` is refused with; fails where it isn't.
func refusal(
    file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Any
) -> APIError? {
    do {
        _ = try body()
        XCTFail("not refused", file: file, line: line)
    } catch let error as APIError {
        return error
    } catch {
        XCTFail("\(error)", file: file, line: line)
    }
    return nil
}

func makeText(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func makeModel(name: String = "gemini-2.5-flash", temperature: Double? = 1, thinking: Bool = true) -> Model {
    Model(
        name: name, version: "001", displayName: "A model", description: "For tests.", inputTokenLimit: 1_000,
        outputTokenLimit: 100, methods: ["generateContent", "countTokens"], temperature: temperature,
        topP: temperature.map { _ in 0.95 }, topK: temperature.map { _ in 64 },
        maxTemperature: temperature.map { _ in 2 }, thinking: thinking
    )
}

func makeResponse(
    candidates: [Candidate] = [Candidate(parts: [OutputPart(.text("Hi"))], finishReason: "STOP", index: 0)],
    usage: UsageMetadata = UsageMetadata(
        prompt: [ModalityTokenCount(.text, 8)], candidates: 2, thoughts: 24, serviceTier: "standard"
    ),
    modelVersion: String = "gemini-2.5-flash", responseID: String = "abc"
) -> GenerateContentResponse {
    GenerateContentResponse(
        candidates: candidates, usage: usage, modelVersion: modelVersion, responseID: responseID
    )
}

/// The body of an interaction with a model.
func makeInteractionBody(input: String = #""hi""#, members: String = "") -> String {
    #"{"model": "gemini-3.5-flash", "input": \#(input)\#(members.isEmpty ? "" : ", \(members)")}"#
}

func makeInteractionRequest(
    input: String = #""hi""#, members: String = ""
) throws -> InteractionRequest {
    try InteractionRequest(makeView(makeInteractionBody(input: input, members: members)))
}

func makeInteraction(
    id: String? = "v1_x", status: InteractionStatus = .completed,
    steps: [InteractionStep] = [.text("Hi")], actor: InteractionActor = .model("gemini-3.5-flash")
) -> Interaction {
    let usage = InteractionUsage(input: [ModalityTokenCount(.text, 7)], output: 19, thoughts: 32)
    return Interaction(
        id: id, status: status, usage: usage, created: 1_747_335_115_000_000_000,
        updated: 1_747_335_115_999_999_999, serviceTier: "standard", steps: steps, actor: actor
    )
}
