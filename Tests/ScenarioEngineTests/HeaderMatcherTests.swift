// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class HeaderMatcherTests: XCTestCase {
    private let fields = [
        HTTPFields.Field("X-User", "anna"), .init("x-user", "bert"), .init("Cookie", "secret"),
    ]

    private func pattern(_ name: String, _ pattern: TextPattern) -> RequestPattern {
        RequestPattern(headers: [.init(name: name, pattern: pattern)])
    }

    func test_oneOfTheValuesIsEnough_caseOfNamesDoesNotMatter() throws {
        let request = try subject(headers: fields)
        XCTAssertEqual(misses(pattern("X-USER", .equals("anna")), request), [])
        XCTAssertEqual(misses(pattern("x-user", .glob("b?rt")), request), [])
        XCTAssertEqual(
            misses(pattern("x-user", .equals("carl")), request), ["header x-user: the text “carl” | “anna”"])
        XCTAssertEqual(
            misses(pattern("x-none", .equals("")), request), ["header x-none: the text “” | no such header"])
    }

    func test_credentials_neverShow() throws {
        let request = try subject(headers: fields)
        XCTAssertEqual(misses(pattern("COOKIE", .equals("secret")), request), [])
        for name in CredentialFields.headers {
            XCTAssertEqual(
                misses(pattern(name, .contains("hidden")), request),
                ["header \(name): a certain value | \(name == "cookie" ? "another value" : "no value")"])
        }
    }
}
