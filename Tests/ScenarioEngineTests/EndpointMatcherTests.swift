// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class EndpointMatcherTests: XCTestCase {
    func test_oneOfTheNamesFits_othersAreTold() throws {
        let pattern = RequestPattern(endpoints: ["generateContent", "countTokens"])
        XCTAssertEqual(misses(pattern, try subject(endpoint: "countTokens")), [])
        XCTAssertEqual(
            misses(pattern, try subject(endpoint: "embedContent")),
            ["endpoint: generateContent or countTokens | embedContent"])
    }

    func test_aLikeNameIsNearer() throws {
        let pattern = RequestPattern(endpoints: ["generateContent"])
        XCTAssertLessThan(
            try distance(pattern, subject(endpoint: "generateContents")),
            try distance(pattern, subject(endpoint: "files.list")))
    }
}
