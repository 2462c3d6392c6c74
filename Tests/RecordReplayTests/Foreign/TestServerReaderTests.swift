// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class TestServerReaderTests: XCTestCase {
    func test_bodiesAreThoseThatItsOwnServerReplays() throws {
        let taken = try ForeignSamples.imported(ForeignSamples.testServer)
        XCTAssertEqual(
            taken.exchanges.map { String(decoding: $0.answer.body.bytes ?? [], as: UTF8.self) },
            [#"{"a":1.50,"b":"ü"}"#, "data: {\"a\":1}\n\ndata: {\"b\":2}\n\n", ""])
        XCTAssertEqual(
            taken.exchanges.map { String(decoding: $0.request.body.bytes ?? [], as: UTF8.self) },
            [#"{"contents":[{"parts":[{"text":"1 \u003c 2"}]}]}"#, "", ""])
        XCTAssertEqual(
            taken.exchanges[0].request.fields, [HTTPFields.Field("Content-Type", "application/json")])
        XCTAssertEqual(
            taken.exchanges[0].answer.fields,
            [
                HTTPFields.Field("Content-Type", "application/json; charset=UTF-8"),
                HTTPFields.Field("Vary", "Origin, X-Origin"),
            ])
        XCTAssertEqual(taken.exchanges[2].answer.fields, [])
        XCTAssertEqual(taken.upstream, "https://generativelanguage.googleapis.com")
        XCTAssertEqual(
            taken.notes,
            [
                "2 exchanges: when the answer came isn't known, so its replay doesn't wait",
                "1 exchange: where the stream was cut into writes isn't known, so it comes as one",
                "3 exchanges: header fields are in the order of the file, which sorts them",
                "2 exchanges: JSON stands in the file as a value, so white space, escapes and digits are those that its own tool replays",
                "1 exchange: a body stands in the file decompressed, so Content-Encoding is left out",
                "1 exchange: the file has no body of the answer, so it is replayed without one",
                "1 exchange: sent to other hosts than the first; a recording knows paths only",
            ])
    }

    func test_whatIsWrong_isToldWithItsPlace() {
        let text = ForeignSamples.testServer.replacing("\"url\": \"/\"", with: "\"url\": \"nowhere\"")
            .replacing(
                "\"statusCode\": 200,\n        \"headers\": {\"Content-Type\"",
                with: "\"statusCode\": 1,\n        \"headers\": {\"Content-Type\"")
        XCTAssertEqual(
            ForeignSamples.problems(text),
            [
                "f:39:23: “statusCode” must be a status from 200 to 599, found “1”",
                "f:47:16: “url” must be a path beside “serverAddress”, or a URL, found “nowhere”",
            ])
    }
}
