// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import RecordReplay

/// What is written reads back equal.
final class RecordingFormatTests: XCTestCase {
    private func assertLossless(
        _ exchanges: [RecordedExchange], file: StaticString = #filePath, line: UInt = #line
    ) throws {
        let folder = Samples.folder(self)
        let recording = Recording(
            name: "sample", upstream: "https://example.com", made: "2026-11-21T12:00:00Z",
            exchanges: exchanges)
        try folder.write(recording)
        let read = try folder.read()
        for (index, (one, other)) in zip(exchanges, read.exchanges).enumerated() where one != other {
            return XCTFail("exchange \(index): \(one)\n\(other)", file: file, line: line)
        }
        XCTAssertEqual(read, recording, file: file, line: line)
    }

    private func text(_ recording: Recording) -> String {
        String(decoding: RecordingFormat.files(of: recording).main, as: UTF8.self)
    }

    func test_anyExchange_readsBackEqual() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var dice = Dice(seed)
            try assertLossless((0..<25).map { _ in dice.exchange() })
        }
    }

    func test_matching_readsBackEqual() throws {
        let folder = Samples.folder(self)
        var recording = Recording(name: "ü", exchanges: [Samples.exchange()])
        recording.matching.isInOrder = true
        recording.matching.ignoredPointers = ["/a/*/b", ""]
        recording.matching.ignoredParameters = ["seed"]
        recording.matching.headers = ["X-A"]
        try folder.write(recording)
        XCTAssertEqual(try folder.read(), recording)
    }

    func test_jsonIsShownAsJSON_withItsTokens() {
        let body = #"{"b": 1.50, "a": "\u00fc\/", "a": [1e3, {}]}"#
        let text = text(Recording(name: "n", exchanges: [Samples.exchange(request: body)]))
        XCTAssertTrue(text.contains(#""layout": "blanks","#), text)
        XCTAssertTrue(text.contains(#""json": {"b": 1.50, "a": "\u00fc\/", "a": [1e3, {}]}"#), text)
    }

    func test_aStream_isAListOfEvents_withTheirTimesAndCuts() throws {
        let events = Samples.events("a", "b", "c")
        let length = events.count / 3
        let exchange = Samples.exchange(
            [Samples.eventType], answer: events,
            writes: [
                .init(at: 131_500, count: length), .init(at: 140_007, count: 4),
                .init(at: 141_000, count: 2 * length - 4),
            ])
        let text = text(Recording(name: "n", exchanges: [exchange]))
        XCTAssertTrue(
            text.contains(
                """
                          "events": [
                            {
                              "at": 131.5,
                              "data": {"text": "a"}
                            },
                            {
                              "at": 140.007,
                              "cuts": [
                                [4, 141]
                              ],
                              "data": {"text": "b"}
                            },
                            {
                              "data": {"text": "c"}
                            }
                          ]
                """), text)
        try assertLossless([exchange])
    }

    func test_aStreamCutAnywhere_readsBackEqual() throws {
        let events = Array("event: a\ndata: {\"x\": \"ü\"}\n\n: c\n\ndata: [DONE]\n\n".utf8)
        let exchanges = (0...events.count).map {
            Samples.exchange([Samples.eventType], answer: Array(events[..<$0]))
        }
        try assertLossless(exchanges)
    }

    func test_anArrayStream_isAListOfElements() throws {
        let body = Array("[{\n  \"a\": 1\n}\n,\r\n{\n  \"a\": 2\n}\n]".utf8)
        let exchange = Samples.exchange(
            answer: body, writes: [.init(at: 1000, count: 12), .init(at: 2500, count: body.count - 12)])
        let text = text(Recording(name: "n", exchanges: [exchange]))
        XCTAssertTrue(text.contains(#""json": {"a": 2}"#), text)
        XCTAssertTrue(text.contains(#""layout": "indent-2""#), text)
        try assertLossless([exchange])
    }

    func test_whatCantBeSeen_isEscaped() throws {
        let exchange = Samples.exchange(request: "a\u{202E}b\u{7f}\u{0}\n\u{feff}c")
        let text = text(Recording(name: "n", exchanges: [exchange]))
        XCTAssertTrue(text.contains(#""a\u202eb\u007f\u0000\n","#), text)
        XCTAssertTrue(text.contains(#""\ufeffc""#), text)
        try assertLossless([exchange])
    }

    func test_longAndBinaryBodies_standBeside() throws {
        let long = Array("{\"a\": \"\(String(repeating: "x", count: 20_000))\"}".utf8)
        let files = RecordingFormat.files(
            of: Recording(
                name: "n",
                exchanges: [
                    Samples.exchange(answer: long), Samples.exchange(answer: long),
                    Samples.exchange(
                        [.init("Content-Type", "audio/wav")], answer: [UInt8](repeating: 0xFF, count: 999)),
                ]))
        XCTAssertEqual(
            files.bodies.map(\.name),
            [
                "bodies/\(ContentHash.hex(of: long)).json",
                "bodies/\(ContentHash.hex(of: [UInt8](repeating: 0xFF, count: 999))).wav",
            ])
    }

    func test_aCompressedBody_isKept_andShown() throws {
        let packed = try XCTUnwrap(Gzip.encode(Array(#"{"a": 1}"#.utf8)))
        let exchange = Samples.exchange(
            [.init("content-encoding", "gzip"), Samples.jsonType], answer: packed,
            writes: [.init(at: 1, count: packed.count)])
        XCTAssertTrue(text(Recording(name: "n", exchanges: [exchange])).contains(#""json": {"a": 1}"#))
        try assertLossless([exchange])
    }

    func test_deepJSON_isKeptAsText() throws {
        let deep = String(repeating: "[", count: 95) + String(repeating: "]", count: 95)
        try assertLossless([Samples.exchange(request: deep)])
    }

    /// They lie outside the project, in the folder that `GEMINI_MOCK_MATERIAL` names.
    func test_recordedTraffic_readsBackEqual() throws {
        guard let material = ProcessInfo.processInfo.environment["GEMINI_MOCK_MATERIAL"],
            let text = try? Data(contentsOf: URL(fileURLWithPath: material + "/traffic/open.jsonl"))
        else {
            let sentence = "RecordingFormatTests: GEMINI_MOCK_MATERIAL names no folder with traffic/"
            Skips.note(sentence)
            throw XCTSkip(sentence)
        }
        let exchanges = try text.split(separator: 0x0A).map { line in
            let row = try JSONDocument(parsing: Array(line), grammar: .strict).root
            let fields =
                row["response_headers"]?.members.map { HTTPFields.Field($0.name, $0.value.string ?? "") }
                ?? []
            let body = Self.bytes(row["response_body"])
            let isStream = body.starts(with: "data:".utf8) || body.starts(with: "event:".utf8)
            return RecordedExchange(
                request: RecordedRequest(
                    method: row["method"]?.string ?? "", target: row["path"]?.string ?? "/",
                    body: RecordedBody(Self.bytes(row["request_body"]))),
                answer: RecordedAnswer(
                    status: row["status"]?.int ?? 0,
                    fields: fields.isEmpty && isStream ? [Samples.eventType] : fields,
                    body: RecordedBody(body)))
        }
        XCTAssertGreaterThan(exchanges.count, 200)
        try assertLossless(exchanges)
        let redacted = exchanges.map { Redaction.recorded($0) }
        XCTAssertEqual(redacted.map { Redaction.recorded($0) }, redacted)
        try assertLossless(redacted)
    }

    private static func bytes(_ body: JSONView?) -> [UInt8] {
        guard let body, !body.isNull else { return [] }
        if let text = body.string { return Array(text.utf8) }
        if let encoded = body["base64"]?.string { return [UInt8](Data(base64Encoded: encoded) ?? Data()) }
        // As Google lays out answers.
        var layout = JSONLayout.pretty
        layout.end = .lineFeed
        return layout.text(of: body) + [0x0A]
    }
}
