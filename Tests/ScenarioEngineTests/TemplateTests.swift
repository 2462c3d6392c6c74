// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class TemplateTests: XCTestCase {
    func test_pieces_areTakenApart() throws {
        let cases: [(String, [Template.Piece])] = [
            ("", []), ("a } b { c", [.literal("a } b { c")]), ("{{model}}", [.value(.model)]),
            ("a {{ turn }}b{{/a/0}}", [.literal("a "), .value(.turn), .literal("b"), .pointer("/a/0")]),
            ("}} {{call}} }}", [.literal("}} "), .value(.call), .literal(" }}")]),
        ]
        for (text, pieces) in cases { XCTAssertEqual(try Template(text).pieces, pieces, text) }
    }

    func test_longTexts_areReadInOneGo() throws {
        let text = String(repeating: "{ ", count: 100_000)
        XCTAssertEqual(try Template(text).pieces, [.literal(text)])
        XCTAssertEqual(try Template(String(repeating: "{{call}}", count: 10_000)).pieces.count, 10_000)
    }
}
