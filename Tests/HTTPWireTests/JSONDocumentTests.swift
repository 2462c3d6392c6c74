// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class JSONDocumentTests: XCTestCase {
    func test_bytes_areTheTextToTheByte() throws {
        let sent = utf8(" {a:1.50 ,\"a\":'x', } \n")
        XCTAssertEqual(try JSONDocument(parsing: sent).bytes, sent)
    }

    func test_nodes_costOneEachWhateverTheLength() throws {
        let sent = utf8("{\"data\":\"" + String(repeating: "A", count: 100_000) + "\"}")
        XCTAssertEqual(try JSONDocument(parsing: sent).nodes.count, 3)
    }

    func test_node_hasSixteenBytes() {
        XCTAssertEqual(MemoryLayout<JSONDocument.Node>.stride, 16)
    }

    func test_grammar_isTheFrontEndsUnlessSaid() {
        XCTAssertNil(syntaxError(utf8("{a:'b',}")))
        XCTAssertNotNil(syntaxError(utf8("{a:'b',}"), .strict))
    }

    func test_syntaxErrors_areEqualByMessageAndOffset() {
        XCTAssertEqual(JSONSyntaxError(message: "a", offset: 1), JSONSyntaxError(message: "a", offset: 1))
        XCTAssertNotEqual(JSONSyntaxError(message: "a", offset: 1), JSONSyntaxError(message: "a", offset: 2))
    }
}
