// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class TenantNameTests: XCTestCase {
    func test_names_haveLettersDigitsDotsUnderscoresAndHyphens() {
        for name in ["a", "Z9", "a.b_c-d", "...", "-", String(repeating: "x", count: 100)] {
            XCTAssertTrue(TenantName.isValid(name), name)
        }
        for name in [
            "", ".", "..", "a b", "a/b", "a:b", "é", "a\u{301}", "a%41", "a\n",
            String(repeating: "x", count: 101),
        ] {
            XCTAssertFalse(TenantName.isValid(name), name)
        }
    }
}
