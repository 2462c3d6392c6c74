// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class SourceFieldsTests: XCTestCase {
    private func read(_ json: String) throws -> [String] {
        let node = SourceNode.json(try JSONDocument(parsing: Array(json.utf8), grammar: .strict).root)
        return try SourceFields.read(node).map { "\($0.name)=\($0.value)" }
    }

    private func problem(_ json: String) -> String? {
        do {
            _ = try read(json)
            return nil
        } catch {
            return (error as? SourceProblem)?.message
        }
    }

    func test_mapsAndLists() throws {
        XCTAssertEqual(
            try read(#"{"A": "1", "b": ["2", "3"], "C": [], "d": null, "e": 5}"#),
            ["A=1", "b=2", "b=3", "d=", "e=5"])
        XCTAssertEqual(
            try read(
                #"[{"name": "A", "value": "1\n2"}, {"name": ":path", "value": "/"}, {"name": "B", "value": ""}]"#
            ),
            ["A=1", "A=2", "B="])
        XCTAssertEqual(try SourceFields.read(nil), [])
    }

    func test_whatIsNone() {
        XCTAssertEqual(problem(#""A: 1""#), "header fields must be a map or a list, found “A: 1”")
        XCTAssertEqual(problem(#"[{"value": "1"}]"#), "“name” is missing: that of a header field")
        XCTAssertEqual(problem(#"{"A B": "1"}"#), "“A B” is no name of a header field")
        XCTAssertEqual(problem(#"{"A": "1\u0000"}"#), "the value of A has control characters in it")
        XCTAssertEqual(problem(#"{"A": [["1"]]}"#), "the value of A must be a text, found a list")
        let many = (0..<1001).map { #""a\#($0)": "1""# }.joined(separator: ",")
        XCTAssertEqual(problem("{\(many)}"), "there are 1001 header fields, the most is 1000")
    }
}
