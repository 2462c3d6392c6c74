// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe
import XCTest

@testable import GeminiService

final class TokenCounterTests: XCTestCase {
    private func count(
        text: String = "hi", contents: String? = nil, members: String = "",
        model: String = "gemini-2.5-flash",
        files: any FileDirectory = EmptyFileDirectory()
    ) throws -> [ModalityTokenCount] {
        let request = try makeRequest(text: text, contents: contents, members: members)
        return TokenCounter.count(
            contents: request.contents, systemInstruction: request.systemInstruction, tools: request.tools,
            media: try makeMedia(request, files: files),
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
            ("video/mp4", "gemini-2.5-flash", nil),
            ("application/pdf", "gemini-3.6-flash", .init(.image, 1102)),
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

    func test_count_isOfBytes_forTextThatIsMedia() throws {
        for type in ["text/plain", "application/json", "text/csv; charset=utf-8"] {
            let part = makeInlinePart(Array("The quick brown fox".utf8), type: type)
            XCTAssertEqual(try count(contents: #"{"parts": \#(part)}"#), [ModalityTokenCount(.text, 6)], type)
        }
    }

    /// CORE 5.2: recorded with uploaded files.
    func test_count_isSame_forFileAndItsBytesInline() throws {
        let files = FileTable([
            "sound": makeEntry("audio/mpeg", facts: MediaFacts(seconds: 4.488, hasSound: true)),
            "pages": makeEntry("application/pdf", facts: MediaFacts(pages: 1)),
            "film": makeEntry("video/mp4", facts: MediaFacts(seconds: 0.04)),
            "picture": makeEntry("image/jpeg", facts: MediaFacts(width: 300, height: 200)),
            "text": makeEntry("text/plain", size: 2000),
            "wave": makeEntry("audio/wav", facts: makeFacts(makeWAV())),
        ])
        for (id, model, expected) in [
            ("sound", "gemini-2.5-flash", ModalityTokenCount(.audio, 144)),
            ("sound", "gemini-3.6-flash", .init(.audio, 144)),
            ("pages", "gemini-2.5-flash", .init(.document, 258)),
            ("pages", "gemini-3.6-flash", .init(.image, 1102)),
            ("film", "gemini-2.5-flash", .init(.video, 263)),
            ("film", "gemini-3.6-flash", .init(.video, 64)),
            ("picture", "gemini-2.5-flash", .init(.image, 258)),
            ("picture", "gemini-3.6-flash", .init(.image, 1088)),
            ("text", "gemini-2.0-flash", .init(.text, 500)),
        ] {
            let part = makeFilePart("files/\(id)", type: "nonsense")
            let counts = try count(contents: #"{"parts": \#(part)}"#, model: model, files: files)
            XCTAssertEqual(
                counts.filter { $0.modality != .text || id == "text" }, [expected], "\(id) \(model)")
        }
        XCTAssertEqual(
            try count(contents: #"{"parts": \#(makeFilePart("files/wave"))}"#, files: files),
            try count(contents: #"{"parts": \#(makeInlinePart(makeWAV()))}"#)
        )
    }

    func test_count_isOfMediaToo_inFunctionResponse() throws {
        let response =
            #"{"functionResponse": {"name": "f", "parts": \#(makeInlinePart(makeWAV(seconds: 1)))}}"#
        XCTAssertEqual(
            try count(contents: #"{"parts": \#(response)}"#).last, ModalityTokenCount(.audio, 32))
    }

    func test_count_isOfAMinute_forYouTube() throws {
        let part = makeFilePart("https://m.youtube.com/watch?v=lCdaVNyHtjU", type: "video/mp4")
        XCTAssertEqual(
            try count(contents: #"{"parts": \#(part)}"#).dropFirst(),
            [ModalityTokenCount(.video, 15_780), ModalityTokenCount(.audio, 1920)]
        )
    }

    func test_count_isOfTurnAlone_forWhatIsElsewhere() throws {
        let part = makeFilePart("https://example.com/a.jpg", type: "image/jpeg")
        XCTAssertEqual(try count(contents: #"{"parts": \#(part)}"#), [ModalityTokenCount(.text, 1)])
    }

    private func makeFacts(_ bytes: [UInt8]) -> MediaFacts { MediaProbe.facts(of: bytes) }
}
