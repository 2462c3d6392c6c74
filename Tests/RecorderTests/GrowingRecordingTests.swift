// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import Recorder
import XCTest

final class GrowingRecordingTests: XCTestCase {
    private func exchange(
        _ method: String, _ target: String, _ fields: [(String, String)] = [], status: Int = 200,
        _ body: String = "{}", answered: [(String, String)] = []
    ) -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(
                method: method, target: target, fields: fields.map { HTTPFields.Field($0.0, $0.1) }),
            answer: RecordedAnswer(
                status: status, fields: answered.map { HTTPFields.Field($0.0, $0.1) },
                body: RecordedBody(bytes(body))))
    }

    /// What is written, and what can be replayed, in their order.
    private func grown(by exchanges: [RecordedExchange]) throws -> (
        written: [RecordedExchange], replayed: [[RecordedExchange]]
    ) {
        let (sink, replayed) = (MemorySink(), Monitor<[[RecordedExchange]]>([]))
        let growing = GrowingRecording(sink)
        growing.begin { exchanges in replayed.withLock { $0.append(exchanges) } }
        for exchange in exchanges {
            growing.announce(exchange)
            try growing.append(exchange)
        }
        XCTAssertEqual(growing.count, sink.exchanges.count)
        return (sink.exchanges, replayed.withLock { $0 })
    }

    func test_answersOfTheirTime() throws {
        let (well, missing) = (exchange("GET", "/a"), exchange("GET", "/b", status: 404))
        let running = exchange("GET", "/c", [], status: 200, #"{"status": "in_progress"}"#)
        let (limited, failed) = (exchange("GET", "/d", status: 429), exchange("GET", "/e", status: 503))
        let grown = try grown(by: [well, running, limited, failed, missing])
        XCTAssertEqual(grown.written, [well, running, missing])
        XCTAssertEqual(grown.replayed, [[well], [missing]])
    }

    func test_uploads_areReplayedWhole() throws {
        let target = "/upload/v1beta/files?upload_id=one"
        let start = exchange(
            "POST", "/upload/v1beta/files", [("X-Goog-Upload-Command", "start")],
            answered: [("X-Goog-Upload-URL", "https://x\(target)")])
        let piece = exchange("POST", target, [("X-Goog-Upload-Command", "upload")])
        let refused = exchange("POST", target, [("X-Goog-Upload-Command", "upload, finalize")], status: 400)
        let end = exchange("POST", target, [("X-Goog-Upload-Command", "upload, finalize")])
        let other = exchange("GET", "/a")
        let grown = try grown(by: [start, piece, other, refused, end])
        XCTAssertEqual(grown.written, [start, piece, other, refused, end])
        XCTAssertEqual(grown.replayed, [[other], [start, piece, refused, end]])
    }
}
