// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiService

final class SchemaScopeTests: XCTestCase {
    private let schema = #"""
        {"$defs": {"A": 1, "a/b": 2, "m~n": 3, "e f": 4, "": 5}, "list": [6, [7]], "0": 8}
        """#

    func test_resolve_followsPointer() throws {
        var scope = SchemaScope(root: try makeView(schema))
        for (reference, value) in [
            ("#/$defs/A", 1), ("#/$defs/a~1b", 2), ("#/$defs/m~0n", 3), ("#/$defs/e%20f", 4),
            ("#/%24defs/A", 1),
            ("#/list/0", 6), ("#/list/1/0", 7), ("#/0", 8),
        ] {
            XCTAssertEqual(scope.resolve(reference)?.int, value, reference)
            XCTAssertEqual(scope.resolve(reference)?.int, value, "\(reference), again")
        }
        XCTAssertEqual(scope.resolve("#")?.kind, .object)
    }

    func test_resolve_isNil_whenNothingIsThere() throws {
        var scope = SchemaScope(root: try makeView(schema))
        for reference in [
            "", "A", "/list/0", "https://x#/list/0", "#/nothing", "#/list/2", "#/list/-1", "#/list/00x",
            "#/list/+",
            "#/$defs/A/b", "#/list/99999999999999999999", "#/" + String(repeating: "x", count: 2_000),
        ] {
            XCTAssertNil(scope.resolve(reference), reference.prefix(40).description)
        }
    }

    func test_isSpent_onceAllIsPaid() throws {
        var scope = SchemaScope(root: try makeView("[1, 2, 3]"))
        XCTAssertFalse(scope.isSpent)
        XCTAssertEqual(scope.elements(of: try makeView("[1, 2, 3]"), cost: 1).count, 3)
        scope.pay(Int.max)
        scope.pay(Int.max)
        XCTAssertTrue(scope.isSpent)
        XCTAssertNil(scope.resolve("#/0"))
        XCTAssertLessThanOrEqual(scope.elements(of: try makeView("[1, 2, 3]"), cost: 1).count, 1)
    }

    func test_copy_isValue_untilSpent() throws {
        var scope = SchemaScope(root: try makeView("{}"))
        XCTAssertEqual(scope.copy(try makeView(#"{"a": [1, null]}"#)), ["a": [1, .null]])
        scope.pay(Int.max)
        XCTAssertEqual(scope.copy(try makeView(#""\#(String(repeating: "x", count: 1_000))""#)), .null)
    }
}
