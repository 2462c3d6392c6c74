// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class MarkupTextTests: XCTestCase {
    func testEscapes() {
        XCTAssertEqual(MarkupText.escaped("a<b>&\"'\n"), "a&lt;b&gt;&amp;&quot;&#39;\n")
        XCTAssertEqual(MarkupText.escaped("\u{0}\r\u{7F}\u{85}\u{2028}"), #"\u{0}\u{D}\u{7F}\u{85}\u{2028}"#)
        XCTAssertEqual(MarkupText.escaped("\u{FEFF}\u{1FFFE}"), #"\u{FEFF}\u{1FFFE}"#)
        XCTAssertEqual(MarkupText.escaped("Grüße 👩‍🚀"), "Grüße 👩‍🚀")
    }
}
