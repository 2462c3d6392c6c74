// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class QueryMatcherTests: XCTestCase {
    private func pattern(_ name: String, _ pattern: TextPattern) -> RequestPattern {
        RequestPattern(query: [.init(name: name, pattern: pattern)])
    }

    func test_oneOfTheValuesIsEnough() throws {
        let request = try subject(target: "/v1?alt=sse&alt=json&key=secret&b=%41+b")
        XCTAssertEqual(misses(pattern("alt", .equals("json")), request), [])
        XCTAssertEqual(misses(pattern("b", .equals("A b")), request), [])
        XCTAssertEqual(
            misses(pattern("alt", .matches("^m")), request), ["query alt: a text that matches “^m” | “sse”"])
        XCTAssertEqual(
            misses(pattern("ALT", .contains("s")), request),
            ["query ALT: a text with “s” | no such parameter"])
    }

    func test_credentials_neverShow() throws {
        for name in CredentialFields.queryParameters {
            let request = try subject(target: "/v1?\(name)=secret")
            XCTAssertEqual(misses(pattern(name, .equals("secret")), request), [])
            XCTAssertEqual(
                misses(pattern(name, .equals("hidden")), request),
                ["query \(name): a certain value | another value"])
        }
    }
}
