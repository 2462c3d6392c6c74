// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class GenerateContentResponseTests: XCTestCase {
    /// The layout of CORE 4.3.
    func test_bytes_areIndented_whenPretty() {
        let response = makeResponse(
            usage: UsageMetadata(
                prompt: [ModalityTokenCount(.text, 6), ModalityTokenCount(.audio, 139)], candidates: 10,
                thoughts: 24,
                serviceTier: "standard"
            ), responseID: "0123456789abcdefABCD-_"
        )
        XCTAssertEqual(
            makeText(response.bytes(.pretty)),
            """
            {
              "candidates": [
                {
                  "content": {
                    "parts": [
                      {
                        "text": "Hi"
                      }
                    ],
                    "role": "model"
                  },
                  "finishReason": "STOP",
                  "index": 0
                }
              ],
              "usageMetadata": {
                "promptTokenCount": 145,
                "candidatesTokenCount": 10,
                "totalTokenCount": 179,
                "promptTokensDetails": [
                  {
                    "modality": "TEXT",
                    "tokenCount": 6
                  },
                  {
                    "modality": "AUDIO",
                    "tokenCount": 139
                  }
                ],
                "thoughtsTokenCount": 24,
                "serviceTier": "standard"
              },
              "modelVersion": "gemini-2.5-flash",
              "responseId": "0123456789abcdefABCD-_"
            }
            """
        )
    }

    /// The layout of CORE 4.5: a blank after colons, none after commas.
    func test_bytes_areOneLine_whenSingleLine() {
        XCTAssertEqual(
            makeText(makeResponse().bytes(.singleLine)),
            #"{"candidates": [{"content": {"parts": [{"text": "Hi"}],"role": "model"},"#
                + #""finishReason": "STOP","index": 0}],"#
                + #""usageMetadata": {"promptTokenCount": 8,"candidatesTokenCount": 2,"totalTokenCount": 34,"#
                + #""promptTokensDetails": [{"modality": "TEXT","tokenCount": 8}],"thoughtsTokenCount": 24,"#
                + #""serviceTier": "standard"},"modelVersion": "gemini-2.5-flash","responseId": "abc"}"#
        )
    }

    func test_text_isEscapedAsRealOne() {
        let text = "a\"b\\c\n\t<d> = 'é' 🙂\u{7F}"
        let response = makeResponse(candidates: [Candidate(parts: [OutputPart(.text(text))])])
        XCTAssertTrue(
            makeText(response.bytes(.singleLine)).contains(
                #"[{"text": "a\"b\\c\n\t\u003cd\u003e = 'é' 🙂\u007f"}]"#)
        )
    }

    func test_candidate_hasMembersInOrder_whenAllAreSet() {
        let candidate = Candidate(
            parts: [OutputPart(.text("a"))], finishReason: "STOP", avgLogprobs: -0.25, index: 1,
            finishMessage: "m"
        )
        XCTAssertEqual(
            text(candidate),
            #"{"content": {"parts": [{"text": "a"}],"role": "model"},"#
                + #""finishReason": "STOP","avgLogprobs": -0.25,"index": 1,"finishMessage": "m"}"#
        )
    }

    func test_candidate_hasNoParts_whenThereAreNone() {
        XCTAssertEqual(
            text(Candidate(parts: [], finishReason: "MAX_TOKENS", index: 0)),
            #"{"content": {"role": "model"},"finishReason": "MAX_TOKENS","index": 0}"#
        )
    }

    func test_candidate_hasEmptyContent_whenWithheld() {
        let candidate = Candidate(
            parts: [], isWithheld: true, finishReason: "SAFETY", index: 0,
            safetyRatings: [["category": "C", "probability": "LOW"]], finishMessage: "m"
        )
        XCTAssertEqual(
            text(candidate),
            #"{"content": {},"finishReason": "SAFETY","index": 0,"#
                + #""safetyRatings": [{"category": "C","probability": "LOW"}],"finishMessage": "m"}"#
        )
    }

    func test_part_isWrittenAsItStands_whenGiven() {
        let part = OutputPart(.given(["z": [1], "text": "a", "new": .null]))
        XCTAssertEqual(
            text(Candidate(parts: [part])),
            #"{"content": {"parts": [{"z": [1],"text": "a","new": null}],"role": "model"}}"#
        )
    }

    /// CORE 4.3: a blocked prompt.
    func test_candidates_areLeftOut_whenThereAreNone() {
        var response = makeResponse(
            candidates: [], usage: UsageMetadata(prompt: [ModalityTokenCount(.text, 8)]))
        let rest =
            #""usageMetadata": {"promptTokenCount": 8,"totalTokenCount": 8,"#
            + #""promptTokensDetails": [{"modality": "TEXT","tokenCount": 8}]},"#
            + #""modelVersion": "gemini-2.5-flash","responseId": "abc"}"#
        XCTAssertEqual(makeText(response.bytes(.singleLine)), "{" + rest)
        response.promptFeedback = ["blockReason": "SAFETY"]
        XCTAssertEqual(
            makeText(response.bytes(.singleLine)), #"{"promptFeedback": {"blockReason": "SAFETY"},"# + rest)
    }

    func test_promptFeedback_standsBehindCandidates() {
        var response = makeResponse()
        response.promptFeedback = [:]
        XCTAssertTrue(
            makeText(response.bytes(.singleLine)).contains(
                #""index": 0}],"promptFeedback": {},"usageMetadata""#)
        )
    }

    func test_part_hasMembersInOrder() {
        for (part, expected) in [
            (OutputPart(.text("a")), #"{"text": "a"}"#),
            (OutputPart(.text("a"), isThought: true), #"{"text": "a","thought": true}"#),
            (OutputPart(.text(""), thoughtSignature: "Zg=="), #"{"text": "","thoughtSignature": "Zg=="}"#),
            (
                OutputPart(.functionCall(name: "f", arguments: ["b": 1, "a": [true]], id: nil)),
                #"{"functionCall": {"name": "f","args": {"b": 1,"a": [true]}}}"#
            ),
            (
                OutputPart(.functionCall(name: "f", arguments: [:], id: "i"), thoughtSignature: "Zg=="),
                #"{"functionCall": {"name": "f","args": {},"id": "i"},"thoughtSignature": "Zg=="}"#
            ),
        ] {
            let candidate = Candidate(parts: [part])
            XCTAssertEqual(text(candidate), #"{"content": {"parts": [\#(expected)],"role": "model"}}"#)
        }
    }

    /// The text of a candidate within its response.
    private func text(_ candidate: Candidate) -> String {
        let whole = makeText(makeResponse(candidates: [candidate]).bytes(.singleLine))
        let start = whole.dropFirst(#"{"candidates": ["#.count)
        return String(start[..<(start.range(of: #"],"usageMetadata""#)?.lowerBound ?? start.endIndex)])
    }

    func test_usage_hasMembersInOrder_andSums() {
        let usage = UsageMetadata(
            prompt: [ModalityTokenCount(.audio, 3), ModalityTokenCount(.text, 4)], candidates: 5,
            candidatesDetails: [ModalityTokenCount(.text, 5)], thoughts: 6, serviceTier: "flex"
        )
        XCTAssertEqual(usage.total, 18)
        XCTAssertTrue(
            makeText(makeResponse(usage: usage).bytes(.singleLine)).contains(
                #"{"promptTokenCount": 7,"candidatesTokenCount": 5,"totalTokenCount": 18,"#
                    + #""promptTokensDetails": [{"modality": "AUDIO","tokenCount": 3},"#
                    + #"{"modality": "TEXT","tokenCount": 4}],"#
                    + #""candidatesTokensDetails": [{"modality": "TEXT","tokenCount": 5}],"#
                    + #""thoughtsTokenCount": 6,"serviceTier": "flex"}"#
            )
        )
    }

    func test_usage_leavesOut_whatIsNotCounted() {
        let usage = UsageMetadata(prompt: [ModalityTokenCount(.text, 4)])
        XCTAssertEqual(usage.total, 4)
        XCTAssertTrue(
            makeText(makeResponse(usage: usage).bytes(.singleLine)).contains(
                #"{"promptTokenCount": 4,"totalTokenCount": 4,"#
                    + #""promptTokensDetails": [{"modality": "TEXT","tokenCount": 4}]}"#
            )
        )
    }

    func test_total_isSumOfAllKinds() {
        XCTAssertEqual([ModalityTokenCount]().total, 0)
        XCTAssertEqual(Modality.allCases.map { ModalityTokenCount($0, 2) }.total, 10)
        XCTAssertEqual(Modality.allCases.map(\.rawValue), ["TEXT", "IMAGE", "VIDEO", "AUDIO", "DOCUMENT"])
    }
}
