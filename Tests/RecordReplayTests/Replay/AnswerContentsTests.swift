// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class AnswerContentsTests: XCTestCase {
    private func answer(
        _ body: String, type: String = "application/json", _ fields: [(String, String)] = []
    ) -> RecordedAnswer {
        RecordedAnswer(
            status: 200, fields: ([("Content-Type", type)] + fields).map { HTTPFields.Field($0.0, $0.1) },
            body: RecordedBody(Array(body.utf8)))
    }

    private func values(_ body: String, type: String = "application/json") -> [String] {
        AnswerContents(answer(body, type: type)).values.map { String(decoding: $0.source, as: UTF8.self) }
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
        XCTAssertEqual(AnswerContents(answer("[{}]")).name, "a stream of JSON")
    }

    func test_bodiesThatCantBeRead_areToldApart() {
        XCTAssertEqual(AnswerContents(answer("")).name, "nothing")
        XCTAssertEqual(AnswerContents(answer("<html>")).name, "other bytes")
        XCTAssertEqual(AnswerContents(answer("{}", [("Content-Encoding", "br")])).name, "unknown")
        XCTAssertEqual(AnswerContents(answer("{}", [("Content-Encoding", "gzip")])).name, "unknown")
        var leftOut = answer("")
        leftOut.body = RecordedBody(leftOut: 7, sha256: "x")
        XCTAssertEqual(AnswerContents(leftOut).name, "unknown")
    }
}
