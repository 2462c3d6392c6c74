// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class CassetteReaderTests: XCTestCase {
    private func texts(_ taken: RecordingImport) -> [String] {
        taken.exchanges.map { String(decoding: $0.answer.body.bytes ?? [], as: UTF8.self) }
    }

    private func lines(_ fields: [HTTPFields.Field]) -> [String] { fields.map { "\($0.name): \($0.value)" } }

    func test_vcrpy() throws {
        let taken = try ForeignSamples.imported(ForeignSamples.vcrpy, hosts: [])
        XCTAssertEqual(taken.exchanges.count, 2)
        let first = try XCTUnwrap(taken.exchanges.first)
        XCTAssertEqual(first.request.method, "POST")
        XCTAssertEqual(
            first.request.target, "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
        XCTAssertEqual(lines(first.request.fields), ["accept: */*", "x-goog-api-key: REDACTED"])
        XCTAssertEqual(
            first.request.body.bytes, Array(#"{"contents":[{"parts":[{"text":"It's \u00e9"}]}]}"#.utf8))
        XCTAssertEqual(
            lines(first.answer.fields),
            [
                "content-type: text/event-stream", "date: Sun, 06 Nov 2022 08:49:37 GMT", "vary: Origin",
                "vary: X-Origin",
            ])
        XCTAssertEqual(first.answer.framing, .chunked)
        XCTAssertEqual(texts(taken)[0], "data: {\"a\": \"ü 😀\"}\r\n\r\ndata: {\"b\": 2}\r\n\r\n")
        XCTAssertEqual(first.answer.writes, [])
        let second = taken.exchanges[1]
        XCTAssertEqual(second.request.target, "/v1beta/models?key=REDACTED")
        XCTAssertEqual(second.answer.status, 404)
        XCTAssertEqual(
            lines(second.answer.fields),
            ["Content-Encoding: gzip", "Content-Type: application/json; charset=UTF-8"])
        XCTAssertEqual(
            Gzip.decode(second.answer.body.bytes ?? [], limit: 100)?.bytes, Array(#"{"a":1}"#.utf8))
        XCTAssertEqual(taken.upstream, "https://generativelanguage.googleapis.com")
        XCTAssertEqual(taken.made, "2022-11-06T08:49:37Z")
        XCTAssertEqual(
            taken.notes,
            [
                "2 exchanges: redacted in 2 places",
                "2 exchanges: when the answer came isn't known, so its replay doesn't wait",
                "1 exchange: where the stream was cut into writes isn't known, so it comes as one",
                "1 exchange: header fields are in the order of the file, which sorts them",
            ])
    }

    /// The serializer for JSON, and the older form of what is no text.
    func test_vcrpy_asJSON() throws {
        let text = """
            {"version": 1, "interactions": [{
              "request": {"method": "GET", "uri": "https://h/a b?c=ü", "body": null, "headers": {"A": "1", "b": ["2"], "c": "3"}},
              "response": {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"base64_string": "AP8="}}
            }]}
            """
        let taken = try ForeignSamples.imported(text)
        XCTAssertEqual(taken.exchanges.map(\.answer.body.bytes), [[0, 255]])
        XCTAssertEqual(taken.exchanges[0].request.target, "/a%20b?c=%C3%BC")
        XCTAssertEqual(lines(taken.exchanges[0].request.fields), ["A: 1", "b: 2", "c: 3"])
        XCTAssertFalse(taken.notes.contains { $0.contains("order of the file") })
    }

    func test_parsedBody_isWhatItsOwnToolReplays() throws {
        let taken = try ForeignSamples.imported(ForeignSamples.parsed)
        let exchange = try XCTUnwrap(taken.exchanges.first)
        XCTAssertEqual(
            String(decoding: exchange.request.body.bytes ?? [], as: UTF8.self),
            #"{"contents": [{"parts": [{"text": "Zeile\n\tzwei \"\u00fc\" \ud83d\ude00 \u007f"}, {"text": "no"}]}], "#
                + #""empty": {}, "list": [], "none": null, "numbers": [1, -0.5, 1e-05, 12345678901234567890123, 1e+16], "#
                + #""really": true, "time": "2026-08-19T14:34:14.094797Z", "folded": "one two"}"#)
        XCTAssertEqual(texts(taken), [#"{"a": 1}"#])
        XCTAssertEqual(lines(exchange.answer.fields), ["content-type: application/json"])
        XCTAssertEqual(
            taken.notes,
            [
                "1 exchange: when the answer came isn't known, so its replay doesn't wait",
                "1 exchange: header fields are in the order of the file, which sorts them",
                "1 exchange: JSON stands in the file as a value, so white space, escapes and digits are those that its own tool replays",
                "1 exchange: a body stands in the file decompressed, so Content-Encoding is left out",
            ])
    }

    func test_ruby() throws {
        let taken = try ForeignSamples.imported(ForeignSamples.ruby)
        XCTAssertEqual(taken.exchanges.map(\.request.method), ["POST", "POST", "GET"])
        XCTAssertEqual(taken.exchanges.map(\.answer.status), [400, 200, 200])
        XCTAssertEqual(taken.exchanges[1].request.body.bytes, [0, 1, 255])
        XCTAssertEqual(
            taken.exchanges.map(\.answer.body.bytes),
            [Array("{\n  \"error\": 1\n}\n".utf8), Array("ABC".utf8), [0xFC]])
        XCTAssertEqual(taken.made, "2026-08-19T14:34:12Z")
        XCTAssertEqual(
            lines(taken.exchanges[0].answer.fields),
            ["Date: Wed, 19 Aug 2026 14:34:12 GMT", "X-Xss-Protection: 0"])
    }

    /// As vcrpy keeps the body of a request that was a file.
    func test_vcrpy_filesOfPython() throws {
        let text = ForeignSamples.vcrpy.replacing(
            "body: null",
            with: """
                body: !!python/object/new:_io.BytesIO
                      state: !!python/tuple
                      - !!binary |
                        AAH/
                      - 0
                      - null
                """)
        let taken = try ForeignSamples.imported(text)
        XCTAssertEqual(taken.exchanges[1].request.body.bytes, [0, 1, 255])
        XCTAssertEqual(
            ForeignSamples.problems(text.replacing("_io.BytesIO", with: "x.Y")).map { $0.dropFirst(9) },
            ["a body must be a text, found a map"])
    }

    func test_whatIsWrong_isToldWithItsPlace() {
        let text = ForeignSamples.vcrpy.replacing("method: POST", with: "method: [POST]")
            .replacing("!!binary", with: "!!python/object:x.Y")
        XCTAssertEqual(
            ForeignSamples.problems(text),
            [
                "f:15:13: “method” must be that of a request, found a list",
                "f:41:15: the tag tag:yaml.org,2002:python/object:x.Y isn't understood",
            ])
        XCTAssertEqual(
            ForeignSamples.problems(ForeignSamples.ruby.replacing("AAH/", with: "A!")),
            ["f:33:15: this is no base64"])
        XCTAssertEqual(
            ForeignSamples.problems(ForeignSamples.vcrpy.replacing("code: 404", with: "code: 4040")),
            ["f:49:13: “code” must be a status from 200 to 599, found “4040”"])
        XCTAssertEqual(
            ForeignSamples.problems("http_interactions:\n- request: {}\n- request: 1\n"),
            [
                "f:2:12: “uri” is missing: an http or https URL",
                "f:3:12: “request” must be a map, found “1”",
            ])
        XCTAssertEqual(
            ForeignSamples.problems(ForeignSamples.parsed.replacing("- -0.5", with: "- 0x1F")),
            ["f:17:9: “0x1F” is no number of JSON; put quotes around it"])
        XCTAssertEqual(
            ForeignSamples.problems(ForeignSamples.vcrpy.replacing("connection:", with: "\"a\\rb\":")),
            ["f:8:9: “a\u{FFFD}b” is no name of a header field"])
    }
}
