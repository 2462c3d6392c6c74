// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class TextConditionTests: XCTestCase {
    func test_eachKind() {
        let cases: [(TextPattern, String, String, String)] = [
            (.equals("a"), "a", "b", ": the text “a” | “b”"),
            (.equals(""), "", "b", ": the text “” | “b”"),
            // The same letter, but other bytes.
            (.equals("é"), "é", "e\u{301}", ": the text “é” | “e\u{301}”"),
            (.contains("lo W"), "Hello World", "Hello", ": a text with “lo W” | “Hello”"),
            (.glob("H*o"), "Hello", "Hi", ": a text like “H*o” | “Hi”"),
            (.matches("l{2}"), "Hello", "Helo", ": a text that matches “l{2}” | “Helo”"),
        ]
        for (pattern, good, bad, line) in cases {
            let condition = TextCondition(pattern)
            XCTAssertTrue(condition.fits(good, within: SearchBudget()), good)
            XCTAssertFalse(condition.fits(bad, within: SearchBudget()), bad)
            XCTAssertEqual(condition.details(bad, missing: "none").line(""), line)
            XCTAssertTrue(
                Array(good.utf8).withUnsafeBufferPointer { condition.fits($0, within: SearchBudget()) }, good)
            XCTAssertFalse(
                Array(bad.utf8).withUnsafeBufferPointer { condition.fits($0, within: SearchBudget()) }, bad)
        }
    }

    func test_anExpressionThatIsNone_neverFits_andSaysSo() {
        let condition = TextCondition(.matches("("))
        XCTAssertFalse(condition.fits("(", within: SearchBudget()))
        XCTAssertEqual(
            condition.details("x", missing: "none").line(""),
            ": a text that matches “(” | “x” (no regular expression: missing closing parenthesis)")
    }
}
