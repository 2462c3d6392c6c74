// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MicroHTTP

final class TLSNameTests: XCTestCase {
    func test_names_andAddresses_areTold_apart() {
        XCTAssertEqual(TLSName("Example.COM."), .host("example.com"))
        XCTAssertEqual(TLSName("a_b-1.internal"), .host("a_b-1.internal"))
        XCTAssertEqual(TLSName("127.0.0.1"), .address([127, 0, 0, 1]))
        let one = [UInt8](repeating: 0, count: 15) + [1]
        XCTAssertEqual(TLSName("::1"), .address(one))
        XCTAssertEqual(TLSName("[::1]"), .address(one))
        XCTAssertEqual(TLSName("::1").map(\.description), "::1")
    }

    func test_whatIsNeither_isNothing() {
        let long = String(repeating: "a", count: 64)
        for text in [
            "", ".", "a..b", "-a", "a-", "*.example.com", "a b", "1.2.3", "256.0.0.1", "[a]b", "ü.example",
            "a:1", long, Array(repeating: "abcdefg", count: 32).joined(separator: "."),
        ] {
            XCTAssertNil(TLSName(text), text)
        }
    }

    func test_hosts_coverThoseBelow_addressesThemselves() throws {
        let host = TLSName.host("example.com")
        XCTAssertTrue(host.covers(host))
        XCTAssertTrue(host.covers(.host("a.example.com")))
        XCTAssertFalse(host.covers(.host("badexample.com")))
        XCTAssertFalse(host.covers(.host("com")))
        XCTAssertFalse(host.covers(.address([1, 2, 3, 4])))
        XCTAssertTrue(TLSName.address([1, 2, 3, 4]).covers(.address([1, 2, 3, 4])))
        XCTAssertFalse(TLSName.address([1, 2, 3, 4]).covers(.address([1, 2, 3, 5])))
    }
}
