// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import RecordReplay

final class SourceURLTests: XCTestCase {
    private func parts(_ text: String) -> [String]? {
        SourceURL(text).map { [$0.origin, $0.host, $0.target] }
    }

    func test_parts() {
        XCTAssertEqual(parts("https://H.Example/a?b=c#d"), ["https://h.example", "h.example", "/a?b=c"])
        XCTAssertEqual(parts("HTTPS://h:443"), ["https://h", "h", "/"])
        XCTAssertEqual(parts("http://h:80?x"), ["http://h", "h", "/?x"])
        XCTAssertEqual(parts("http://u:p@h:8080/"), ["http://h:8080", "h", "/"])
        XCTAssertEqual(parts("http://[::1]:8080/"), ["http://[::1]:8080", "[::1]", "/"])
        XCTAssertEqual(parts("http://[::1]/"), ["http://[::1]", "[::1]", "/"])
        XCTAssertEqual(parts("https://h/ü x\r\n"), ["https://h", "h", "/%C3%BC%20x%0D%0A"])
    }

    func test_whatIsNone() {
        for text in [
            "", "h/a", "ftp://h/", "https://", "https:///a", "https://ü/", "file:///a", "http://a^b/",
        ] {
            XCTAssertNil(parts(text), text)
        }
    }
}
