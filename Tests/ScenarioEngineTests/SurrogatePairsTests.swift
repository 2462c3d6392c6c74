// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest
import YAMLReading

@testable import ScenarioEngine

final class SurrogatePairsTests: XCTestCase {
    private func read(_ text: String) -> DocumentReader.Result {
        DocumentReader.read(Array(text.utf8), file: "f", limits: DocumentLimits())
    }

    func test_pairs_areTheCharactersThatTheyStandFor() {
        for (text, expected) in [
            (#"{"a": "x\ud83d\uDE00y"}"#, "x😀y"), (#"{"a": "\uD800\uDC00"}"#, "\u{10000}"),
            (#"{"a": "\udbff\udfff"}"#, "\u{10FFFF}"), (#"{"a": "\\ud83d\\ude00"}"#, #"\ud83d\ude00"#),
            (#"{"a": "\u00e9\ud83d\ude00\n"}"#, "é😀\n"),
        ] {
            guard case .map(let fields) = read(text).value?.kind else { return XCTFail(text) }
            XCTAssertEqual(fields[0].value.kind, .string(expected), text)
        }
    }

    func test_places_areThoseOfTheFile() throws {
        let text = "{\"a\": [\"\\ud83d\\ude00\\ud83d\\ude00\", 1],\n \"é\\ud83d\\ude00\": 2, \"b\": 3}"
        guard case .map(let fields) = read(text).value?.kind, case .list(let list) = fields[0].value.kind
        else {
            return XCTFail()
        }
        XCTAssertEqual(list.map(\.place), [TextPlace(line: 1, column: 8), TextPlace(line: 1, column: 36)])
        XCTAssertEqual(
            fields.map(\.place).dropFirst(), [TextPlace(line: 2, column: 2), TextPlace(line: 2, column: 22)])
        XCTAssertEqual(fields[2].value.place, TextPlace(line: 2, column: 27))
    }

    func test_halves_areRefused() {
        for half in [#"\ud83d"#, #"\ude00\ud83d"#, #"\ud83dx"#] {
            let problems = read("{\"a\": \"\(half)\"}").problems
            XCTAssertEqual(problems.count, 1, half)
        }
    }

    func test_yaml_isLeftAsItIs() {
        let text = #"a: '\ud83d\ude00'"#
        XCTAssertEqual(SurrogatePairs(Array(text.utf8)).text, Array(text.utf8))
    }

    func test_manyPairs_inOneLine_areReadInOneGo() {
        let pairs = Array(repeating: #""\ud83d\ude00""#, count: 50_000).joined(separator: ",")
        guard case .list(let list) = read("[\(pairs)]").value?.kind else { return XCTFail() }
        XCTAssertEqual(list.last?.place, TextPlace(line: 1, column: 2 + 49_999 * 15))
    }
}
