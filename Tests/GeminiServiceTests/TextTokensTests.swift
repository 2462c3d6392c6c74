// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class TextTokensTests: XCTestCase {
    /// Texts of many kinds, for the properties that hold for any text.
    private static let texts = [
        "",
        " ",
        "a",
        "12345",
        "The tide table for the harbour lists 4 high waters, 03:12 to 22:47.",
        "{\"name\": \"getWeather\", \"args\": {\"city\": \"São Paulo\", \"days\": [1, 2, 3]}}",
        "let total = items.map { $0.price }.reduce(0, +)\r\n\t// sum\n\n\n        return total",
        "Antidisestablishmentarianism and pneumonoultramicroscopicsilicovolcanoconiosis",
        "Ελληνικά, русский, עברית, العربية, हिन्दी, ไทย, ქართული",
        "今日はいい天気ですね。散歩に行きましょう！오늘은 날씨가 좋네요.",
        "e\u{301}e\u{301}e\u{301} 👩‍👩‍👧‍👦 family 🇫🇷🇯🇵 ❤️‍🔥 \u{0}\u{7F}",
        String(repeating: "=", count: 200) + String(repeating: " ", count: 200),
    ]

    // MARK: - True values

    /// CORE 5.2, less the one token that these methods add for the turn.
    func test_count_isExact_forShortQuestions() {
        XCTAssertEqual(TextTokens.count("What is the capital of France?"), 7)
        XCTAssertEqual(TextTokens.count("What's the highest mountain in Africa?"), 9)
        XCTAssertEqual(TextTokens.count("why is the sky blue?"), 6)
        XCTAssertEqual(TextTokens.count("Hello, world!"), 4)
    }

    /// True is 11: `lazydog` has three tokens, as no such word is known; a rule about letters cannot tell.
    func test_count_isTwoLow_forWordThatIsNone() {
        XCTAssertEqual(TextTokens.count("The quick brown fox jumps over the lazydog."), 9)
    }

    // MARK: - The rule

    func test_count_isZero_whenEmpty() {
        XCTAssertEqual(TextTokens.count(""), 0)
        XCTAssertEqual(TextTokens.count(UnsafeRawBufferPointer(start: nil, count: 0)), 0)
    }

    func test_count_isOne_forWordWithOneSpaceBeforeIt() {
        XCTAssertEqual(TextTokens.count("harbour"), 1)
        XCTAssertEqual(TextTokens.count(" harbour"), 1)
        XCTAssertEqual(TextTokens.count("  harbour"), 2, "several spaces are a token of their own")
    }

    func test_count_growsWithLength_forLongWords() {
        XCTAssertEqual(TextTokens.count("interpretation"), 2)
        XCTAssertEqual(TextTokens.count("misinterpretations"), 3)
    }

    func test_count_isOneForEachDigit() {
        XCTAssertEqual(TextTokens.count("2026"), 4)
        XCTAssertEqual(TextTokens.count(" 2026"), 5, "a space joins no digit")
    }

    func test_count_splitsCamelCase() {
        XCTAssertEqual(TextTokens.count("getWeatherReport"), 3)
        XCTAssertEqual(TextTokens.count("get_weather"), 3)
    }

    func test_count_isOne_forShortRunOfPunctuation() {
        XCTAssertEqual(TextTokens.count("\":{\""), 1)
        XCTAssertEqual(TextTokens.count("{\"city\": \"Paris\"}"), 6)
    }

    func test_count_isOne_forBlankLine() {
        XCTAssertEqual(TextTokens.count("\n\n"), 1)
        XCTAssertEqual(TextTokens.count("\n    x"), 3)
    }

    func test_count_isPlausible_forOtherScripts() {
        for (text, range) in [
            ("Добрый день, как дела?", 5...9), ("こんにちは、元気ですか？", 4...9), ("你好，今天天气怎么样？", 5...10),
            ("안녕하세요, 잘 지내세요?", 5...11), ("مرحبا، كيف حالك؟", 4...9), ("👍🎉", 2...2),
        ] {
            XCTAssertTrue(range.contains(TextTokens.count(text)), "\(text): \(TextTokens.count(text))")
        }
    }

    func test_count_isSame_forTextAndItsBytes() {
        for text in Self.texts {
            let bytes = Array(text.utf8)
            XCTAssertEqual(bytes.withUnsafeBytes { TextTokens.count($0) }, TextTokens.count(text), text)
        }
    }

    func test_count_isSame_whenRepeated() {
        for text in Self.texts { XCTAssertEqual(TextTokens.count(text), TextTokens.count(text), text) }
    }

    func test_count_isAtMostOneForEachByte() {
        for text in Self.texts { XCTAssertLessThanOrEqual(TextTokens.count(text), text.utf8.count, text) }
    }

    /// Each byte after each other byte, and a long run of each: whatever is no UTF-8 is among them.
    func test_count_doesNotTrap_whenBytesAreNoUTF8() {
        var bytes: [UInt8] = []
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max { bytes += [first, second] }
            bytes += [UInt8](repeating: first, count: 300)
        }
        let tokens = bytes.withUnsafeBytes { TextTokens.count($0) }
        XCTAssertGreaterThan(tokens, 0)
        XCTAssertLessThanOrEqual(tokens, bytes.count)
    }

    // MARK: - Prefixes

    func test_prefix_isBeginningWithinLimit_forEveryLimit() {
        for text in Self.texts {
            let whole = Array(text.utf8)
            var last = 0
            for limit in 0...TextTokens.count(text) + 1 {
                let prefix = TextTokens.prefix(text, limit: limit)
                XCTAssertLessThanOrEqual(TextTokens.count(String(prefix)), limit, text)
                XCTAssertTrue(whole.starts(with: prefix.utf8), text)
                XCTAssertGreaterThanOrEqual(prefix.utf8.count, last, "a larger limit gives no shorter text")
                last = prefix.utf8.count
            }
        }
    }

    func test_prefix_splitsNoCharacter() {
        for text in Self.texts {
            var ends: Set = [text.utf8.count]
            for index in text.indices { ends.insert(text.utf8.distance(from: text.startIndex, to: index)) }
            for limit in 0...TextTokens.count(text) {
                let prefix = TextTokens.prefix(text, limit: limit)
                XCTAssertTrue(ends.contains(prefix.utf8.count), "\(text) at \(limit): \(prefix)")
            }
        }
    }

    func test_prefix_hasExactlyLimit_whenEachCharacterIsOneScalar() {
        let text = "Seven grey seals swim past 12 boats; nobody counts them, 数えない。Né été là, ąęśćżźńół ůůů."
        for limit in 0...TextTokens.count(text) {
            XCTAssertEqual(TextTokens.count(String(TextTokens.prefix(text, limit: limit))), limit)
        }
    }

    func test_prefix_isWhole_whenLimitIsCountOrMore() {
        for text in Self.texts {
            for limit in [TextTokens.count(text), TextTokens.count(text) + 1, Int.max] {
                XCTAssertEqual(Array(TextTokens.prefix(text, limit: limit).utf8), Array(text.utf8), text)
            }
        }
    }

    func test_prefix_isEmpty_whenLimitIsZeroOrLess() {
        for text in Self.texts {
            XCTAssertEqual(TextTokens.prefix(text, limit: 0), "")
            XCTAssertEqual(TextTokens.prefix(text, limit: -1), "")
        }
    }
}
