// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class JSONNodesTests: XCTestCase {
    func test_nodes_standInOrderOfText() throws {
        let root = try JSONDocument(parsing: Array(#"{"a": [1, "x\ny"], "b\u0063": null}"#.utf8)).root
        root.withNodes { nodes, object in
            XCTAssertEqual(object, root.position)
            XCTAssertEqual(nodes.kind(object), .object)
            let first = object + 1
            XCTAssertEqual(nodes.text(first), "a")
            XCTAssertEqual(nodes.kind(first + 1), .array)
            let number = first + 2
            XCTAssertEqual(Array(nodes.raw(number)), Array("1".utf8))
            let string = nodes.next(number)
            XCTAssertTrue(nodes.isEscaped(string))
            XCTAssertEqual(nodes.text(string), "x\ny")
            let second = nodes.next(first + 1)
            XCTAssertEqual(nodes.withContent(second) { Array($0) }, Array("bc".utf8))
            XCTAssertEqual(nodes.kind(second + 1), .null)
            XCTAssertEqual(nodes.next(second + 1), nodes.next(object))
        }
    }

    func test_withNodes_beginsAtTheView() throws {
        let root = try JSONDocument(parsing: Array(#"[0, {"a": true}]"#.utf8)).root
        let inner = try XCTUnwrap(Array(root.elements).last)
        inner.withNodes { nodes, at in
            XCTAssertEqual(nodes.text(at + 1), "a")
            XCTAssertEqual(nodes.kind(at + 2), .bool)
        }
    }

    func test_joined_isWhatTheStringsSay() throws {
        let root = try JSONDocument(parsing: Array(#"["", "a\n", "é", "\u00e9\"", "z"]"#.utf8)).root
        root.withNodes { nodes, array in
            let strings = (0..<5).map { array + 1 + $0 }
            XCTAssertEqual(String(decoding: nodes.joined(strings), as: UTF8.self), "a\néé\"z")
            XCTAssertEqual(nodes.joined([]), [])
            XCTAssertEqual(nodes.joined([array + 1]), [])
        }
    }
}
