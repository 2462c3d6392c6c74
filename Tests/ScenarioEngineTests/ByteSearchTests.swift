// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ByteSearchTests: XCTestCase {
    func test_itIsFoundAnywhere() {
        let cases = [
            ("", "", true), ("", "a", true), ("a", "", false), ("abc", "abc", true), ("abc", "xxabc", true),
            ("abc", "ababc", true), ("aab", "aaaab", true), ("abab", "abacabab", true),
            ("abab", "abacaba", false),
            ("é", "cafés", true), ("abc", "ab", false), ("\n", "a\nb", true),
        ]
        for (wanted, text, isThere) in cases {
            XCTAssertEqual(ByteSearch(wanted).isFound(in: text), isThere, "\(wanted) in \(text)")
        }
    }

    /// The obvious way to search compares 10^11 times.
    func test_repetitiveTexts_takeLinearTime() {
        let wanted = String(repeating: "a", count: 100_000) + "b"
        let text = String(repeating: "a", count: 1_000_000)
        XCTAssertFalse(ByteSearch(wanted).isFound(in: text))
        XCTAssertTrue(ByteSearch(wanted).isFound(in: text + "b"))
    }
}
