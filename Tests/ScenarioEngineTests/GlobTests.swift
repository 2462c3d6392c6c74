// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class GlobTests: XCTestCase {
    func test_starsAndQuestionMarks() {
        let cases: [(String, [String], [String])] = [
            ("", [""], ["a"]), ("abc", ["abc"], ["", "ab", "abcd", "Abc"]), ("*", ["", "a", "é\n"], []),
            ("?", ["a", "é", "😀"], ["", "ab", "éé"]), ("a*", ["a", "ab"], ["", "ba"]),
            ("*a", ["a", "ba"], ["ab"]),
            ("*a*", ["a", "bab"], ["", "b"]), ("a*b*c", ["abc", "a.b.c", "abbcbc"], ["acb", "abcd", "ab"]),
            ("a?c", ["abc", "a😀c"], ["ac", "abbc"]), ("??", ["éé", "ab"], ["é", "a", "abc"]),
            ("*?b", ["ab", "éb", "bbb"], ["b"]), ("é*ü", ["éü", "é--ü"], ["é", "e--ü"]),
            ("**a**", ["a", "xax"], ["x"]),
        ]
        for (pattern, good, bad) in cases {
            for text in good { XCTAssertTrue(Glob(pattern).matches(text), "\(pattern) \(text)") }
            for text in bad { XCTAssertFalse(Glob(pattern).matches(text), "\(pattern) \(text)") }
        }
    }

    func test_longPatterns_crossWords() {
        for length in [62, 63, 64, 65, 127, 128, 129, 300] {
            let text = String(repeating: "ab", count: length).prefix(length)
            XCTAssertTrue(Glob("*\(text)").matches("xx\(text)"), "\(length)")
            XCTAssertTrue(Glob("\(text)*?").matches("\(text)z"), "\(length)")
            XCTAssertFalse(Glob("*\(text)").matches("xx\(text)z"), "\(length)")
            XCTAssertFalse(Glob("?\(text)").matches("\(text)"), "\(length)")
        }
    }

    /// The obvious way to match takes minutes here.
    func test_repetitive_takesLinearTime() {
        let text = String(repeating: "a", count: 500_000)
        let glob = Glob(
            "*" + String(repeating: "a?", count: 60) + "b*" + String(repeating: "a", count: 60) + "b")
        XCTAssertFalse(glob.matches(text))
        XCTAssertTrue(Glob(String(repeating: "*a", count: 100)).matches(text))
    }
}
