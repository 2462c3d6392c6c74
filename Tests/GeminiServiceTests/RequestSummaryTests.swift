// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe
import XCTest

@testable import GeminiService

final class RequestSummaryTests: XCTestCase {
    private let start = "This is gemini-mock, answering by itself as m."

    private let files = FileTable([
        "abc123def456": makeEntry(
            "audio/mpeg", size: 1_234_567, facts: MediaFacts(seconds: 43.1, hasSound: true)
        ),
        "paper": makeEntry("application/pdf", size: 18_810, facts: MediaFacts(pages: 1)),
        "notes": makeEntry("text/plain", size: 5),
    ])

    private func summary(text: String = "hi", contents: String? = nil, members: String = "") throws -> String
    {
        let request = try makeRequest(text: text, contents: contents, members: members)
        return RequestSummary.of(request, model: "m", media: try makeMedia(request, files: files))
    }

    private func received(_ part: String) throws -> String {
        String(try summary(contents: #"{"parts": \#(part)}"#).dropFirst(start.count + 1))
    }

    func test_of_tellsText() throws {
        XCTAssertEqual(
            try summary(text: "Why is the sky blue?"),
            "\(start) It received: text of 20 characters. The text was: \"Why is the sky blue?\""
        )
    }

    func test_of_tellsSoundWithSecondsAndBytes() throws {
        let parts = #"[{"text": "Transcribe this."}, \#(makeInlinePart(makeWAV()))]"#
        XCTAssertEqual(
            try summary(contents: #"{"parts": \#(parts)}"#),
            "\(start) It received: text of 16 characters, audio/wav, 4.32 s, 138,284 bytes. "
                + "The text was: \"Transcribe this.\""
        )
    }

    func test_of_tellsEachKindOfPart() throws {
        for (part, words) in [
            (makeInlinePart([1, 2, 3], type: "image/png"), "image/png, 3 bytes"),
            (makeInlinePart([], type: "image/png"), "image/png, 0 bytes"),
            (makeInlinePart([1], type: ""), "data without a type, 1 bytes"),
            (makeInlinePart(makeWAV(seconds: 0.5), type: "audio/x-y"), "audio/x-y, 0.50 s, 16,044 bytes"),
            (
                makeInlinePart(makeWAV(seconds: 61.004), type: "audio/x-y"),
                "audio/x-y, 61.00 s, 1,952,172 bytes"
            ),
            (#"{"inlineData": {"mimeType": "text/b"}}"#, "text/b, 0 bytes"),
            (
                makeFilePart("https://h/v1/files/abc123def456", type: "a/b"),
                "file abc123def456 (audio/mpeg, 43.10 s, 1,234,567 bytes)"
            ),
            (makeFilePart("files/paper"), "file paper (application/pdf, 1 page, 18,810 bytes)"),
            (makeFilePart("files/notes"), "file notes (text/plain, 5 bytes)"),
            (makeFilePart("https://youtu.be/1", type: "video/mp4"), "YouTube video https://youtu.be/1"),
            (makeFilePart("https://x/a.png", type: "image/png"), "file https://x/a.png (image/png)"),
            (makeFilePart("gs://x/a.png"), "file gs://x/a.png"),
            (#"{"functionCall": {"name": "f"}}"#, "functionCall f"),
            (#"{"functionCall": {}}"#, "functionCall ?"),
            (#"{"functionResponse": {"name": "f"}}"#, "functionResponse of f"),
            (
                #"{"functionResponse": {"name": "f", "parts": [\#(makeFilePart("files/notes"))]}}"#,
                "functionResponse of f with file notes (text/plain, 5 bytes)"
            ),
            (
                #"{"functionResponse": {"parts": [{"inlineData": {}}, {"inlineData": {}}]}}"#,
                "functionResponse of ? with data without a type, 0 bytes and 1 more"
            ),
            (#"{"executableCode": {}}"#, "executableCode"), (#"{"toolCall": {}}"#, "toolCall"),
        ] {
            XCTAssertEqual(try received(part), "It received: \(words).", part.prefix(80).description)
        }
    }

    func test_of_countsScalars() throws {
        for (text, count) in [("é", 1), ("e\u{301}", 2), ("日本", 2), ("👩‍👧", 3), ("a\nb", 3)] {
            XCTAssertTrue(
                try summary(text: text).contains("text of \(count) character\(count == 1 ? "" : "s")."), text)
        }
    }

    func test_of_tellsLastTurnOfSeveral() throws {
        let contents = #"""
            [{"parts": {"text": "first"}}, {"role": "model", "parts": {"text": "answer"}},
            {"parts": {"text": "last"}}]
            """#
        XCTAssertEqual(
            try summary(contents: contents),
            "\(start) It received 3 contents; the last: text of 4 characters. The text was: \"last\""
        )
    }

    func test_of_tellsInstructionAndFunctions() throws {
        let members = #"""
            "systemInstruction": {"parts": [{"text": "Be brief."}, {"text": "!"}]},
            "tools": [{"functionDeclarations": [{"name": "f"}, {"name": "g"}]}]
            """#
        XCTAssertEqual(
            try summary(members: members),
            "\(start) It received: text of 2 characters. System instruction: text of 9 characters, "
                + "text of 1 character. Functions: f, g. The text was: \"hi\""
        )
    }

    func test_of_quotesBeginning_ofLongText() throws {
        for (character, count) in [
            ("a", 120), ("a", 121), ("é", 121), ("👩‍👩‍👧‍👦", 121), ("🇫🇷", 500), ("e\u{301}", 121),
        ] {
            let summary = try summary(text: String(repeating: character, count: count))
            let quote = String(repeating: character, count: min(count, 120)) + (count > 120 ? "…" : "")
            XCTAssertTrue(summary.hasSuffix("The text was: \"\(quote)\""), "\(character) \(count)")
        }
    }

    func test_of_tellsNoText_whenThereIsNone() throws {
        XCTAssertFalse(try received(makeFilePart("files/paper")).contains("The text was"))
        XCTAssertFalse(try received(#"{"text": ""}"#).contains("The text was"))
        XCTAssertFalse(try received(#"{"text": "a", "thought": true}"#).contains("The text was"))
    }

    func test_of_staysShort_whateverArrives() throws {
        let long = String(repeating: "x", count: 100_000)
        let parts = (0..<1_000).map { _ in makeFilePart("https://h/\(long.prefix(1_000))") }
        let declared = (0..<1_000).map { #"{"name": "f\#($0)"}"# }.joined(separator: ", ")
        for (contents, members) in [
            (#"{"parts": [\#(parts.joined(separator: ", "))]}"#, ""),
            (#"{"parts": \#(makeFilePart("https://h/\(long)", type: "text/\(long)"))}"#, ""),
            (#"{"parts": \#(makeFilePart("https://youtu.be/x?\(long)"))}"#, ""),
            (#"{"parts": {"inlineData": {"mimeType": "text/\#(long)", "data": ""}}}"#, ""),
            (#"{"parts": {"functionCall": {"name": "\#(long)"}}}"#, ""),
            (#"{"parts": {"text": "e\#(String(repeating: "\u{301}", count: 100_000))"}}"#, ""),
            (
                #"{"parts": {"text": "a"}}"#,
                #""systemInstruction": {"parts": [\#(parts.joined(separator: ", "))]}"#
            ),
            (
                #"{"parts": {"text": "a"}}"#,
                #""tools": {"functionDeclarations": [{"name": "\#(long)"}, \#(declared)]}"#
            ),
        ] {
            XCTAssertLessThan(try summary(contents: contents, members: members).utf8.count, 6_000)
        }
        XCTAssertTrue(
            try summary(contents: #"{"parts": [\#(parts.joined(separator: ", "))]}"#).contains(
                ", and 980 more.")
        )
    }
}
