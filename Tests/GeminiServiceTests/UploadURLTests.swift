// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class UploadURLTests: XCTestCase {
    private let path = "/upload/v1beta/files?upload_id=I&upload_protocol=resumable"

    private func url(_ fields: [(String, String)], target: String = "/upload/v1beta/files") -> String {
        UploadURL.make(makeHead("POST", target, fields), version: "v1beta", id: "I")
    }

    func test_url_leadsToTheHostThatWasCalled() {
        for (host, origin) in [
            ("localhost:8787", "http://localhost:8787"), ("mock", "http://mock"),
            ("[::1]:8787", "http://[::1]:8787"), ("[::1]", "http://[::1]"),
            ("127.0.0.1:1", "http://127.0.0.1:1"),
            ("a_b-c.example", "http://a_b-c.example"),
        ] {
            XCTAssertEqual(url([("Host", host)]), origin + path)
        }
        XCTAssertEqual(url([]), path, "HTTP/1.0 without a host")
    }

    func test_tenantsPrefix_isKept_behindAProxys() {
        let target = "/t/a.b/upload/v1beta/files?key=k"
        let withKey = "/upload/v1beta/files?key=k&upload_id=I&upload_protocol=resumable"
        XCTAssertEqual(url([("Host", "in:1")], target: target), "http://in:1/t/a.b" + withKey)
        XCTAssertEqual(
            url([("Host", "in:1"), ("X-Forwarded-Prefix", "/mock/")], target: target),
            "http://in:1/mock/t/a.b" + withKey)
        // Such a name is refused before; still nothing of it may break out of the path.
        XCTAssertEqual(url([], target: "/t/%22%0A%2F/upload/v1beta/files"), "/t/%22%0A%2F" + path)
    }

    func test_proxies_shapeTheAddress() {
        for (fields, origin) in [
            ([("X-Forwarded-Proto", "https")], "https://in:1"),
            ([("X-Forwarded-Proto", "HTTPS, http")], "https://in:1"),
            ([("X-Forwarded-Proto", "http, https")], "http://in:1"),
            ([("X-Forwarded-Proto", "javascript")], "http://in:1"),
            ([("X-Forwarded-Host", "out.example")], "http://out.example"),
            ([("X-Forwarded-Host", "out.example:99 , in")], "http://out.example:99"),
            ([("X-Forwarded-Host", "out"), ("X-Forwarded-Port", "8443")], "http://out:8443"),
            ([("X-Forwarded-Host", "out:7"), ("X-Forwarded-Port", "8443")], "http://out:7"),
            ([("X-Forwarded-Host", "[::1]"), ("X-Forwarded-Port", "8443,80")], "http://[::1]:8443"),
            ([("X-Forwarded-Host", "[::1]:5"), ("X-Forwarded-Port", "8443")], "http://[::1]:5"),
            (
                [("X-Forwarded-Host", "out"), ("X-Forwarded-Port", "443"), ("X-Forwarded-Proto", "https")],
                "https://out"
            ),
            ([("X-Forwarded-Host", "out"), ("X-Forwarded-Port", "80")], "http://out"),
            (
                [("X-Forwarded-Host", "out"), ("X-Forwarded-Port", "80"), ("X-Forwarded-Proto", "https")],
                "https://out:80"
            ),
            ([("X-Forwarded-Host", "out"), ("X-Forwarded-Port", "99999")], "http://out"),
            ([("X-Forwarded-Host", "out"), ("X-Forwarded-Port", "8\"")], "http://out"),
            ([("X-Forwarded-Prefix", "/mock/a")], "http://in:1/mock/a"),
            ([("X-Forwarded-Prefix", "/mock//, /b")], "http://in:1/mock"),
            ([("X-Forwarded-Prefix", "/")], "http://in:1"),
            ([("X-Forwarded-Prefix", "mock")], "http://in:1"),
        ] as [([(String, String)], String)] {
            XCTAssertEqual(url([("Host", "in:1")] + fields), origin + path, "\(fields)")
        }
    }

    func test_hostileValues_areNotTaken() {
        for host in [
            "evil\"quoted", "evil host@x", "user:word@evil", "evil/path", "evil?a", "evil#a", "evil\\a",
            "évil", "<a>",
            " ", ",", "evil\tx",
        ] {
            XCTAssertFalse(url([("Host", host)]).contains("evil"), host)
            XCTAssertEqual(
                url([("Host", "in"), ("X-Forwarded-Host", host)]).replacing("evilhost", with: ""),
                "http://in\(path)", host)
        }
        for prefix in ["//evil", "/a\"b", "/a?b", "/a#b", "/a\\b", "/é", "/<a>", "/a\tb"] {
            XCTAssertEqual(url([("Host", "in"), ("X-Forwarded-Prefix", prefix)]), "http://in\(path)", prefix)
            XCTAssertEqual(url([("X-Forwarded-Prefix", prefix)]), path, prefix)
        }
    }

    /// CORE 2.2: a key in the start's query is in the address, too.
    func test_key_isHandedOn_encoded() {
        for (key, encoded) in [
            ("AIza-_.x", "AIza-_.x"), ("a%26b%3Dc", "a%26b%3Dc"), ("a+b", "a%20b"),
            ("%0D%0Aevil", "%0D%0Aevil"),
            ("%22", "%22"), ("%E2%82%AC", "%E2%82%AC"), ("", ""),
        ] {
            XCTAssertEqual(
                url([("Host", "in")], target: "/upload/v1beta/files?key=\(key)"),
                "http://in/upload/v1beta/files?key=\(encoded)&upload_id=I&upload_protocol=resumable", key)
        }
    }
}
