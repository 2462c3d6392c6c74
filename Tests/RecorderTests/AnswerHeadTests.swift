// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import XCTest

@testable import Recorder

final class AnswerHeadTests: XCTestCase {
    private func read(_ lines: [String]) -> [AnswerHead] {
        var reader = AnswerHeadReader()
        return lines.compactMap { reader.take(Array("\($0)\r\n".utf8)) }
    }

    func test_fields_keepOrderSpellingAndRepeats() {
        let heads = read(["HTTP/1.1 200 OK", "b: 1", "A:2", "B:  x: y \t", "Content-Length: 7", ""])
        XCTAssertEqual(heads.map(\.status), [200])
        XCTAssertEqual(heads[0].fields.map(\.name), ["b", "A", "B", "Content-Length"])
        XCTAssertEqual(heads[0].fields.map(\.value), ["1", "2", "x: y", "7"])
        XCTAssertEqual(heads[0].length, 7)
        XCTAssertEqual(heads[0].framing, .length)
        XCTAssertEqual(heads[0].endToEndFields.map(\.name), ["b", "A", "B"])
    }

    func test_interimAnswersAndTrailers_areLeftOut() {
        let heads = read(
            ["HTTP/1.1 100 Continue", "X: 1", "", "HTTP/1.1 201 Created", "Y: 2", "", "Z: 3", ""])
        XCTAssertEqual(heads.map(\.status), [201])
        XCTAssertEqual(heads[0].fields, [HTTPFields.Field("Y", "2")])
    }

    func test_framing_isThatOfTheFields() {
        XCTAssertEqual(
            read(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Content-Length: 1", ""])[0].framing,
            .chunked)
        XCTAssertEqual(read(["HTTP/1.1 200 OK", ""])[0].framing, .close)
        XCTAssertEqual(read(["HTTP/1.1 204 No Content", ""])[0].framing, .length)
        XCTAssertEqual(read(["HTTP/1.1 200 OK", "Content-Length: -1", ""])[0].framing, .close)
    }

    /// A recording with them couldn't be replayed, and no client be sent them.
    func test_fieldsThatCantBeSent_areLeftOut_andTheirLineEndsAreBlanks() {
        let heads = read(
            ["HTTP/1.1 200 OK", "a b: 1", ": 2", "ü: 3", "A: x\ry\u{0}z\r", " a\rb", "B(: 4", "C: 5", ""])
        XCTAssertEqual(
            heads[0].fields, [HTTPFields.Field("A", "x y z a b"), HTTPFields.Field("C", "5")])
    }

    func test_linesThatAreNone_doNoHarm() {
        XCTAssertEqual(read(["", "X: 1", "nonsense", "HTTP/1.1", ""]), [])
        XCTAssertEqual(read(["HTTP/1.1 999 X", ""]), [])
        XCTAssertEqual(
            read(["HTTP/1.1 200", "X: a", "  b", "nonsense", ""])[0].fields, [HTTPFields.Field("X", "a b")])
    }
}
