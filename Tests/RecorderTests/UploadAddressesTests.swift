// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Recorder

final class UploadAddressesTests: XCTestCase {
    private func led(_ url: String, _ addresses: UploadAddresses) -> String? {
        addresses.led([HTTPFields.Field("x-goog-upload-url", url)], to: "http://me").first?.value
    }

    func test_addressesOfTheUpstream_areTakenAsTheyAre() throws {
        let addresses = UploadAddresses(try XCTUnwrap(UpstreamAddress("https://up.example/base")))
        XCTAssertEqual(led("https://UP.example/base/upload?id=1", addresses), "http://me/upload?id=1")
        XCTAssertEqual(addresses.url(of: "/upload?id=1"), "https://up.example/base/upload?id=1")
        XCTAssertFalse(addresses.isElsewhere("/upload?id=1"))
    }

    func test_addressesElsewhere_areKnownAgain() throws {
        let addresses = UploadAddresses(try XCTUnwrap(UpstreamAddress("https://up.example")))
        XCTAssertEqual(led("https://other.example:8443/u?id=2", addresses), "http://me/u?id=2")
        XCTAssertEqual(addresses.url(of: "/u?id=2"), "https://other.example:8443/u?id=2")
        XCTAssertTrue(addresses.isElsewhere("/u?id=2"))
        XCTAssertEqual(addresses.url(of: "/u?id=3"), "https://up.example/u?id=3")
        XCTAssertEqual(led("no address", addresses), "no address")
    }

    func test_theOldestAddresses_areForgotten() throws {
        let addresses = UploadAddresses(try XCTUnwrap(UpstreamAddress("https://up.example")))
        for number in 0...4096 { _ = led("https://other.example/\(number)", addresses) }
        XCTAssertEqual(addresses.url(of: "/0"), "https://up.example/0")
        XCTAssertEqual(addresses.url(of: "/4096"), "https://other.example/4096")
    }
}
