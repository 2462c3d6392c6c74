// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class SubstringsTests: XCTestCase {
    func test_first_isOffsetOfFirstOne() {
        for (wanted, text, offset) in [
            ("a", "abc", 0), ("c", "abc", 2), ("bc", "abc", 1), ("abc", "abc", 0), ("abcd", "abc", nil),
            ("x", "abc", nil),
            ("aab", "aaab", 1), ("b", "", nil), ("", "abc", nil), ("é", "caf\u{E9}", 3), ("b", "abab", 1),
            ("👍", "ok 👍🏽", 3), ("\n", "a\r\nb", 2),
        ] as [(String, String, Int?)] {
            let found = Substrings.first(wanted, in: text).map {
                text.utf8.distance(from: text.startIndex, to: $0)
            }
            XCTAssertEqual(found, offset, "\(wanted) in \(text)")
        }
    }
}
