// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiMock

final class AnswerBytesTests: XCTestCase {
    private func bytes(
        _ text: String, _ framing: ResponsePlan.Framing = .chunked, type: String = "text/event-stream"
    ) -> AnswerBytes {
        AnswerBytes(
            JournalEntry.Answer(
                status: 200, fields: [HTTPFields.Field("Content-Type", type)], framing: framing,
                body: JournalBody(bytes: Array(text.utf8), extent: .whole, length: text.utf8.count),
                writeEnds: [text.utf8.count]))
    }

    private func data(_ bytes: AnswerBytes, isStream: Bool = true) -> [String] {
        bytes.events(isStream: isStream).map { String(decoding: $0.data, as: UTF8.self) }
    }

    func test_events_areRead_howeverTheirLinesEnd() {
        for end in ["\r\n", "\n", "\r"] {
            let text =
                ": note\(end)event: a\(end)id: 7\(end)data: 1\(end)data:2\(end)\(end)data: 3\(end)\(end)"
            XCTAssertEqual(data(bytes(text)), ["1\n2", "3"], "\(end.utf8.count)")
            let first = bytes(text).events(isStream: true)[0]
            XCTAssertEqual(first.name, "a")
            XCTAssertEqual(first.id, "7")
        }
        XCTAssertEqual(data(bytes("\u{FEFF}data: 1\n\n")), ["1"])
        XCTAssertEqual(data(bytes("data: 1\n\ndata: {\"cut")), ["1", "{\"cut"])
        XCTAssertEqual(data(bytes("")), [])
    }

    func test_ranges_followEachOther() {
        let events = bytes("data: 1\r\n\r\ndata: 2\r\n\r\n").events(isStream: true)
        XCTAssertEqual(events.map(\.range), [0..<11, 11..<22])
    }

    func test_elementsOfAnArray_areRead_alsoOfOneThatIsCut() {
        let text = #"[{"a": "]}\"[" , "b": [1]},\#n{"c": {}}"#
        for end in ["", "]", ",", #", {"d": "#, "]]]"] {
            let bytes = bytes(text + end, type: "application/json")
            XCTAssertEqual(data(bytes), [#"{"a": "]}\"[" , "b": [1]}"#, #"{"c": {}}"#], end)
        }
        for text in ["[", "]", "", "{}", "x", "[}", #"["a"#] {
            XCTAssertEqual(data(bytes(text, type: "application/json")), [], text)
        }
        XCTAssertEqual(data(bytes("[{}]", type: "application/json"), isStream: false), [])
    }

    func test_rawAnswers_areTakenApart_asFarAsTheyGo() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunk = "9\r\ndata: 1\n\n\r\n"
        for end in [
            "", "0\r\n\r\n", "zz\r\n", "FFFFFFFFFFFFFFFFFF\r\nx", "-5\r\nx", "\r\n", "9", "9;x=y\r\n",
        ] {
            XCTAssertEqual(data(bytes(head + chunk + end, .raw)), ["1"], end)
        }
        XCTAssertEqual(data(bytes(head + chunk + "FFFFFFFF\r\ndata: 2", .raw)), ["1", "2"])
        XCTAssertEqual(bytes("HTTP/1.1 200 OK\r\n\r\n{}", .raw).bytes, Array("{}".utf8))
        for text in ["", "\r\n", "HTTP/1.1"] { XCTAssertEqual(bytes(text, .raw).bytes, [], text) }
    }
}
