// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiMock

final class AdminGateTests: XCTestCase {
    private func isOpen(
        _ fields: [(String, String)], isFromLoopback: Bool = true, key: String? = nil,
        target: String = "/__admin/health"
    ) -> Bool {
        let head = RequestHead(
            method: "GET", target: RequestTarget(target),
            fields: HTTPFields(fields.map { HTTPFields.Field($0.0, $0.1) }), isFromLoopback: isFromLoopback)
        return (try? AdminGate(key: key).check(head)) != nil
    }

    private let here = ("Host", "127.0.0.1:8787")

    func test_thisMachine_isLetIn_byItsOwnNames() {
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8787"] {
            XCTAssertTrue(isOpen([("Host", host)]), host)
        }
    }

    func test_otherNames_areNotLetIn() {
        for host in [
            "example.com", "localhost.example.com", "127.0.0.1.example.com", "127.0.0.1:x", "127.0.0.256",
            "128.0.0.1",
            "0.0.0.0", "[::2]", "[::1].example.com", "[::1]:x", "[::1]:", "", "localhost:",
            "127.0.0.1@example.com", "2130706433",
        ] {
            XCTAssertFalse(isOpen([("Host", host)]), host)
        }
        XCTAssertFalse(isOpen([]))
        XCTAssertFalse(isOpen([here, ("Host", "example.com")]))
        XCTAssertFalse(isOpen([here], isFromLoopback: false))
    }

    /// An absolute form says whom the request is for, and Host counts no more.
    func test_targets_thatNameSomebodyElse_areNotLetIn() {
        for authority in ["example.com", "example.com:8787", "127.0.0.1@example.com", "localhost@", ""] {
            XCTAssertFalse(isOpen([here], target: "http://\(authority)/__admin/health"), authority)
        }
        for authority in ["localhost:8787", "127.0.0.1", "[::1]:8787"] {
            XCTAssertTrue(isOpen([here], target: "http://\(authority)/__admin/health"), authority)
            XCTAssertFalse(isOpen([("Host", "example.com")], target: "http://\(authority)/__admin/health"))
        }
    }

    func test_pages_areNotLetIn() {
        for origin in ["null", "http://localhost:3000", "http://127.0.0.1:8787", ""] {
            XCTAssertFalse(isOpen([here, ("Origin", origin)]), origin)
        }
        XCTAssertFalse(isOpen([here, ("Sec-Fetch-Site", "cross-site")]))
        XCTAssertFalse(isOpen([here, ("Sec-Fetch-Site", "same-site")]))
        XCTAssertFalse(isOpen([here, ("Sec-Fetch-Site", "same-origin")]))
        // What somebody has typed into the address bar.
        XCTAssertTrue(isOpen([here, ("Sec-Fetch-Site", "none")]))
    }

    func test_theKey_opensForEverybody_andAWrongOneForNobody() {
        let key = "a-made-up-admin-key"
        for field in [("X-Gemini-Mock-Admin-Key", key), ("Authorization", "Bearer \(key)")] {
            let page = [("Host", "example.com"), ("Origin", "http://example.com"), field]
            XCTAssertTrue(isOpen(page, isFromLoopback: false, key: key))
            XCTAssertFalse(isOpen(page, isFromLoopback: false, key: key + "x"))
            XCTAssertFalse(isOpen(page, isFromLoopback: false))
        }
        XCTAssertTrue(isOpen([here], key: key), "this machine needs none")
        XCTAssertFalse(isOpen([here, ("X-Gemini-Mock-Admin-Key", "")], key: key))
    }
}
