// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class TenantMatcherTests: XCTestCase {
    func test_neitherValueShows() throws {
        let pattern = RequestPattern(tenant: .equals("secret-a"))
        XCTAssertEqual(misses(pattern, try subject(tenant: "secret-a")), [])
        XCTAssertEqual(
            misses(pattern, try subject(tenant: "secret-b")), ["tenant: a certain value | another value"])
        XCTAssertEqual(misses(pattern, try subject(tenant: "")), ["tenant: a certain value | no value"])
    }

    func test_howNearACredentialIs_doesNotShow() throws {
        let pattern = RequestPattern(tenant: .equals("secret-a"))
        XCTAssertEqual(
            try distance(pattern, subject(tenant: "secret-b")),
            try distance(pattern, subject(tenant: "other")))
    }
}
