// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Recorder

final class UpstreamAddressTests: XCTestCase {
    func test_URLsOfHosts_areTaken() throws {
        let address = try XCTUnwrap(UpstreamAddress("HTTPS://Example.com:8443/gemini//"))
        XCTAssertEqual(address.description, "https://example.com:8443/gemini")
        XCTAssertEqual(address.url(of: "/v1/x?y=z"), "https://example.com:8443/gemini/v1/x?y=z")
        XCTAssertEqual(UpstreamAddress("http://[::1]:80")?.authority, "[::1]:80")
        XCTAssertEqual(UpstreamAddress("http://[::1]/")?.origin, "http://[::1]")
        XCTAssertEqual(UpstreamAddress("https://a")?.prefix, "")
    }

    func test_others_areRefused() {
        for text in [
            "", "example.com", "ftp://example.com", "https://", "https:///x", "https://user@example.com",
            "https://example.com/?x=1", "https://example.com/#x", "https://example.com:99999", "https://:443",
            "https://exa mple.com", "https://example.com/\u{7}",
        ] {
            XCTAssertNil(UpstreamAddress(text), text)
        }
    }
}
