// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class RedactorTests: XCTestCase {
    private func masked(_ text: String, _ known: [String] = []) -> String {
        var bytes = Array(text.utf8)
        Redactor(secrets: known).mask(&bytes)
        XCTAssertEqual(bytes.count, text.utf8.count, text)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Made up, but of the right shape each.
    static let shapes = [
        "AIzaSyA0123456789abcdefghijklmnopqrstuv", "AQ.Ab8RN6LQ0123456789abcdefghijklmnopqrstuvwxyzAB_-",
        "ya29.a0AfB_byC0123456789abcdefghijklmnop", "ya29.c.b0AXv0zTM0123456789abcdefghij",
        "1//0gA0123456789abcdefghijklmnopqrstuv", "GOCSPX-0123456789abcdefghijABCDEFGH",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "sk-proj-0123456789abcdefABCDEF0123456789", "sk-ant-api03-0123456789abcdefABCDEF0123456789-abc",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345", "AKIA0123456789ABCDEF",
        "xoxb-0123456789-0123456789-abcdefghij", "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "github_pat_0123456789abcdefghijABCDEFGHIJ0123456789abcdef",
    ]

    func test_mask_findsEachShape_inEachPlace() {
        for secret in RedactorTests.shapes {
            for (before, after) in [
                ("", ""), ("{\"text\":\"", "\"}"), ("say \\n", "\\n"), ("a b c ", " d e f"), ("(", ")"),
                ("{\"args\":\"{\\\"x\\\":\\\"", "\\\"}\"}"), ("https://h/a?b=", "&c=d"), ("x: ", ""),
            ] {
                XCTAssertEqual(
                    masked(before + secret + after),
                    before + String(repeating: "*", count: secret.utf8.count) + after, before)
            }
        }
    }
}
