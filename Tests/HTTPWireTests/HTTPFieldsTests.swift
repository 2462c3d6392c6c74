// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class HTTPFieldsTests: XCTestCase {
    private let fields = HTTPFields([
        HTTPFields.Field("Host", "localhost"), HTTPFields.Field("X-Goog-Api-Key", " \t k \t"),
        HTTPFields.Field("accept", "a"), HTTPFields.Field("Accept", "b"), HTTPFields.Field("Empty", ""),
        HTTPFields.Field("Blank", " \t "),
    ])

    func test_subscript_ignoresCase() {
        for name in ["host", "HOST", "Host"] { XCTAssertEqual(fields[name], "localhost") }
    }

    func test_subscript_comparesLettersOnlyWithoutCase() {
        let fields = HTTPFields([HTTPFields.Field("a[", "1"), HTTPFields.Field("a@", "2")])
        XCTAssertNil(fields["a{"])
        XCTAssertNil(fields["a`"])
        XCTAssertEqual(fields["A["], "1")
    }

    func test_subscript_trimsBlanks() {
        XCTAssertEqual(fields["x-goog-api-key"], "k")
        XCTAssertEqual(fields["blank"], "")
    }

    func test_subscript_givesTheFirst() {
        XCTAssertEqual(fields["ACCEPT"], "a")
    }

    func test_subscript_isNilWhereThereIsNone() {
        for name in ["", "hos", "hostt", "x"] { XCTAssertNil(fields[name]) }
        XCTAssertNil(HTTPFields()["a"])
    }

    func test_values_areAllInOrder() {
        XCTAssertEqual(fields.values("aCCept"), ["a", "b"])
        XCTAssertEqual(fields.values("empty"), [""])
        XCTAssertEqual(fields.values("none"), [])
    }

    func test_contains_countsEmptyValuesToo() {
        XCTAssertTrue(fields.contains("empty"))
        XCTAssertFalse(fields.contains("none"))
    }

    func test_count_isThatOfAllOrOfOneName() {
        XCTAssertEqual(fields.count, 6)
        XCTAssertEqual(fields.count(of: "Accept"), 2)
        XCTAssertEqual(fields.count(of: "none"), 0)
        XCTAssertEqual(HTTPFields().count, 0)
    }

    func test_all_keepsOrderSpellingAndBlanks() {
        XCTAssertEqual(
            fields.all.map { $0.name }, ["Host", "X-Goog-Api-Key", "accept", "Accept", "Empty", "Blank"])
        XCTAssertEqual(fields.all[1].value, " \t k \t")
        XCTAssertEqual(HTTPFields(fields.all).all, fields.all)
    }

    func test_append_takesBytes() {
        var fields = HTTPFields()
        fields.append(name: utf8("A"), value: [0x66, 0xFF])
        fields.append(name: [], value: [])
        XCTAssertEqual(fields["a"], "f\u{FFFD}")
        XCTAssertEqual(fields[""], "")
    }

    func test_append_makesCopiesIndependent() {
        var changed = fields
        changed.append(name: utf8("new"), value: utf8("1"))
        XCTAssertEqual(changed.count, 7)
        XCTAssertEqual(fields.count, 6)
    }

    func test_hasBlankBeforeColon_seesNamesThatEndWithBlank() {
        XCTAssertFalse(fields.hasBlankBeforeColon)
        for name in ["a ", "a\t", " "] {
            XCTAssertTrue(HTTPFields([HTTPFields.Field(name, "")]).hasBlankBeforeColon)
        }
        XCTAssertFalse(HTTPFields([HTTPFields.Field("", "x")]).hasBlankBeforeColon)
    }

    func test_manyFields_areKept() {
        let many = HTTPFields((0..<500).map { HTTPFields.Field("n\($0)", "v\($0)") })
        XCTAssertEqual(many.count, 500)
        XCTAssertEqual(many["N499"], "v499")
    }
}
