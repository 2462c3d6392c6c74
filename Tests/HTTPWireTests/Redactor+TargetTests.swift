// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class RedactorTargetTests: XCTestCase {
    private func assertRedacted(_ cases: [(String, String)], line: UInt = #line) {
        for (raw, redacted) in cases {
            XCTAssertEqual(Redactor().target(RequestTarget(raw)), redacted, raw, line: line)
        }
    }

    func test_target_replacesEachCredential() {
        assertRedacted([
            ("/a?key=s", "/a?key=REDACTED"), ("/a?access_token=s&x=1", "/a?access_token=REDACTED&x=1"),
            ("/a?x=1&upload_id=s", "/a?x=1&upload_id=REDACTED"),
            ("/a?key=s&key=t", "/a?key=REDACTED&key=REDACTED"),
            ("http://h/a?key=s", "http://h/a?key=REDACTED"), ("?key=s", "?key=REDACTED"),
        ])
    }

    func test_target_seesEncodedNames() {
        assertRedacted([("/a?%6Bey=s", "/a?%6Bey=REDACTED"), ("/a?k%65%79=s&x", "/a?k%65%79=REDACTED&x")])
    }

    func test_target_replacesValuesWithEqualsSigns() {
        assertRedacted([
            ("/a#key=s", "/a#key=REDACTED"), ("/a?key=s=t=", "/a?key=REDACTED"),
            ("/a?key", "/a?key=REDACTED"), ("/a?key=", "/a?key=REDACTED"),
        ])
    }

    func test_target_keepsEverythingElse() {
        for raw in [
            "/a", "/a?", "/a?b=c&&d=", "/key=s", "/a?keys=1&KEY=2&mykey=3", "*", "", "/a?b=key",
            "/%6B?a=%20+",
        ] {
            assertRedacted([(raw, raw)])
        }
    }

    /// A combining mark makes one character of itself and the sign before it, which would then not be found.
    func test_target_isNotDeceivedByCombiningMarks() {
        assertRedacted([
            ("/a?key=\u{301}s", "/a?key=REDACTED"), ("/a?x=1&key=\u{20DD}s", "/a?x=1&key=REDACTED"),
            ("/a/\u{301}?x=\u{301}&key=s", "/a/\u{301}?x=\u{301}&key=REDACTED"),
        ])
        let hidden = RequestTarget("/a?\u{301}x&key=s")
        XCTAssertEqual(Redactor().target(hidden), "/a?\u{301}x&key=REDACTED")
    }

    /// Whatever the target parser finds as a credential, the redacted target doesn't have any more.
    func test_target_leavesNoValueThatTheTargetFinds() {
        var generator = SeededGenerator(seed: 29)
        let parts = [
            "?", "&", "=", "key", "access_token", "%6Bey", "+", "/", "secret", "\u{301}", "%3D", "%26", "#",
            "http://h",
        ]
        for _ in 0..<5000 {
            let raw = (0..<Int.random(in: 1...9, using: &generator))
                .map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }.joined()
            let redacted = RequestTarget(Redactor().target(RequestTarget(raw)))
            for name in CredentialFields.queryParameters {
                for item in redacted.query where item.name == name {
                    XCTAssertEqual(item.value, CredentialFields.placeholder, raw)
                }
            }
        }
    }
}
