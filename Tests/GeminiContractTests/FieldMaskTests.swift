// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class FieldMaskTests: XCTestCase {
    func test_init_readsPathsAlike() throws {
        for text in ["a/b,a/c", "a.b,a.c", "a(b,c)", "a/b,a(c)", "a(b),a.c,a.c", "a(b , c)"] {
            XCTAssertEqual(FieldMask(text), FieldMask("a(b,c)"), text)
        }
        XCTAssertEqual(FieldMask("a,a/b"), FieldMask("a"))
        XCTAssertEqual(FieldMask("a/b,a"), FieldMask("a"))
    }

    func test_init_isNil_whereThereIsNoPath() {
        for text in ["", ",", "a,", ",a", "a//b", "a(", "a)", "a(b", "a(b))", "()", "a()", "a(b)c", "."] {
            XCTAssertNil(FieldMask(text), text)
        }
    }

    func test_init_standsAnything() {
        var state: UInt64 = 7
        let signs = Array("ab,./()* é")
        for _ in 0..<5000 {
            let text = (0..<12).map { _ -> Character in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return signs[Int(state >> 33) % signs.count]
            }
            guard let mask = FieldMask(String(text)) else { continue }
            XCTAssertFalse(mask.isLeaf)
            for message in MessageSchema.core.messages.indices.prefix(20) {
                _ = mask.mismatch(.core, message)
            }
        }
        XCTAssertNil(FieldMask(String(repeating: "a(", count: 100_000)))
        XCTAssertNil(FieldMask(String(repeating: "a/", count: 100_000) + "a"))
    }
}
