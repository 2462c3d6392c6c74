// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class BodyMeaningTests: XCTestCase {
    private func meaning(_ text: String, ignoring pointers: [String] = [], type: String? = nil) -> Meaning {
        BodyMeaning(ignored: IgnoredPlaces(pointers)).meaning(of: Array(text.utf8), type: type)
    }

    func test_same() {
        let pairs: [(String, String)] = [
            ("", "{}"),
            (#"{"a":1,"b":2}"#, "{ \"b\" : 2,\n \"a\": 1 }"),
            (#"{"top_p": 1}"#, #"{"topP": 1.0}"#),
            (#"{"topK": 40}"#, #"{"topK": 4e1}"#),
            (#"{"t": 0.5}"#, #"{"t": 5e-1}"#),
            (#"{"text": "é"}"#, #"{"text": "\u00e9"}"#),
            (#"{"system_instruction": {"parts": []}}"#, #"{"systemInstruction": {"parts": []}}"#),
            (#"{"inlineData": {"data": "-_8="}}"#, #"{"inline_data": {"data": "+/8"}}"#),
            (#"{"data": "AAAA"}"#, #"{"data": "AA AA"}"#),
            (
                #"{"fileData": {"fileUri": "https://generativelanguage.googleapis.com/v1beta/files/a"}}"#,
                #"{"fileData": {"file_uri": "http://127.0.0.1:80/t/x/v1beta/files/a"}}"#
            ),
            (#"{"model": "m", "previous_interaction_id": null}"#, #"{"model": "m"}"#),
            (#"{"headers": {"x-api-key": "one"}}"#, #"{"headers": {"x-api-key": "REDACTED"}}"#),
            ("a plain text", "a plain text"),
        ]
        for (one, other) in pairs { XCTAssertEqual(meaning(one), meaning(other), "\(one) \(other)") }
    }

    func test_other() {
        let pairs: [(String, String)] = [
            (#"{"a": 1}"#, #"{"a": 2}"#),
            (#"{"a": 1}"#, #"{"a": "1"}"#),
            (#"{"a": 1}"#, #"{"b": 1}"#),
            (#"{"a": 1, "b": 2}"#, #"{"a": 2, "b": 1}"#),
            (#"{"a": [1, 2]}"#, #"{"a": [2, 1]}"#),
            (#"{"a": [[1], 2]}"#, #"{"a": [[1, 2]]}"#),
            (#"{"a": {}}"#, "{}"),
            (#"{"a": []}"#, "{}"),
            (#"{"a": false}"#, "{}"),
            (#"{"args": {"a": null}}"#, #"{"args": {}}"#),
            (#"{"args": {"top_p": 1}}"#, #"{"args": {"topP": 1}}"#),
            (#"{"properties": {"a_b": {}}}"#, #"{"properties": {"aB": {}}}"#),
            (#"{"args": {"data": "-_8="}}"#, #"{"args": {"data": "+/8"}}"#),
            (#"{"text": "-_8="}"#, #"{"text": "+/8"}"#),
            (#"{"data": "AAAA"}"#, #"{"data": "AAAB"}"#),
            (#"{"fileUri": "https://x/v1/files/a"}"#, #"{"fileUri": "https://x/v1/files/b"}"#),
            (#"{"fileUri": "https://x/a.pdf"}"#, #"{"fileUri": "https://y/a.pdf"}"#),
            (#"{"text": "a"}"#, #"{"text": "A"}"#),
            (#"{"a": 9007199254740993}"#, #"{"a": 9007199254740992}"#),
            ("[]", "{}"), ("a plain text", "a plain  text"), ("", "x"),
        ]
        for (one, other) in pairs { XCTAssertNotEqual(meaning(one), meaning(other), "\(one) \(other)") }
    }

    func test_ignoredPlaces() {
        let one = #"{"contents": [{"id": 1, "parts": [{"n": 1}]}], "time": 1}"#
        let other = #"{"contents": [{"id": 2, "parts": [{"n": 2}]}]}"#
        XCTAssertNotEqual(meaning(one), meaning(other))
        let pointers = ["/time", "/contents/*/id", "/contents/0/parts/0/n"]
        XCTAssertEqual(meaning(one, ignoring: pointers), meaning(other, ignoring: pointers))
        XCTAssertNotEqual(
            meaning(one, ignoring: ["/time", "/contents/1/id", "/contents/0/parts/0/n"]),
            meaning(other, ignoring: ["/time", "/contents/1/id", "/contents/0/parts/0/n"]))
        XCTAssertEqual(meaning("{}", ignoring: [""]), meaning("x", ignoring: [""]))
        XCTAssertEqual(
            meaning(#"{"system_instruction": 1}"#, ignoring: ["/systemInstruction"]),
            meaning(#"{"systemInstruction": 2}"#, ignoring: ["/systemInstruction"]))
    }

    func test_parts_goByTheirContent_notTheirBoundary() {
        func body(_ boundary: String, _ json: String, _ bytes: String) -> Meaning {
            meaning(
                "--\(boundary)\r\nContent-Type: application/json\r\n\r\n\(json)\r\n--\(boundary)\r\n"
                    + "Content-Type: text/plain\r\n\r\n\(bytes)\r\n--\(boundary)--\r\n",
                type: "multipart/related; boundary=\"\(boundary)\"")
        }
        let one = body("one", #"{"file": {"display_name": "x"}}"#, "bytes")
        XCTAssertEqual(one, body("other1", #"{"file":{"displayName":"x"}}"#, "bytes"))
        XCTAssertNotEqual(one, body("one", #"{"file": {"display_name": "x"}}"#, "byte"))
        XCTAssertNotEqual(one, body("one", #"{"file": {"display_name": "y"}}"#, "bytes"))
    }

    // MARK: Whatever the order and the spelling

    func test_made_meanTheSameInAnySpelling() {
        var generator = Dice(7)
        for round in 0..<300 {
            let value = made(depth: 0, &generator)
            let one = text(value, isOwn: false, shuffled: false, &generator)
            let other = text(value, isOwn: false, shuffled: true, &generator)
            XCTAssertEqual(meaning(one), meaning(other), "\(round): \(one) \(other)")
        }
    }

    func test_made_differ() {
        var generator = Dice(8)
        var texts: [Meaning: String] = [:]
        for _ in 0..<2000 {
            let text = text(made(depth: 0, &generator), isOwn: false, shuffled: false, &generator)
            if let known = texts[meaning(text)] { XCTAssertEqual(known, text) }
            texts[meaning(text)] = text
        }
    }

    private static let names = ["topP", "generationConfig", "args", "parts", "text", "labels", "x"]

    private func made(depth: Int, _ dice: inout Dice) -> JSON {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 4), using: &dice) {
        case 0: return .int(Int.random(in: -9...9, using: &dice))
        case 1: return .string(["", "a", "é\n", "AAAA"].randomElement(using: &dice) ?? "")
        case 2: return .bool(Bool.random(using: &dice))
        case 3: return .double(Double(Int.random(in: -9...9, using: &dice)) + 0.25)
        case 4: return .array((0..<3).map { _ in made(depth: depth + 1, &dice) })
        default:
            let names = BodyMeaningTests.names.shuffled(using: &dice).prefix(4)
            return .object(names.map { JSON.Member($0, made(depth: depth + 1, &dice)) })
        }
    }

    private func text(_ value: JSON, isOwn: Bool, shuffled: Bool, _ dice: inout Dice) -> String {
        switch value {
        case .int(let value): return shuffled ? "\(value).0" : "\(value)"
        case .array(let values):
            return
                "[\(values.map { text($0, isOwn: isOwn, shuffled: shuffled, &dice) }.joined(separator: ","))]"
        case .object(let members):
            let members = shuffled ? members.shuffled(using: &dice) : members
            let texts = members.map { member in
                let inside = isOwn || FieldName.holdsOwnNames(member.name)
                let name = shuffled && !isOwn ? snake(member.name) : member.name
                return "\"\(name)\": \(text(member.value, isOwn: inside, shuffled: shuffled, &dice))"
            }
            return "{\(texts.joined(separator: shuffled ? " ,\n" : ","))}"
        default: return String(decoding: value.bytes(.compact), as: UTF8.self)
        }
    }

    private func snake(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : "\($1)" }
    }
}
