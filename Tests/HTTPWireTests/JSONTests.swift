// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class JSONTests: XCTestCase {
    func test_literals_makeTheirCases() {
        let json: JSON = ["s": "a", "i": 1, "d": 1.5, "b": true, "a": [1, "x"], "o": [:]]
        XCTAssertEqual(
            json,
            .object([
                JSON.Member("s", .string("a")), JSON.Member("i", .int(1)), JSON.Member("d", .double(1.5)),
                JSON.Member("b", .bool(true)), JSON.Member("a", .array([.int(1), .string("x")])),
                JSON.Member("o", .object([])),
            ])
        )
    }

    func test_literal_keepsOrderAndRepeats() {
        let json: JSON = ["b": 1, "a": 2, "b": 3]
        XCTAssertEqual(text(json.bytes(.compact)), #"{"b":1,"a":2,"b":3}"#)
    }

    func test_subscript_givesTheLastMemberOfThatName() {
        let json: JSON = ["a": 1, "b": 2, "a": 3]
        XCTAssertEqual(json["a"], 3)
        XCTAssertNil(json["c"])
        XCTAssertNil(JSON.array([1])["a"])
    }

    func test_bytes_followTheStyle() {
        let json: JSON = ["a": [1]]
        XCTAssertEqual(text(json.bytes(.compact)), #"{"a":[1]}"#)
        XCTAssertEqual(text(json.bytes(.singleLine)), #"{"a": [1]}"#)
        XCTAssertEqual(text(json.bytes(.pretty)), "{\n  \"a\": [\n    1\n  ]\n}")
    }

    func test_initView_copiesEachKind() throws {
        let json = JSON(try parsed(#"{a:[null,true,false,1,1.5,'x\n',{}],"b":[],'b':2}"#))
        XCTAssertEqual(
            json,
            .object([
                JSON.Member("a", [.null, true, false, 1, 1.5, "x\n", [:]]), JSON.Member("b", []),
                JSON.Member("b", 2),
            ])
        )
    }

    func test_initView_readsWholeNumbersAsInt() throws {
        XCTAssertEqual(JSON(try parsed("1.0")), .int(1))
        XCTAssertEqual(JSON(try parsed("1e2")), .int(100))
        XCTAssertEqual(JSON(try parsed("18446744073709551615")), .double(0x1p64))
    }
}
