// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ModelMatcherTests: XCTestCase {
    func test_namesAndGlobsFit() throws {
        let pattern = RequestPattern(models: ["gemma-3", "gemini-?.5-*"])
        for model in ["gemma-3", "gemini-2.5-flash", "gemini-3.5-"] {
            XCTAssertEqual(misses(pattern, try subject(model: model)), [], model)
        }
        XCTAssertEqual(
            misses(pattern, try subject(model: "gemini-2.0-flash")),
            ["model: gemma-3 or gemini-?.5-* | gemini-2.0-flash"])
        XCTAssertEqual(
            misses(pattern, try subject(model: nil)), ["model: gemma-3 or gemini-?.5-* | no model"])
    }

    func test_aLikeNameIsNearer_thanNone() throws {
        let pattern = RequestPattern(models: ["gemini-2.5-flash"])
        XCTAssertLessThan(
            try distance(pattern, subject(model: "gemini-2.5-flash-lite")),
            try distance(pattern, subject(model: nil)))
    }
}
