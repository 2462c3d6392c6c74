// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class TokenCounterTests: XCTestCase {
    private func count(
        text: String = "hi", contents: String? = nil, members: String = "", model: String = "gemini-2.5-flash"
    ) throws -> [ModalityTokenCount] {
        let request = try makeRequest(text: text, contents: contents, members: members)
        return TokenCounter.count(
            contents: request.contents, systemInstruction: request.systemInstruction, tools: request.tools,
            media: RequestMedia(contents: request.contents, systemInstruction: request.systemInstruction),
            traits: try makeTraits(model)
        )
    }

    /// CORE 5.2.
    func test_count_isRecordedOne_forShortQuestions() throws {
        for (text, model, tokens) in [
            ("What is the capital of France?", "gemini-3.5-flash", 8),
            ("What's the highest mountain in Africa?", "gemini-3.6-flash", 10),
            ("why is the sky blue?", "gemini-2.5-flash", 7),
        ] {
            XCTAssertEqual(try count(text: text, model: model), [ModalityTokenCount(.text, tokens)], text)
        }
    }

    func test_count_addsOneTurn_since25() throws {
        let contents = #"[{"parts": {"text": "harbour"}}, {"role": "model", "parts": {"text": "harbour"}}]"#
        for (model, tokens) in [("gemini-2.0-flash", 2), ("gemini-2.5-flash", 4), ("gemini-3.6-flash", 4)] {
            XCTAssertEqual(try count(contents: contents, model: model).total, tokens, model)
        }
    }

    func test_count_takesInstructionAsTurn() throws {
        let members = #""systemInstruction": {"parts": {"text": "harbour"}}"#
        XCTAssertEqual(try count(text: "harbour", members: members).total, 4)
        XCTAssertEqual(try count(text: "harbour", members: members, model: "gemini-2.0-flash").total, 2)
    }

    // MARK: - Sound

    func test_count_isThirtyTwoForEachSecond_roundedUp() throws {
        for (seconds, tokens) in [(4.32, 139), (3.7, 119), (1.0, 32), (0.001, 1), (0.0, 0), (60.0, 1920)] {
            let counts = try count(contents: #"{"parts": \#(makeInlinePart(makeWAV(seconds: seconds)))}"#)
            XCTAssertEqual(counts.first { $0.modality == .audio }?.tokenCount ?? 0, tokens, "\(seconds)")
        }
    }

    /// With white space in it each read starts at the beginning of the text.
    func test_seconds_areSame_whenBase64HasWhiteSpace() throws {
        var file = Array("RIFF....WAVE".utf8)
        for _ in 0..<50 { file += Array("junk".utf8) + [0, 0, 0, 0] }
        file += makeWAV(seconds: 2).dropFirst(12)
        let text = Base64Encoding.standard(file)
        for data in [text, " " + text, text + "\\n", text.prefix(100) + "\\r\\n" + text.dropFirst(100)] {
            let part = #"{"inlineData": {"mimeType": "audio/wav", "data": "\#(data)"}}"#
            XCTAssertEqual(try count(contents: #"{"parts": \#(part)}"#).last, ModalityTokenCount(.audio, 64))
        }
    }

    // MARK: - Other kinds

    func test_count_isThatOfKind_forBytes() throws {
        for (type, model, expected) in [
            ("image/png", "gemini-2.5-flash", ModalityTokenCount(.image, 258)),
            ("image/png", "gemini-3.6-flash", ModalityTokenCount(.image, 1088)),
            ("IMAGE/JPEG", "gemini-2.0-flash", ModalityTokenCount(.image, 258)),
            ("application/pdf", "gemini-2.5-flash", ModalityTokenCount(.document, 258)),
            ("application/json", "gemini-2.5-flash", nil), ("video/mp4", "gemini-2.5-flash", nil),
            ("", "gemini-2.5-flash", nil), ("audio/mp3", "gemini-2.5-flash", nil),
        ] as [(String, String, ModalityTokenCount?)] {
            let counts = try count(
                contents: #"{"parts": \#(makeInlinePart([1, 2], type: type))}"#, model: model)
            XCTAssertEqual(counts.filter { $0.modality != .text }, expected.map { [$0] } ?? [], type)
        }
    }

    func test_count_keepsOrderOfKinds_andLeavesOutZero() throws {
        let parts = [
            makeInlinePart([1], type: "application/pdf"), makeInlinePart(makeWAV(seconds: 1)),
            makeInlinePart([1], type: "image/png"), #"{"text": "harbour"}"#,
        ]
        XCTAssertEqual(
            try count(contents: #"{"parts": [\#(parts.joined(separator: ", "))]}"#),
            [
                ModalityTokenCount(.text, 2), ModalityTokenCount(.image, 258), ModalityTokenCount(.audio, 32),
                ModalityTokenCount(.document, 258),
            ]
        )
        XCTAssertEqual(try count(text: "", model: "gemini-2.0-flash"), [])
    }

    func test_count_isAtMostOneForFile() throws {
        XCTAssertEqual(try count(contents: #"{"parts": {"fileData": {"fileUri": "x"}}}"#).total, 1)
    }
}
