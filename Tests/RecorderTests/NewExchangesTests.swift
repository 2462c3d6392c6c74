// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import Recorder
import XCTest

final class NewExchangesTests: XCTestCase {
    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"

    private func exchange(
        _ method: String, _ target: String, _ body: String = "", _ fields: [(String, String)] = [],
        answered: [(String, String)] = []
    ) -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(
                method: method, target: target, fields: fields.map { HTTPFields.Field($0.0, $0.1) },
                body: RecordedBody(bytes(body))),
            answer: RecordedAnswer(status: 200, fields: answered.map { HTTPFields.Field($0.0, $0.1) }))
    }

    /// A resumable upload in two pieces.
    private func upload(_ id: String, _ pieces: [String]) -> [RecordedExchange] {
        let target = "/upload/v1beta/files?upload_id=\(id)&upload_protocol=resumable"
        var (all, at) = (
            [
                exchange(
                    "POST", "/upload/v1beta/files", #"{"file":{"displayName":"x"}}"#,
                    [("X-Goog-Upload-Command", "start")],
                    answered: [("X-Goog-Upload-URL", "https://localhost\(target)")])
            ], 0
        )
        for (number, piece) in pieces.enumerated() {
            let command = number == pieces.count - 1 ? "upload, finalize" : "upload"
            all.append(
                exchange(
                    "POST", target, piece,
                    [("X-Goog-Upload-Command", command), ("X-Goog-Upload-Offset", "\(at)")]))
            at += piece.utf8.count
        }
        return all
    }

    /// What is recorded besides an earlier recording.
    private func news(_ exchanges: [RecordedExchange], besides earlier: [RecordedExchange]) throws
        -> [RecordedExchange]
    {
        let sink = MemorySink()
        let new = NewExchanges(besides: Recording(name: "earlier", exchanges: earlier), to: sink)
        for exchange in exchanges { try new.append(exchange) }
        try new.flush()
        return sink.exchanges
    }

    func test_whatMeansTheSame_isKnown() throws {
        let earlier = [
            exchange(
                "POST", Self.generate,
                #"{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"topP":1}}"#),
            exchange("GET", "/v1beta/models?pageSize=1&key=REDACTED"),
        ]
        XCTAssertEqual(
            try news(
                [
                    exchange(
                        "POST", Self.generate,
                        #"{ "generation_config": {"top_p": 1.0}, "contents": [{"parts": [{"text": "\u0061"}]}] }"#,
                        [("User-Agent", "other")]),
                    exchange("GET", "/v1beta/models?key=other&pageSize=1"),
                    earlier[0], earlier[0],
                ], besides: earlier), [])
        let others = [
            exchange("POST", Self.generate, #"{"contents":[{"parts":[{"text":"b"}]}]}"#),
            exchange("GET", "/v1beta/models?pageSize=2"),
        ]
        // Sent twice, it is recorded twice: its answers may differ.
        XCTAssertEqual(try news(others + others, besides: earlier), others + others)
        XCTAssertEqual(try news(others, besides: []), others)
    }

    func test_uploads_areKnownByTheirBytes() throws {
        let earlier = upload("one", ["abc", "def"])
        XCTAssertEqual(try news(upload("two", ["abcd", "ef"]), besides: earlier), [])
        XCTAssertEqual(try news(upload("two", ["abcdef"]), besides: earlier), [])
        for other in [
            upload("two", ["abc", "deg"]), upload("two", ["abc"]), upload("two", ["abc", "def", "g"]),
        ] {
            XCTAssertEqual(try news(other, besides: earlier), other)
        }
        // One that never ends isn't lost, nor one between two others.
        let broken = Array(upload("three", ["abc", "def"]).prefix(2))
        XCTAssertEqual(try news(broken, besides: earlier), broken)
        let (two, three) = (upload("two", ["abc", "def"]), upload("three", ["abc", "xyz"]))
        XCTAssertEqual(
            try news([two[0], three[0], three[1], two[1], three[2], two[2]], besides: earlier), three)
    }

    func test_namesOfThisRun_areThoseOfTheEarlierOne() throws {
        func run(_ id: String) -> [RecordedExchange] {
            var created = exchange("POST", "/v1beta/interactions", #"{"input":"a"}"#)
            created.answer.body = RecordedBody(bytes(#"{"id":"v1_\#(id)","status":"queued"}"#))
            var file = upload(id, ["abc"])
            file[1].answer.body = RecordedBody(
                bytes(#"{"file":{"name":"files/\#(id)","uri":"https://x/v1beta/files/\#(id)"}}"#))
            return [created, exchange("GET", "/v1beta/interactions/v1_\(id)")] + file + [
                exchange("POST", Self.generate, #"{"fileUri":"https://x/v1beta/files/\#(id)"}"#),
                exchange("GET", "/v1beta/files/\(id)"),
            ]
        }
        XCTAssertEqual(try news(run("two"), besides: run("one")), [])
        let foreign = exchange("GET", "/v1beta/files/three")
        XCTAssertEqual(try news(run("two") + [foreign], besides: run("one")), [foreign])
    }

    func test_bodiesThatWereLeftOut_areKnownByTheirHash() throws {
        var earlier = exchange("POST", "/v1beta/x")
        earlier.request.body = RecordedBody(leftOut: 3, sha256: ContentHash.hex(of: bytes("abc")))
        XCTAssertEqual(try news([exchange("POST", "/v1beta/x", "abc"), earlier], besides: [earlier]), [])
        var other = earlier
        other.request.body.sha256 = "0"
        let text = exchange("POST", "/v1beta/x", "abd")
        XCTAssertEqual(try news([text, other], besides: [earlier]), [text, other])
    }

    func test_order_isOfNoMatter() throws {
        let (one, two) = (exchange("GET", "/v1beta/a"), exchange("GET", "/v1beta/b"))
        let sink = MemorySink()
        var earlier = Recording(name: "earlier", exchanges: [one, two])
        earlier.matching.isInOrder = true
        let new = NewExchanges(besides: earlier, to: sink)
        for exchange in [two, one, two] { try new.append(exchange) }
        XCTAssertEqual(sink.exchanges, [])
    }
}
