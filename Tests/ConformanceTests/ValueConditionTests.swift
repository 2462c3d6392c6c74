// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

final class ValueConditionTests: XCTestCase {
    private func holds(_ condition: String, _ value: JSON?) throws -> Bool {
        var members = [JSON.Member("ok", true)]
        if let value { members.append(JSON.Member("v", value)) }
        return try judged("{name: a, result: /v, \(condition)}", .make([], .finished([.object(members)])))
            .hasPrefix("passed")
    }

    func test_equality() throws {
        XCTAssertTrue(try holds("equals: 1", 1.0))
        XCTAssertTrue(try holds("equals: {a: 1, b: [2]}", ["b": [2], "a": 1]))
        XCTAssertFalse(try holds("equals: {a: 1}", ["a": 1, "b": 2]))
        XCTAssertFalse(try holds("equals: '1'", 1))
        XCTAssertTrue(try holds("equals: null", nil))
        XCTAssertTrue(try holds("oneOf: [null, user]", "user"))
        XCTAssertFalse(try holds("oneOf: [null, user]", "model"))
    }

    func test_texts() throws {
        XCTAssertTrue(try holds("contains: two", "one two"))
        XCTAssertTrue(try holds("contains: two", ["one", "two"]))
        XCTAssertTrue(try holds("contains: two", [["x": "two"]]))
        XCTAssertFalse(try holds("contains: two", nil))
        XCTAssertTrue(try holds("glob: 'a*c?'", "abbcd"))
        XCTAssertFalse(try holds("glob: 'a*c?'", "abbc"))
        XCTAssertTrue(try holds("glob: '*'", ""))
    }

    func test_numbers() throws {
        XCTAssertTrue(try holds("min: 2, max: 3", 2.5))
        XCTAssertFalse(try holds("min: 2, max: 3", 3.5))
        XCTAssertTrue(try holds("min: 2", [1, 2]))
        XCTAssertTrue(try holds("min: 2", "12"))
        XCTAssertFalse(try holds("min: 2", nil))
    }

    func test_presence() throws {
        XCTAssertTrue(try holds("exists: true", 0))
        XCTAssertFalse(try holds("exists: true", .null))
        XCTAssertTrue(try holds("exists: false", nil))
        XCTAssertFalse(try holds("not: {equals: 1}", 1))
        XCTAssertTrue(try holds("not: {equals: 1}", nil))
    }
}
