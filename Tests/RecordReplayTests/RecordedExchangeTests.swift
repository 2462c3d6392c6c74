// SPDX-License-Identifier: Apache-2.0

import RecordReplay
import XCTest

final class RecordedExchangeTests: XCTestCase {
    func test_bodies_knowTheirLength_withAndWithoutTheirBytes() {
        XCTAssertEqual(RecordedBody([1, 2, 3]).length, 3)
        let leftOut = RecordedBody(leftOut: 9, sha256: "00")
        XCTAssertNil(leftOut.bytes)
        XCTAssertEqual(leftOut.length, 9)
        XCTAssertNotEqual(leftOut, RecordedBody(leftOut: 9, sha256: "01"))
    }
}
