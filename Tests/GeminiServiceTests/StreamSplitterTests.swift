// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class StreamSplitterTests: XCTestCase {
    private static let texts = [
        "", "a", "ab", "abc", "abcd", "a\r\nb", "👩‍👩‍👧‍👦🇫🇷👍🏽", String(repeating: "👩‍👩‍👧‍👦", count: 200),
        String(repeating: "e\u{301}", count: 500), String(repeating: "🇫🇷", count: 181),
        String(repeating: "The tide comes in. ", count: 50), String(repeating: "\r\n", count: 100),
        "a" + String(repeating: "\u{301}", count: 5_000),
    ]

    func test_pieces_joinToWhole() {
        for text in Self.texts {
            XCTAssertEqual(Array(StreamSplitter.pieces(of: text).joined().utf8), Array(text.utf8), text)
        }
    }

    func test_pieces_splitNoCharacter() {
        for text in Self.texts {
            XCTAssertEqual(StreamSplitter.pieces(of: text).flatMap { Array($0) }, Array(text), text)
        }
    }

    func test_pieces_areThreeOrMore_whenThereAreThreeCharacters() {
        for text in Self.texts where text.count >= 3 {
            XCTAssertGreaterThanOrEqual(StreamSplitter.pieces(of: text).count, 3, text)
        }
    }

    func test_pieces_areFew_whenTextIsShort() {
        XCTAssertEqual(StreamSplitter.pieces(of: ""), [])
        XCTAssertEqual(StreamSplitter.pieces(of: "ab"), ["ab"])
        XCTAssertEqual(StreamSplitter.pieces(of: "abc"), ["a", "b", "c"])
        XCTAssertEqual(StreamSplitter.pieces(of: "abcde"), ["ab", "cd", "e"])
    }

    func test_pieces_areShortAndOfEvenLength() {
        for text in Self.texts {
            let lengths = StreamSplitter.pieces(of: text).map(\.count)
            XCTAssertLessThanOrEqual(lengths.max() ?? 0, 60)
            XCTAssertLessThanOrEqual((lengths.max() ?? 0) - (lengths.min() ?? 0), 1)
            XCTAssertFalse(lengths.contains(0))
        }
    }

    func test_pieces_areAsManyAsAskedFor() {
        for (text, count, expected) in [
            ("abcdefg", 3, ["abc", "de", "fg"]), ("abc", 1, ["abc"]), ("ab", 5, ["a", "b"]), ("", 4, [""]),
            ("👩‍👩‍👧‍👦🇫🇷", 2, ["👩‍👩‍👧‍👦", "🇫🇷"]), ("abc", 0, ["abc"]), ("abc", .max, ["a", "b", "c"]),
        ] {
            XCTAssertEqual(StreamSplitter.pieces(of: text, .count(count)), expected, text)
        }
    }

    func test_pieces_areAsLongAsAskedFor() {
        for (text, size, expected) in [
            ("abcdefg", 3, ["abc", "def", "g"]), ("abcdef", 3, ["abc", "def"]), ("abc", 9, ["abc"]),
            ("", 4, [""]), ("🇫🇷e\u{301}a", 1, ["🇫🇷", "e\u{301}", "a"]), ("ab", 0, ["a", "b"]),
            ("abc", .max, ["abc"]),
        ] {
            XCTAssertEqual(StreamSplitter.pieces(of: text, .size(size)), expected, text)
        }
    }

    func test_pieces_areThoseGiven() {
        XCTAssertEqual(StreamSplitter.pieces(of: "ab", .pieces(["a", "", "b"])), ["a", "", "b"])
        XCTAssertEqual(StreamSplitter.pieces(of: "abc", nil), ["a", "b", "c"])
    }
}
