// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class HarmlessTextTests: XCTestCase {
    func test_itEndsBeforeACredential_aMask_andTheLimit() {
        let redactor = Redactor(secrets: ["hunter2-and-more", "R is a secret"])
        let long = String(repeating: "é😀", count: 200)
        let cases: [(String, String, isWhole: Bool)] = [
            ("", "", true), ("a ***** b", "a ***** b", true), ("e\u{301}😀", "e\u{301}😀", true),
            ("say hunter2-and-more twice", "say ", false), ("hunter2-and-more", "", false),
            ("a ****** b", "a ", false), ("****** hunter2-and-more", "", false), ("a\u{FFFD}b", "a", false),
            (long, String(repeating: "é😀", count: 150), false),
        ]
        for (text, start, isWhole) in cases {
            let harmless = HarmlessText(text, redactor)
            XCTAssertEqual(harmless.text, start, text)
            XCTAssertEqual(harmless.isWhole, isWhole, text)
        }
        // The placeholder begins with the same letter; one of a credential is none.
        XCTAssertLessThanOrEqual(HarmlessText("R is a secret", redactor).text, "R")
    }
}
