// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class LikenessTests: XCTestCase {
    func test_theLiker_theNearer_neverZero() {
        XCTAssertEqual(Likeness.distance("a", "a"), Likeness.least)
        XCTAssertEqual(Likeness.distance("", ""), Likeness.least)
        XCTAssertEqual(Likeness.distance("abcd", "abcx"), 0.25)
        XCTAssertEqual(Likeness.distance("", "x"), 1)
        let long = String(repeating: "a", count: 100)
        XCTAssertEqual(Likeness.distance(long + "b", long + "c"), Likeness.least)
        XCTAssertEqual(Likeness.distance("abcd", nearestOf: ["x", "abxx", "abcx"]), 0.25)
        XCTAssertEqual(Likeness.distance("abcd", nearestOf: [String]()), 1)
    }

    func test_numbers() {
        XCTAssertEqual(Likeness.distance(90.0, 100), 0.1, accuracy: 1e-9)
        XCTAssertEqual(Likeness.distance(-1.0, 1), 1)
        XCTAssertEqual(Likeness.distance(0.0, 0), 1)
        XCTAssertEqual(Likeness.distance(Double.infinity, 1), 1)
        XCTAssertEqual(Bounds(min: 5, max: 9).distance(10), 0.1, accuracy: 1e-9)
        XCTAssertEqual(Bounds(min: 5, max: 9).distance(4), 0.2, accuracy: 1e-9)
        XCTAssertEqual(Bounds(min: Int.max).distance(Int.min), 1)
    }

    func test_partsOfATextThatIsWanted() {
        XCTAssertEqual(Likeness.distance(of: "weather", within: "the weath is"), 0.28, accuracy: 0.001)
        XCTAssertEqual(Likeness.distance(of: "weather", within: "weather"), 0.1, accuracy: 0.001)
        XCTAssertEqual(Likeness.distance(of: "weather", within: ""), 1)
        XCTAssertEqual(Likeness.distance(of: "ab", within: "ab"), 1)
    }

    func test_boundsInWords() {
        XCTAssertEqual(Bounds(min: 2, max: 2).words(unit: " s"), "2 s")
        XCTAssertEqual(Bounds(min: 2, max: 3).words(unit: " s"), "2 to 3 s")
        XCTAssertEqual(Bounds(min: 2).words(unit: " s"), "2 s or more")
        XCTAssertEqual(Bounds(max: 2).words(), "2 or less")
    }
}
