// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiMock

final class AnswerDigestTests: XCTestCase {
    private func digest(_ messages: String...) throws -> JSON {
        let views = try messages.map { try JSONDocument(parsing: Array($0.utf8), grammar: .strict).root }
        return .object(AnswerDigest(views).json ?? [])
    }

    private func said(_ text: String) -> String {
        #"{"candidates": [{"content": {"parts": [{"text": "\#(text)"}]}}]}"#
    }

    /// None of the pieces looks like a key.
    func test_aKeyThatIsToldPieceByPiece_isMasked() throws {
        let key = "AIzaSyA1234567890abcdefghijklmnopqrstuvw"
        let pieces = [
            String(key.prefix(10)), String(key.dropFirst(10).prefix(10)), String(key.dropFirst(20)),
        ]
        let text = try digest(said("The key is \(pieces[0])"), said(pieces[1]), said(pieces[2]))["text"]
        XCTAssertEqual(text, "The key is REDACTED")
    }

    /// Others would run into it.
    func test_ofSeveralCandidates_theFirstIsTold() throws {
        let digest = try digest(
            #"{"candidates": [{"index": 1, "content": {"parts": [{"text": "b"}]}}, {"index": 0, "content": {"parts": [{"text": "a"}]}}]}"#
        )
        XCTAssertEqual(digest["text"], "a")
    }

    func test_argumentsThatComeBitByBit_arePutTogether() throws {
        let start =
            #"{"event_type": "step.start", "index": 2, "step": {"type": "function_call", "name": "f", "id": "x", "arguments": {}}}"#
        func delta(_ text: String) -> String {
            #"{"event_type": "step.delta", "index": 2, "delta": {"type": "arguments_delta", "arguments": "\#(text)"}}"#
        }
        XCTAssertEqual(
            try digest(start, delta(#"{\"a\":"#), delta("1}"))["functionCalls"],
            [["name": "f", "args": ["a": 1], "id": "x"]])
        XCTAssertEqual(
            try digest(start, delta(#"{\"a\":"#))["functionCalls"],
            [["name": "f", "args": #"{"a":"#, "id": "x"]])
    }

    func test_whatIsNoModelsAnswer_isNone() throws {
        for text in ["{}", "[]", "1", #"{"totalTokens": 3}"#, #"{"candidates_": 1}"#] {
            XCTAssertEqual(try digest(text), .object([]), text)
        }
        // Of the wrong kinds, as scenarios may say.
        for text in [
            #"{"candidates": 1}"#, #"{"candidates": [1, null]}"#, #"{"candidates": [{"content": []}]}"#,
            #"{"event_type": "step.delta", "index": -1, "delta": {"type": "arguments_delta"}}"#,
            #"{"object": "interaction", "steps": [{"type": "function_call"}, 3]}"#,
        ] {
            XCTAssertNoThrow(try digest(text), text)
        }
    }
}
