// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class KnownFieldsTests: XCTestCase {
    func test_theSameText_isTheSameField_andNoOtherIs() throws {
        // The last two look alike at the first look: length, first byte, middle byte.
        let texts = ["a: b", "Date: x", "a: b", "Date: y", "abc: d", "axc: e"]
        let json = "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]"
        let root = try JSONDocument(parsing: Array(json.utf8)).root
        root.withNodes { nodes, array in
            var known = KnownFields()
            func field(_ index: Int) -> HTTPFields.Field? { known.field(nodes.raw(array + 1 + index), nodes) }
            func keep(_ index: Int) {
                let place = array + 1 + index
                known.keep(HTTPFields.Field("\(index)", ""), nodes.raw(place), at: place)
            }
            XCTAssertNil(field(0))
            for index in [0, 1, 4] { keep(index) }
            XCTAssertEqual(field(2)?.name, "0")
            XCTAssertEqual(field(1)?.name, "1")
            XCTAssertNil(field(3))
            XCTAssertNil(field(5))
            keep(5)
            XCTAssertEqual(field(5)?.name, "5")
            XCTAssertNil(field(4))
        }
    }

    func test_anEmptyText_isNothing() throws {
        let root = try JSONDocument(parsing: Array(#"["", "a"]"#.utf8)).root
        root.withNodes { nodes, array in
            var known = KnownFields()
            known.keep(HTTPFields.Field("x", ""), nodes.raw(array + 1), at: array + 1)
            XCTAssertNil(known.field(nodes.raw(array + 1), nodes))
            known.keep(HTTPFields.Field("y", ""), nodes.raw(array + 2), at: array + 2)
            XCTAssertNil(known.field(nodes.raw(array + 1), nodes))
        }
    }
}
