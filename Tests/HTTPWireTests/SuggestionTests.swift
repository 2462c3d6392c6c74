// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class SuggestionTests: XCTestCase {
    private let known = ["model", "endpoint", "lastText", "retryDelay"]

    func test_nearest_findsSlips() {
        for (word, meant) in [
            ("modle", "model"), ("modl", "model"), ("modell", "model"), ("retry_delay", "retryDelay"),
            ("LASTTEXT", "lastText"), ("end", "endpoint"), ("endpiont", "endpoint"),
        ] {
            XCTAssertEqual(Suggestion.nearest(to: word, among: known), meant, word)
        }
    }

    func test_nearest_findsNothing_whenNothingIsNear() {
        for word in ["", "x", "zebra", "text", String(repeating: "model", count: 20)] {
            XCTAssertNil(Suggestion.nearest(to: word, among: known), word)
        }
    }
}
