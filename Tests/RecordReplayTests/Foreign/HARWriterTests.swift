// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class HARWriterTests: XCTestCase {
    private func har(_ recordings: [Recording]) -> String {
        String(decoding: HARWriter.text(of: recordings, version: "1", redaction: Redaction()), as: UTF8.self)
    }

    private func assertRoundTrip(_ exchanges: [RecordedExchange], line: UInt = #line) throws {
        let recording = Recording(
            name: "n", upstream: "http://127.0.0.1:8787", made: "2026-11-21T12:00:00Z", exchanges: exchanges)
        let back = try ForeignSamples.imported(har([recording]), hosts: [])
        XCTAssertEqual(back.exchanges, exchanges, line: line)
        XCTAssertEqual(back.upstream, recording.upstream, line: line)
        XCTAssertEqual(back.made, recording.made, line: line)
        XCTAssertEqual(back.notes, [], line: line)
    }

    func test_whatIsExported_comesBackEqual() throws {
        let packed = try XCTUnwrap(Gzip.encode(Array(#"{"a": 1}"#.utf8)))
        var stream = Samples.exchange(
            request: #"{"a": "\u00fc/ü"}"#, [Samples.eventType], answer: Samples.events("one", "two"),
            writes: [
                .init(at: 412_501, count: 10),
                .init(at: 431_000, count: Samples.events("one", "two").count - 10),
            ])
        stream.answer.framing = .chunked
        var reset = stream
        reset.answer.ending = .reset
        reset.answer.framing = .close
        let coded = Samples.exchange(
            request: "", [.init("Content-Encoding", "gzip"), Samples.jsonType, Samples.jsonType],
            answer: packed,
            writes: [.init(at: 1, count: packed.count)])
        var cut = coded
        cut.answer.body = RecordedBody(Array(packed.dropLast(9)))
        cut.answer.writes = []
        var sent = coded
        sent.request.fields.append(.init("content-encoding", "gzip"))
        sent.request.body = RecordedBody(packed)
        var bytes = Samples.exchange([.init("Content-Type", "image/png")], answer: [0, 255, 1])
        bytes.request.body = RecordedBody([255, 0])
        var empty = Samples.exchange([.init("Content-Encoding", "gzip")])
        empty.answer.status = 503
        var leftOut = Samples.exchange(answer: [])
        leftOut.answer.body = RecordedBody(leftOut: 30_000_000, sha256: ContentHash.hex(of: [1]))
        leftOut.answer.writes = [.init(at: 5, count: 30_000_000)]
        leftOut.request.body = RecordedBody(leftOut: 20, sha256: ContentHash.hex(of: [2]))
        try assertRoundTrip([stream, reset, coded, cut, sent, bytes, empty, leftOut])
    }

    func test_exchangesByChance_comeBackEqual() throws {
        var dice = Dice(7)
        let exchanges = (0..<200).map { _ in
            Samples.exchange(
                request: dice.json(),
                [Samples.jsonType, .init("X-Twice", dice.json()), .init("x-twice", "")],
                answer: Array(dice.json().utf8))
        }
        try assertRoundTrip(exchanges.map { Redaction.recorded($0) })
    }

    func test_matching_comesBack_thatOfTheFirstRecording() throws {
        var matching = Recording.Matching()
        matching.isInOrder = true
        matching.ignoredPointers = ["/labels", "/contents/*/parts/0"]
        matching.ignoredParameters = ["pageSize"]
        matching.headers = ["X-Goog-User-Project"]
        let (exchange, other) = (Samples.exchange(request: "{}"), Samples.exchange(request: "[]"))
        let ruled = Recording(name: "a", upstream: "https://h", matching: matching, exchanges: [exchange])
        let plain = Recording(name: "b", upstream: "https://h", exchanges: [other])
        let back = try ForeignSamples.imported(har([ruled]))
        XCTAssertEqual(back.matching, matching)
        XCTAssertEqual(back.notes, [])
        let both = try ForeignSamples.imported(har([ruled, plain]))
        XCTAssertEqual(both.matching, matching)
        XCTAssertEqual(
            both.notes,
            ["1 exchange: of a recording with other “matching” than the first, which counts for all"])
        XCTAssertEqual(try ForeignSamples.imported(har([plain, ruled])).matching, Recording.Matching())
        XCTAssertFalse(har([plain]).contains("matching"))
    }

    func test_matchingThatIsNone_isTold() {
        var matching = Recording.Matching()
        matching.ignoredPointers = ["/labels"]
        let text = har([Recording(name: "a", matching: matching, exchanges: [Samples.exchange()])])
        XCTAssertEqual(ForeignSamples.problems(text), [])
        XCTAssertTrue(
            ForeignSamples.problems(text.replacing(#""/labels""#, with: #""labels""#)).first?
                .contains("“labels” is no JSON Pointer") ?? false)
        XCTAssertTrue(
            ForeignSamples.problems(text.replacing(#""/labels""#, with: "[]")).first?
                .contains("what is in “matching” must be texts, found a list") ?? false)
    }

    /// Else what somebody has changed would be as it was.
    func test_changedText_countsMoreThanTheBytesBeside() throws {
        let packed = try XCTUnwrap(Gzip.encode(Array("before".utf8)))
        let coded = Samples.exchange(
            [.init("Content-Encoding", "gzip")], answer: packed, writes: [.init(at: 1, count: packed.count)])
        let text = har([Recording(name: "n", exchanges: [coded])]).replacing(#""before""#, with: #""after""#)
        let back = try ForeignSamples.imported(text)
        XCTAssertEqual(back.exchanges.map(\.answer.body.bytes), [Array("after".utf8)])
        XCTAssertEqual(back.exchanges.map(\.answer.fields), [[]])
        XCTAssertEqual(back.exchanges.map(\.answer.writes), [[]])
    }

    /// The members that HAR 1.2 wants of an entry.
    func test_itIsHAR() throws {
        let exchange = Samples.exchange(
            request: "{}", answer: Array("ü".utf8),
            writes: [.init(at: 412_500, count: 1), .init(at: 431_000, count: 1)])
        let text = har([Recording(name: "greeting", upstream: "https://h:8443/p", exchanges: [exchange])])
        let root = try XCTUnwrap(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let log = try XCTUnwrap(root["log"] as? [String: Any])
        XCTAssertEqual(log["version"] as? String, "1.2")
        let entry = try XCTUnwrap((log["entries"] as? [[String: Any]])?.first)
        XCTAssertEqual(
            Set(entry.keys),
            [
                "startedDateTime", "time", "request", "response", "cache", "timings", "comment",
                "_geminiMock",
            ])
        let request = try XCTUnwrap(entry["request"] as? [String: Any])
        XCTAssertEqual(
            Set(request.keys),
            [
                "method", "url", "httpVersion", "cookies", "headers", "queryString", "postData",
                "headersSize",
                "bodySize",
            ])
        XCTAssertEqual(
            request["url"] as? String, "https://h:8443/v1beta/models/gemini-2.5-flash:generateContent")
        let response = try XCTUnwrap(entry["response"] as? [String: Any])
        XCTAssertEqual(
            Set(response.keys),
            [
                "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
                "headersSize", "bodySize",
            ])
        XCTAssertEqual(response["statusText"] as? String, "OK")
        XCTAssertEqual(
            entry["timings"] as? [String: Double], ["send": 0, "wait": 412.5, "receive": 18.5])
        XCTAssertEqual(entry["time"] as? Double, 431)
    }

    func test_isRedacted() {
        var exchange = Samples.exchange(request: #"{"key": "AIzaSyA0123456789abcdefghijklmnopqrstuv"}"#)
        exchange.request.target += "?key=AIzaSyA0123456789abcdefghijklmnopqrstuv"
        XCTAssertFalse(har([Recording(name: "n", exchanges: [exchange])]).contains("AIza"))
    }

    func test_theFile_isWrittenForItsOwnerAlone_andOnce() throws {
        let folder = Samples.folder(self)
        try PlainFile.makeFolder(folder.path)
        let path = folder.path + "/a.har"
        try HARWriter.write([1], to: path, replaces: false)
        XCTAssertThrowsError(try HARWriter.write([2], to: path, replaces: false)) {
            XCTAssertEqual("\($0)", "there is a \(path) already; --replace puts another in its place")
        }
        XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: path)), Data([1]))
        try HARWriter.write([2], to: path, replaces: true)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        XCTAssertEqual(mode, 0o600)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), ["a.har"])
    }
}
