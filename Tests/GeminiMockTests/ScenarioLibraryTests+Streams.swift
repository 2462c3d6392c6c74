// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

/// The files about what happens to answers on the wire.
extension ScenarioLibraryTests {
    private static let pieces = ["One, ", "two, ", "three."]

    /// The texts of the events whose data stands in one line.
    private func texts(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: "data: ".utf8) }.compactMap {
            BodyValue(value: try? JSONSerialization.jsonObject(with: Data($0.dropFirst(6))))
                .at("candidates/0/content/parts/0/text")
        }
    }

    /// A connection on which a question waits for its answer.
    private func asking(_ server: MockServer, _ method: String = "streamGenerateContent?alt=sse") throws
        -> RawClient
    {
        let body = #"{"contents": [{"parts": [{"text": "Hello"}]}]}"#
        return try asking(server, at: "models/gemini-2.5-flash:\(method)", body)
    }

    private func asking(_ server: MockServer, at path: String, _ body: String) throws -> RawClient {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST /v1beta/\(path) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return client
    }

    /// Asks again: three pieces, and an end.
    private func expectWhole(
        _ server: MockServer, file: StaticString = #filePath, line: UInt = #line
    ) throws {
        let whole = try asking(server).receiveAnswer()
        XCTAssertEqual(texts(whole.body), ScenarioLibraryTests.pieces, file: file, line: line)
        XCTAssertEqual(
            whole.events.last?.at("candidates/0/finishReason"), "STOP", file: file, line: line)
    }

    var brokenStreams: Plays {
        [
            "stream-error-raw": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(texts(answer.body), ["One, "])
                let end = try XCTUnwrap(answer.text.range(of: "\r\n\r\n")).upperBound
                XCTAssertEqual(
                    BodyValue(
                        value: try JSONSerialization.jsonObject(with: Data(answer.text[end...].utf8))
                    ).at("error/status"), "UNAVAILABLE")
                try expectWhole(server)
            },
            "stream-error-as-event": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(texts(answer.body), ["One, ", "two, "])
                XCTAssertEqual(answer.events.count, 3)
                XCTAssertEqual(answer.events.last?.at("error/code"), "500")
                try expectWhole(server)
            },
            "stream-truncated": { [self] server in
                let bytes = try asking(server).receiveToEnd()
                XCTAssertEqual(texts(bytes), ["One, ", "two, "])
                XCTAssertFalse(String(decoding: bytes, as: UTF8.self).hasSuffix("\r\n0\r\n\r\n"))
                try expectWhole(server)
            },
            "stream-reset": { [self] server in
                XCTAssertEqual(try asking(server).receiveToReset().map(texts), ["One, ", "two, "])
                try expectWhole(server)
            },
            "stream-half-event": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(texts(answer.body), ["One, ", "two, "])
                XCTAssertEqual(answer.text.components(separatedBy: "data: ").count, 4)
                try expectWhole(server)
            },
            "stream-without-finish-reason": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(texts(answer.body), ScenarioLibraryTests.pieces)
                XCTAssertFalse(answer.text.contains("finishReason"))
                try expectWhole(server)
            },
            "stream-empty": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(answer.status, 200)
                XCTAssertTrue(answer["Content-Type"]?.hasPrefix("text/event-stream") ?? false)
                XCTAssertEqual(answer.body, [])
                try expectWhole(server)
            },
        ]
    }

    var wholeStreams: Plays {
        [
            "stream-keep-alive-comments": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertTrue(answer.text.hasPrefix(": keep-alive\r\n\r\ndata: "))
                XCTAssertTrue(answer.text.contains("\r\n\r\n: keep-alive\r\ndata: "))
                XCTAssertEqual(texts(answer.body), ScenarioLibraryTests.pieces)
            },
            "stream-event-and-id-lines": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertTrue(answer.text.hasPrefix("event: message\r\nid: 1\r\ndata: "))
                XCTAssertEqual(answer.text.components(separatedBy: "event: message\r\n").count, 4)
                XCTAssertEqual(texts(answer.body), ScenarioLibraryTests.pieces)
            },
            "stream-other-lines": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(Array(answer.body.prefix(9)), [0xEF, 0xBB, 0xBF] + Array("data:{".utf8))
                let lines = answer.body.split(separator: UInt8(ascii: "\n"))
                XCTAssertTrue(lines.contains { $0.last == UInt8(ascii: "\r") })
                XCTAssertTrue(lines.contains { $0.last != UInt8(ascii: "\r") })
                for piece in ScenarioLibraryTests.pieces { XCTAssertTrue(answer.text.contains(piece)) }
            },
            "stream-done-marker": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(texts(answer.body), ScenarioLibraryTests.pieces)
                XCTAssertTrue(answer.text.hasSuffix("\r\n\r\ndata: [DONE]\r\n\r\n"))
            },
            "stream-byte-by-byte": { [self] server in
                let answer = try asking(server).receiveAnswer()
                XCTAssertEqual(texts(answer.body), ["Grüß", "e, 🌍!"])
                XCTAssertTrue(answer.chunks.allSatisfy { $0.count == 1 })
            },
            "slow-first-event": { [self] server in
                let client = try asking(server)
                let head = try client.receive(upTo: "\r\n\r\n")
                XCTAssertTrue(head.starts(with: "HTTP/1.1 200 OK\r\n".utf8))
                XCTAssertTrue(eventually { server.waitingConnections == 1 })
                server.advanceClock(by: .seconds(5))
                XCTAssertEqual(texts(try client.receive(upTo: "\r\n\r\n")), ["One, "])
                server.advanceClock(by: .seconds(1))
                XCTAssertEqual(texts(try client.receive(upTo: "0\r\n\r\n")), ["two, ", "three."])
            },
        ]
    }

    var brokenAnswers: Plays {
        [
            "hang-before-head": { [self] server in
                let client = try asking(server, "generateContent")
                // Else the second question could come first: a stub is chosen when the body has come.
                XCTAssertTrue(eventually { server.waitingConnections == 1 })
                XCTAssertEqual(try ask(server).said, "Here I am.")
                XCTAssertTrue(eventually { server.waitingConnections == 1 })
                server.advanceClock(by: .seconds(600))
                XCTAssertEqual(try client.receiveToEnd(), [])
            },
            "broken-gzip": { [self] server in
                let answer = try asking(server, "generateContent").receiveAnswer()
                XCTAssertEqual(answer["Content-Encoding"], "gzip")
                XCTAssertEqual(answer.body.prefix(2), [0x1F, 0x8B])
                let good = try ask(server)
                XCTAssertEqual(good.said, "Here I am.")
                XCTAssertLessThan(answer.body.count, good.body.count)
            },
            "malformed-json": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.status, 200)
                XCTAssertTrue(answer["Content-Type"]?.hasPrefix("application/json") ?? false)
                XCTAssertNil(answer.json)
                XCTAssertNotNil(try JSONSerialization.jsonObject(with: Data(answer.body + "}".utf8)))
                XCTAssertEqual(try ask(server).said, "Here I am.")
            },
            "redirect-to-another-host": { [self] server in
                let answer = try ask(server)
                XCTAssertEqual(answer.status, 302)
                XCTAssertEqual(answer["Location"], "https://redirected.invalid/")
                XCTAssertEqual(try ask(server).said, "Here I am.")
            },
            "rate-limit-on-one-key": { [self] server in
                for _ in 0..<2 {
                    for end in ["first", "my-first-not", "second"] {
                        let answer = try ask(server, key: otherKey(end))
                        XCTAssertEqual(answer.status, end == "first" ? 429 : 200, end)
                    }
                }
            },
        ]
    }

    // MARK: Interactions

    private static let turn = #"{"model": "gemini-3.5-flash", "input": "Hello", "stream": true}"#

    /// The pieces of text in events of the Interactions API.
    private func deltas(_ text: String) -> [String] {
        text.matches(of: /"delta":{"text":"([^"]*)"/).map { String($0.1) }
    }

    var interactionStreams: Plays {
        [
            "interaction-stream-cut": { [self] server in
                let run = ScenarioLibraryTests.turn.replacing(
                    "\"stream\"", with: "\"background\": true, \"stream\"")
                let client = try asking(server, at: "interactions", run)
                let text = String(decoding: try XCTUnwrap(try client.receiveToReset()), as: UTF8.self)
                XCTAssertEqual(deltas(text), ["One, "], text)
                let id = try XCTUnwrap(text.firstMatch(of: /"id":"([^"]+)"/)?.1)
                let last = try XCTUnwrap(text.matches(of: /"event_id":"([^"]+)"/).last?.1)
                let rest = try get(server, "interactions/\(id)?stream=true&last_event_id=\(last)").text
                XCTAssertEqual(deltas(text + rest), ScenarioLibraryTests.pieces)
                XCTAssertTrue(rest.contains("interaction.completed"), rest)
                XCTAssertEqual(try get(server, "interactions/\(id)").at("status"), "completed")
            },
            "interaction-stream-error": { [self] server in
                let broken = try asking(server, at: "interactions", ScenarioLibraryTests.turn).receiveAnswer()
                XCTAssertEqual(broken.status, 200)
                XCTAssertEqual(broken.text.components(separatedBy: "event: error\n").count, 2, broken.text)
                XCTAssertFalse(broken.text.contains("interaction.completed"))
                let whole = try asking(server, at: "interactions", ScenarioLibraryTests.turn).receiveAnswer()
                XCTAssertEqual(deltas(whole.text), ScenarioLibraryTests.pieces)
            },
        ]
    }
}
