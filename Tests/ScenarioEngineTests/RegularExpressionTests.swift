// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class RegularExpressionTests: XCTestCase {
    private func search(_ pattern: String, _ text: String) throws -> RegularExpression.Outcome {
        try RegularExpression(pattern).search(text)
    }

    func test_itIsFoundAnywhere() throws {
        XCTAssertEqual(try search("b+c", "abbc"), .found)
        XCTAssertEqual(try search("b+c", "ab"), .absent)
        XCTAssertEqual(try search("^$", ""), .found)
        XCTAssertEqual(try search("x", ""), .absent)
        XCTAssertEqual(try search("a\\x00b", "xa\u{0}b"), .found)
        XCTAssertEqual(try search("(?i)straße", "STRAßE"), .found)
        XCTAssertEqual(try search("^\\w+$", "Grün"), .found)
        XCTAssertEqual(try search("^.$", "😀"), .found)
        XCTAssertEqual(try search("(\\w)\\1", "letter"), .found)
    }

    func test_whatIsNoExpression_isToldInPCRE2sWords() {
        let cases: [(String, String, Int)] = [
            ("(", "missing closing parenthesis", 1),
            ("ab(cd", "missing closing parenthesis", 5),
            ("éé)", "unmatched closing parenthesis", 2),
            ("*", "quantifier does not follow a repeatable item", 1),
            ("[z-a]", "range out of order in character class", 3),
            ("\\C", "using \\C is disabled by the application", 2),
        ]
        for (pattern, message, character) in cases {
            XCTAssertThrowsError(try RegularExpression(pattern), pattern) { error in
                XCTAssertEqual(
                    error as? RegularExpression.Failure, .init(message: message, character: character),
                    pattern)
            }
        }
    }

    /// Each of them takes minutes or for ever where only PCRE2's own limits are set.
    func test_searchesWithoutEnd_areGivenUp() throws {
        let letters = String(repeating: "a", count: 200_000)
        let cases = [
            ("(a+)+$", letters + "b"),
            ("(a|aa)+$", letters + "b"),
            ("a*a*a*a*a*[bc]", letters),
            ("\\w*\\d\\d", letters),
            ("[ab]*+\\d", letters),
            ("(?:\\w*+\\d|\\w)*[xy]", letters),
            ("a{60000}[bc]", letters),
            ("[ac]{60000}[bd]", String(repeating: String(repeating: "a", count: 59_999) + "-", count: 4)),
            ("(a*)\\1[bc]", letters),
            ("(?:(?=(a+))a)*[bc]", letters),
        ]
        let start = ContinuousClock.now
        for (pattern, text) in cases {
            let outcome = try search(pattern, text)
            let reasons: [RegularExpression.Outcome] = [
                .givenUp("the search took too many steps"), .givenUp("the search took too much memory"),
            ]
            XCTAssertTrue(reasons.contains(outcome), "\(pattern): \(outcome)")
            XCTAssertEqual(try search(pattern, text), outcome, pattern)
        }
        // A hundred times what it takes.
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(60))
    }

    func test_ordinarySearches_endInLongTexts() throws {
        let prose = String(repeating: "It was a bright cold day in April.\n", count: 3500)
        XCTAssertEqual(try search("\\w+@\\w+\\.com", prose + "com"), .absent)
        XCTAssertEqual(try search("\\bMay\\b", prose), .absent)
        XCTAssertEqual(try search("(?i)\\bapril\\b.*may", prose), .absent)
    }

    func test_onlyTheBeginningOfATextIsLookedAt() throws {
        let filler = String(repeating: "é", count: RegularExpression.textLimit / 2)
        XCTAssertEqual(try search("x", filler + "x"), .absent)
        XCTAssertEqual(try search("é$", filler), .found)
        XCTAssertEqual(try search("é$", filler + "é"), .absent)
        XCTAssertEqual(try search("^a", "a" + filler), .found)
    }

    func test_threadsShareOne() throws {
        let expression = try RegularExpression("^a+b$")
        DispatchQueue.concurrentPerform(iterations: 200) { number in
            let text = String(repeating: "a", count: number + 1)
            XCTAssertEqual(expression.search(text + "b"), .found)
            XCTAssertEqual(expression.search(text), .absent)
        }
    }
}
