// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class HARReaderTests: XCTestCase {
    func test_entriesOfABrowser() throws {
        let taken = try ForeignSamples.imported(ForeignSamples.har, hosts: [])
        XCTAssertEqual(
            taken.exchanges.map(\.request.target), ["/v1beta/models/m:generateContent?key=REDACTED", "/b"])
        let first = try XCTUnwrap(taken.exchanges.first)
        XCTAssertEqual(first.request.fields, [HTTPFields.Field("content-type", "application/json")])
        XCTAssertEqual(first.request.body.bytes, Array(#"{"contents":[]}"#.utf8))
        XCTAssertEqual(first.answer.body.bytes, Array("{\n  \"a\": 1\n}".utf8))
        XCTAssertEqual(
            first.answer.fields,
            [
                HTTPFields.Field("content-type", "application/json; charset=UTF-8"),
                HTTPFields.Field("set-cookie", "REDACTED"), HTTPFields.Field("set-cookie", "REDACTED"),
            ].map { HTTPFields.Field($0.name, $0.value) })
        XCTAssertEqual(first.answer.writes, [RecordedAnswer.Write(at: 412_500, count: 12)])
        let second = taken.exchanges[1]
        XCTAssertEqual([second.request.body.length, second.answer.body.length], [7, 9])
        XCTAssertEqual([second.request.body.bytes, second.answer.body.bytes], [nil, nil])
        XCTAssertEqual(taken.made, "2026-08-19T14:34:12.345Z")
        XCTAssertEqual(
            taken.notes,
            [
                "1 skipped: to example.com, which is no host of the API; --host takes them",
                "1 skipped: without an answer",
                "1 exchange: redacted in 3 places",
                "1 exchange: when the answer came isn't known, so its replay doesn't wait",
                "1 exchange: the file has no header fields",
                "1 exchange: a body stands in the file decompressed, so Content-Encoding is left out",
                "1 exchange: a body isn't in the file, only its length",
            ])
    }

    func test_bytes() throws {
        let taken = try ForeignSamples.imported(ForeignSamples.har, hosts: ["EXAMPLE.com:8443"])
        XCTAssertEqual(taken.exchanges[1].answer.body.bytes, [0, 1, 255])
    }

    /// Those of Firefox and others that begin with a byte order mark, forms without a text, and names that browsers join.
    func test_whatOthersWrite() throws {
        let text = """
            \u{FEFF}{"log": {"entries": [{
              "request": {"method": "POST", "url": "http://h", "headers": [],
                "postData": {"mimeType": "application/x-www-form-urlencoded; charset=UTF-8", "params": [{"name": "a", "value": "b"}, {"name": "c", "value": "d%20"}]}},
              "response": {"status": 200, "headers": [], "content": {"text": "", "encoding": null, "size": 0}}
            }]}}
            """
        let taken = try ForeignSamples.imported(text)
        XCTAssertEqual(taken.exchanges.map(\.request.body.bytes), [Array("a=b&c=d%20".utf8)])
        XCTAssertEqual(taken.exchanges.map(\.request.target), ["/"])
        XCTAssertEqual(taken.exchanges.map(\.answer.body.bytes), [[]])
    }

    /// What nobody wants may be as wrong as it likes.
    func test_whatIsSkipped_isntRead() throws {
        let text = """
            {"log": {"entries": [
              {"request": {"url": "data:image/png;base64,AAAA", "headers": []}, "response": {}},
              {"request": {"url": "chrome-extension://a/b"}},
              {"request": {"url": "wss://generativelanguage.googleapis.com/ws", "method": "GET"}},
              {"request": {"url": "https://example.com/", "method": 7, "headers": 8}}
            ]}}
            """
        let taken = try ForeignSamples.imported(text, hosts: [])
        XCTAssertEqual(
            taken.notes,
            [
                "1 skipped: to example.com, which is no host of the API; --host takes them",
                "3 skipped: to no http address",
            ])
    }

    func test_whatIsWrong_isToldWithItsPlace() {
        let text = ForeignSamples.har.replacing("AAH/", with: "A!").replacing("\"PUT\"", with: "7")
            .replacing(
                "https://generativelanguage.googleapis.com/v1beta/models/m", with: "https:///v1beta/models/m")
        XCTAssertEqual(
            ForeignSamples.problems(text),
            [
                "f:14:18: “url” must be an http or https URL, found “https:///v1beta/models/m:generateContent?key=REDACTED#x”",
                "f:48:83: this is no base64",
                "f:55:31: “method” must be that of a request, found “7”",
            ])
    }
}
