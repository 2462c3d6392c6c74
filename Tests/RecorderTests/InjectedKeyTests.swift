// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Recorder

final class InjectedKeyTests: XCTestCase {
    private let key = InjectedKey(key: "own")

    func test_fields_haveTheKey_whereACredentialStood_orBehindThem() {
        func put(_ names: String...) -> [String] {
            key.put(into: names.map { HTTPFields.Field($0, "x") }).map { "\($0.name)=\($0.value)" }
        }
        XCTAssertEqual(
            put("a", "Authorization", "b", "X-Goog-Api-Key"), ["a=x", "x-goog-api-key=own", "b=x"])
        XCTAssertEqual(put("a"), ["a=x", "x-goog-api-key=own"])
    }

    func test_target_losesItsCredentials_alsoEncodedOnes() {
        XCTAssertEqual(key.removingCredentials(from: "/x"), "/x")
        XCTAssertEqual(key.removingCredentials(from: "/x?key=1"), "/x")
        XCTAssertEqual(key.removingCredentials(from: "/x?a=1&k%65y=2&&access_token=3&b"), "/x?a=1&&b")
        XCTAssertEqual(key.removingCredentials(from: "/x?keys=1&%zz"), "/x?keys=1&%zz")
    }
}
