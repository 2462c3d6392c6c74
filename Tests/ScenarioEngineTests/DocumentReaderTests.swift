// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class DocumentReaderTests: XCTestCase {
    private func read(_ text: String, _ limits: DocumentLimits = DocumentLimits()) -> DocumentReader.Result {
        DocumentReader.read(Array(text.utf8), file: "f.yaml", limits: limits)
    }

    private func problems(_ text: String, _ limits: DocumentLimits = DocumentLimits()) -> [String] {
        read(text, limits).problems.map(\.description)
    }

    private func json(_ text: String) -> String? {
        read(text).value.map { String(decoding: $0.json.bytes(.compact), as: UTF8.self) }
    }

    // MARK: Values and places

    func test_everyValue_knowsItsPlace() throws {
        let root = try XCTUnwrap(read("a: 1\nlist:\n  - é: [x, {y: 2}]\n").value)
        guard case .map(let fields) = root.kind, case .list(let list) = fields[1].value.kind,
            case .map(let inner) = list[0].kind, case .list(let flow) = inner[0].value.kind,
            case .map(let last) = flow[1].kind
        else { return XCTFail("\(root)") }
        XCTAssertEqual(fields[0].value.place, TextPlace(line: 1, column: 4))
        XCTAssertEqual(inner[0].place, TextPlace(line: 3, column: 5))
        XCTAssertEqual(flow[0].place, TextPlace(line: 3, column: 9), "a column is a scalar, not a byte")
        XCTAssertEqual(last[0].value.place, TextPlace(line: 3, column: 16))
    }

    func test_aByteOrderMark_doesNotMoveTheFirstLine() {
        XCTAssertEqual(read("\u{FEFF}a: 1").value, read("a: 1").value)
    }

    func test_json_isReadAsItIs() {
        let text = #"{"a":[1,-2.5,true,false,null],"b":{"c":"x\/\n\u00e9\"\\"},"d":"","e":{},"f":[]}"#
        XCTAssertEqual(json(text), try? JSONDocument(parsing: Array(text.utf8)).root.compact)
        XCTAssertEqual(json("{\n\t\"a\"\t:\t1\n}"), #"{"a":1}"#, "JSON may be indented with tabs")
    }

    func test_plainScalars_areThoseOfJSON() {
        XCTAssertEqual(json("[1, -1, 1.5, 1e3, 0, -0.5E-1, 1.0]"), "[1,-1,1.5,1000,0,-0.05,1]")
        XCTAssertEqual(json("[true, false, null, ~, ]"), "[true,false,null,null]")
    }

    func test_surprisesOfYAML1_1_areTexts() {
        let words = [
            "no", "yes", "on", "off", "y", "N", "True", "NULL", "012", "0x1F", "0o17", "1_000", "12:30:45",
            "2026-01-01", ".5", "5.", "+1", ".inf", ".nan", "1e", "-", "=",
        ]
        for word in words {
            XCTAssertEqual(read(word == "-" ? "'-'" : word).value?.kind, .string(word), word)
        }
    }

    func test_aliases_standForTheirAnchors() {
        XCTAssertEqual(
            json("a: &x {b: [1]}\nc: *x\nd: [*x, *x]"),
            #"{"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]},{"b":[1]}]}"#)
    }

    // MARK: What is refused

    func test_problems_areToldWithTheirPlaces() {
        let cases: [(String, [String])] = [
            ("", ["1:1: the file is empty"]),
            ("# a comment\n", ["1:1: the file is empty"]),
            ("a:\n\tb: 1\n", ["2:1: a tab can't indent in YAML: use blanks"]),
            ("é: 1\na:\n\tb: 1\n", ["3:1: a tab can't indent in YAML: use blanks"]),
            ("a: 1\nb: 2\na: 3\n", ["3:1: “a” stands here twice, first in line 1"]),
            (
                "{a: 1, a: 2, b: {c: 1, c: 2}}",
                [
                    "1:8: “a” stands here twice, first in line 1",
                    "1:24: “c” stands here twice, first in line 1",
                ]
            ),
            ("a: 1\n---\nb: 2\n", ["2:1: a file holds one scenario: nothing may follow the first document"]),
            ("a: !!str 1", ["1:4: tags such as !!str aren't understood: leave it out"]),
            ("a: !secret x", ["1:4: tags such as !!str aren't understood: leave it out"]),
            ("a: &x 1\nb: &x 2", ["2:4: the anchor &x is set twice"]),
            ("a: *x", ["1:4: the alias *x stands for nothing: no finished &x is above it"]),
            ("a: &x [*x]", ["1:8: the alias *x stands for nothing: no finished &x is above it"]),
            (
                "a: &x {b: 1}\nc:\n  <<: *x",
                [
                    "3:3: merge keys (<<) aren't understood: give the whole value an anchor"
                ]
            ),
            ("[a]: 1", ["1:1: a name must be a text, not a list, a map or an alias"]),
            ("a: 99999999999999999999", ["1:4: the number “99999999999999999999” is too large"]),
            ("a: 1e999", ["1:4: the number “1e999” is too large"]),
            ("a: [1, 2", ["2:1: not readable as YAML: did not find expected ',' or ']'"]),
            ("a: 'x", ["1:6: not readable as YAML: found unexpected end of stream"]),
            ("a: b: c", ["1:5: not readable as YAML: mapping values are not allowed in this context"]),
            (
                #"{a: "\ud83d\ude00"}"#,
                [
                    #"1:8: \uD800 to \uDFFF can't be used here: write the character itself, or \U0001F600"#
                ]
            ),
            ("a: \u{0}", ["1:4: not readable as UTF-8 text: control characters are not allowed"]),
        ]
        for (text, expected) in cases {
            XCTAssertEqual(problems(text), expected.map { "f.yaml:\($0)" }, text.debugDescription)
        }
    }

    func test_badUTF8_isToldWithItsPlace() {
        let bytes = Array("a: é\nb: x".utf8) + [0xFF]
        XCTAssertEqual(
            DocumentReader.read(bytes, file: "f").problems.map(\.description),
            ["f:2:5: not readable as UTF-8 text: invalid leading UTF-8 octet"]
        )
    }

    // MARK: Hostile files

    func test_manyAliases_areCountedNotExpanded() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            text +=
                "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        XCTAssertEqual(
            problems(text).map { $0.split(separator: ": ").last.map { String($0) } },
            ["the file has more than 1000000 values, those of aliases included"]
        )
    }

    func test_aliases_countTowardsTheDepth() {
        var limits = DocumentLimits()
        limits.depth = 4
        XCTAssertEqual(problems("a: &x [[1]]\nb: [*x]", limits), [])
        XCTAssertEqual(
            problems("a: &x [[1]]\nb: [[*x]]", limits), ["f.yaml:2:6: lists and maps go deeper than 4 levels"]
        )
    }

    func test_depth_isBounded() {
        for opening in ["[", "{a: ", "- ", "? "] {
            let problems = problems(String(repeating: opening, count: 100_000))
            XCTAssertEqual(problems.count, 1, opening)
        }
        XCTAssertEqual(problems(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)), [])
        XCTAssertEqual(
            problems(String(repeating: "[", count: 65) + String(repeating: "]", count: 65)),
            ["f.yaml:1:65: lists and maps go deeper than 64 levels"])
    }

    func test_sizeValuesAndProblems_areBounded() {
        var limits = DocumentLimits()
        (limits.bytes, limits.values, limits.problems) = (40, 4, 3)
        XCTAssertEqual(
            problems(String(repeating: " ", count: 41), limits),
            ["f.yaml:1:1: the file has 41 bytes, the most is 40"])
        XCTAssertEqual(
            problems("[1, 2, 3, 4]", limits),
            ["f.yaml:1:11: the file has more than 4 values, those of aliases included"])
        limits.values = 100
        XCTAssertEqual(problems("[!a 1, !a 1, !a 1, !a 1, !a 1]", limits).count, 3)
    }

    func test_randomTexts_areReadOrRefused() {
        var generator = SameNumbers()
        let tokens = [
            "a", ":", " ", "\n", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "!!x ", "'", "\"", "#", "\t",
            "|", ">",
            "? ", "---", "...", "%", "\\", "é", "\u{0}", "1", "~", "<<",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                tokens[Int.random(in: 0..<tokens.count, using: &generator)]
            }.joined()
            let result = read(text)
            XCTAssertTrue(result.value != nil || !result.problems.isEmpty, text.debugDescription)
        }
    }
}

/// The same numbers in each run.
private struct SameNumbers: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 33
    }
}

extension JSONView {
    fileprivate var compact: String { String(decoding: JSON(self).bytes(.compact), as: UTF8.self) }
}
