// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class PageTokenTests: XCTestCase {
    /// CORE 5.5: a token of the real service.
    func test_name_isThatOfRecordedToken() {
        let token = "Ch9tb2RlbHMvdmVvLTMuMS1nZW5lcmF0ZS1wcmV2aWV3"
        XCTAssertEqual(PageToken.name(in: token), "models/veo-3.1-generate-preview")
        XCTAssertEqual(PageToken.after("models/veo-3.1-generate-preview"), token)
    }

    func test_name_comesBack_forAnyLength() {
        for length in [1, 2, 31, 126, 127, 128, 129, 255, 256, 300, 16_383, 16_384, 20_000] {
            let name = String(repeating: "n", count: length)
            XCTAssertEqual(PageToken.name(in: PageToken.after(name)), name, "\(length)")
        }
        XCTAssertEqual(PageToken.name(in: PageToken.after("models/ünïcode")), "models/ünïcode")
    }

    func test_name_isFound_inURLSafeBase64WithoutPadding() {
        XCTAssertEqual(PageToken.name(in: "CgE_"), "?")
        XCTAssertEqual(PageToken.name(in: "CgJhYg"), "ab")
    }

    func test_name_isNil_whenTokenIsNoneOfOurs() {
        for token in [
            "", "x", "%%%", "abcd", "Cg==", "CgA=", "CgVhYg==", "CgFhYg==", "EgJhYg==", "Cv///////w==",
            "CoA=",
        ] {
            XCTAssertNil(PageToken.name(in: token), token)
        }
    }
}
