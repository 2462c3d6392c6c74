// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiMock

final class LogTextTests: XCTestCase {
    func test_line_hasNoCredentials() {
        let head = RequestHead(
            method: "POST", target: RequestTarget("/v1beta/models?key=secret&x=\u{7}"), fields: HTTPFields()
        )
        XCTAssertFalse(LogText.line(head).contains("secret"))
        XCTAssertFalse(LogText.line(head).contains("\u{7}"))
        XCTAssertTrue(LogText.line(head).hasPrefix("POST /v1beta/models?"))
    }

    func test_line_hasNoCredential_whereItStandsTwice() {
        let head = RequestHead(
            method: "GET", target: RequestTarget("/v1beta/files/made-up-key?key=made-up-key"),
            fields: HTTPFields())
        XCTAssertFalse(LogText.line(head).contains("made-up-key"))
    }

    func test_plain_hasNoCredentials_norHalfOfOne() {
        let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"
        for padding in [0, 1980, 1995, 2500] {
            let text = LogText.plain(String(repeating: "x ", count: padding / 2) + key + " ok")
            XCTAssertFalse(text.contains("AIza"), text)
        }
    }

    func test_plain_isOneShortLine() {
        XCTAssertEqual(LogText.plain("a\nb\u{1B}[2Jc\u{9B}"), "a b\u{FFFD}[2Jc\u{FFFD}")
        let long = LogText.plain(String(repeating: "x", count: 1_000_000))
        XCTAssertEqual(long.count, 2001)
        XCTAssertEqual(long.last, "…")
    }
}
