// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import MicroHTTP

final class ProxyHeadTests: XCTestCase {
    private func verdict(_ text: String) -> ProxyHead.Verdict {
        var head = ProxyHead()
        head.append(Array(text.utf8))
        return head.verdict()
    }

    private func status(_ text: String) -> Int? {
        if case .refused(let status, _) = verdict(text) { status } else { nil }
    }

    func test_tunnels_areUnderstood() {
        let text = "CONNECT Example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"
        XCTAssertEqual(
            verdict(text + "more"),
            .tunnel(name: .host("example.com"), port: 443, length: text.utf8.count))
        XCTAssertEqual(
            verdict("CONNECT [::1]:8 HTTP/1.0\r\n\r\n"),
            .tunnel(
                name: .address([UInt8](repeating: 0, count: 15) + [1]), port: 8, length: 28))
    }

    func test_itsEndIsFound_howeverItComes() {
        let text = "CONNECT a:1 HTTP/1.1\r\nX: \r\n\r\n"
        var head = ProxyHead()
        for (index, byte) in text.utf8.enumerated() {
            XCTAssertEqual(head.verdict(), .incomplete, "\(index)")
            head.append([byte])
        }
        XCTAssertEqual(head.verdict(), .tunnel(name: .host("a"), port: 1, length: text.utf8.count))
    }

    func test_whatIsNoTunnel_isRefused() {
        for line in [
            "CONNECT a:1", "CONNECT a:1 HTTP/2", "CONNECT  a:1 HTTP/1.1", "CONNECT a:1 HTTP/1.1 x", "C",
            "CONNECT a HTTP/1.1", "CONNECT a:0 HTTP/1.1", "CONNECT a:65536 HTTP/1.1", "CONNECT a:+1 HTTP/1.1",
            "CONNECT :1 HTTP/1.1", "CONNECT http://a:1 HTTP/1.1", "CONNECT a@b:1 HTTP/1.1",
            "CONNECT ::1:1 HTTP/1.1", "CONNECT a:1 HTTP/1.1\r\nX: \0", "CONNECT a\u{1}:1 HTTP/1.1",
        ] {
            XCTAssertEqual(status("\(line)\r\n\r\n"), 400, line)
        }
        XCTAssertEqual(status("COPY /a HTTP/1.1\r\n\r\n"), 405)
        XCTAssertEqual(status("connect a:1 HTTP/1.1\r\n\r\n"), 405)
    }

    func test_longHeads_areRefused() {
        let start = "CONNECT a:1 HTTP/1.1\r\nX: "
        func text(_ count: Int) -> String {
            start + String(repeating: "x", count: count - start.utf8.count - 4) + "\r\n\r\n"
        }
        XCTAssertNil(status(text(ProxyHead.largest)))
        XCTAssertEqual(status(text(ProxyHead.largest + 1)), 431)
        XCTAssertEqual(status(String(repeating: "C", count: ProxyHead.largest)), 431)
        XCTAssertEqual(verdict(String(repeating: "C", count: ProxyHead.largest - 1)), .incomplete)
    }
}
