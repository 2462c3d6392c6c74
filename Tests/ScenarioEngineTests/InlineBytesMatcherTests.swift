// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class InlineBytesMatcherTests: XCTestCase {
    func test_bytesAreCounted() throws {
        let pattern = RequestPattern(inlineBytes: .init(min: 100, max: 200))
        for count in [100, 200] {
            XCTAssertEqual(misses(pattern, try subject(attachments: attachments(inlineBytes: count))), [])
        }
        XCTAssertEqual(
            misses(pattern, try subject(attachments: attachments(inlineBytes: 99))),
            ["inlineBytes: 100 to 200 bytes of inline data | 99 bytes of inline data"])
    }
}
