// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class NameListTests: XCTestCase {
    func test_contains_whatIsOnIt_andNothingElse() {
        let list = NameList(["args", "$defs", "labels", ""])
        func contains(_ name: String) -> Bool { Array(name.utf8).withUnsafeBufferPointer(list.contains) }
        for name in ["args", "$defs", "labels"] { XCTAssertTrue(contains(name), name) }
        for name in ["arg", "argss", "Args", "argz", "x"] { XCTAssertFalse(contains(name), name) }
        XCTAssertFalse(list.contains(UnsafeBufferPointer(start: nil, count: 0)))
        XCTAssertFalse(Array("a".utf8).withUnsafeBufferPointer(NameList([]).contains))
    }
}
