// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class AnswerContentsTests: XCTestCase {
    private func values(_ body: String, type: String = "application/json") -> [String] {
        AnswerContents(makeAnswer(body, type: type)).values.map { String(decoding: $0.source, as: UTF8.self) }
    }

    func test_events_areReadWhateverTheLineEnds() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = [
                "event: a", #"data: {"a":"#, "data:1}", "", ": note", "data: [DONE]", "", #"data: {"b":2}"#,
            ]
            XCTAssertEqual(
                values(lines.joined(separator: end), type: "text/event-stream").map {
                    $0.filter { !$0.isWhitespace }
                }, [#"{"a":1}"#, #"{"b":2}"#], end.debugDescription)
        }
    }

    func test_arrays_areStreams() {
        XCTAssertEqual(values(#"[{"a":1},{"a":2}]"#), [#"{"a":1}"#, #"{"a":2}"#])
        XCTAssertEqual(AnswerContents(makeAnswer("[{}]")).name, "a stream of JSON")
    }

    func test_bodiesThatCantBeRead_areToldApart() {
        XCTAssertEqual(AnswerContents(makeAnswer("")).name, "nothing")
        XCTAssertEqual(AnswerContents(makeAnswer("<html>")).name, "other bytes")
        XCTAssertEqual(AnswerContents(makeAnswer("{}", [("Content-Encoding", "br")])).name, "unknown")
        XCTAssertEqual(AnswerContents(makeAnswer("{}", [("Content-Encoding", "gzip")])).name, "unknown")
        var leftOut = makeAnswer("")
        leftOut.body = RecordedBody(leftOut: 7, sha256: "x")
        XCTAssertEqual(AnswerContents(leftOut).name, "unknown")
    }
}
