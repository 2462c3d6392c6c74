// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock
@testable import ScenarioEngine

/// Faults and waits as clients meet them: bytes on a socket, and how the connection ends.
final class FaultTests: ScenarioTestCase {
    static let body = #"{"contents": [{"role": "user", "parts": [{"text": "Hello"}]}]}"#

    /// A stub for each fault, chosen by the field `x-fault`: the request's body is always the same, and so is the answer.
    private func everyFault() throws -> MockServer {
        let stubs = FaultTests.entries.map { entry in
            let error = entry.required.contains("error") ? "internal" : nil
            return MockStub(
                entry.name, when: MockPattern(header: ["x-fault": .equals(entry.name)]),
                replies: [said.faults([.named(entry.name, text: FaultTests.text(entry), error: error)])])
        }
        return try serve(MockScenario("faults", stubs: stubs + [MockStub("none", replies: [said])]))
    }

    /// The header field that is to be left out; nil for faults that ask for none.
    private static func text(_ entry: FaultTable.Entry) -> String? {
        entry.required.contains("text") ? "Content-Type" : nil
    }

    /// Those of uploads have tests of their own.
    private static let entries = FaultTable.entries.filter { !$0.name.hasPrefix("upload-") }

    private var said: MockReply { .text("One, two, three.", chunks: .pieces(["One, ", "two, ", "three."])) }

    private func request(_ fault: String = "none", _ method: String, key: String = "made-up") -> String {
        "POST /v1beta/models/gemini-2.5-flash:\(method) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\n"
            + "x-fault: \(fault)\r\nContent-Length: \(FaultTests.body.utf8.count)\r\n\r\n\(FaultTests.body)"
    }

    private static let methods = [
        "streamGenerateContent?alt=sse", "streamGenerateContent", "generateContent",
    ]

    /// The plan behind an answer that nothing has happened to.
    private func plan(_ answer: RawAnswer) -> ResponsePlan {
        let fields = answer.fields.map { HTTPFields.Field($0.name, $0.value) }
        return ResponsePlan(
            head: ResponseHead(
                status: answer.status,
                fields: fields.filter {
                    !["content-length", "transfer-encoding"].contains($0.name.lowercased())
                }), framing: answer["Transfer-Encoding"] == nil ? .length : .chunked,
            actions: answer.chunks.map { .send($0) })
    }

    /// What a client gets, and whether the connection is broken then; nil where it is kept.
    private func outcome(_ name: String, _ plain: RawAnswer) throws -> (bytes: [UInt8], isReset: Bool?) {
        let entry = try XCTUnwrap(FaultTable.entry(named: name))
        let error = entry.required.contains("error") ? NamedError(name: "internal") : nil
        let options = FaultOptions(text: FaultTests.text(entry), error: error)
        let script = WireScript(options: nil, faults: [FaultSetting(name: name, options: options)], seed: 0)
        let head = RequestHead(method: "POST", target: RequestTarget("/"), fields: HTTPFields())
        let plan = script.applied(to: plan(plain), for: head)
        guard plan.framing != .raw else { return (plan.body, plan.actions.contains(.reset)) }
        return (plan.raw(for: head).body, nil)
    }

    func test_eachFault_onKeptConnections_isExact_andTheNextRequestIsServed() throws {
        let server = try everyFault()
        for method in FaultTests.methods {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(request("none", method))
            let plain = try client.receiveAnswer()
            for name in FaultTests.entries.map(\.name) where !name.hasPrefix("hang") {
                let expected = try outcome(name, plain)
                let kept = try XCTUnwrap(RawClient(port: server.port))
                kept.send(request("none", method))
                XCTAssertEqual(try kept.receiveAnswer().body, plain.body)
                // The second one stands behind the first in the same packet.
                kept.send(request(name, method) + request("none", method))
                try check(kept, expected, plain, "\(name) \(method)")
                let next = try XCTUnwrap(RawClient(port: server.port))
                next.send(request("none", method))
                XCTAssertEqual(try next.receiveAnswer().body, plain.body, name)
            }
        }
        XCTAssertTrue(eventually { server.liveObjects.readers == 0 })
    }

    private func check(
        _ client: RawClient, _ expected: (bytes: [UInt8], isReset: Bool?), _ plain: RawAnswer, _ name: String
    ) throws {
        switch expected.isReset {
        case true?: XCTAssertEqual(try client.receiveToReset()?.latin, expected.bytes.latin, name)
        case false?: XCTAssertEqual(try client.receiveToEnd().latin, expected.bytes.latin, name)
        case nil:
            let whole = expected.bytes.latin.replacing("Connection: close\r\n", with: "")
            var bytes: [UInt8] = []
            while bytes.count < whole.unicodeScalars.count {
                let more = try client.receive(atMost: whole.unicodeScalars.count - bytes.count)
                if more.isEmpty { break }
                bytes += more
            }
            XCTAssertEqual(bytes.latin, whole, name)
            XCTAssertEqual(try client.receiveAnswer().body, plain.body, name)
        }
    }

    // MARK: Spelt out

    private func faulty(_ reply: MockReply) throws -> MockServer {
        try serve(MockScenario("one", stubs: [MockStub("s", replies: [reply])]))
    }

    private func client(_ server: MockServer, _ method: String = methods[0]) throws -> RawClient {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(request(method))
        return client
    }

    private func request(_ method: String) -> String { request("none", method) }

    func test_reset_beforeTheHead_sendsNothing() throws {
        let server = try faulty(.text("x").faults([.named("reset")]))
        for method in FaultTests.methods {
            XCTAssertEqual(try client(server, method).receiveToReset(), [])
        }
    }

    func test_reset_afterTwoEvents_sendsTwo() throws {
        let server = try faulty(said.faults([.named("reset", after: .events(2))]))
        let bytes = try XCTUnwrap(try client(server).receiveToReset())
        let text = String(decoding: bytes, as: UTF8.self)
        XCTAssertEqual(text.components(separatedBy: "data: ").count, 3)
        XCTAssertTrue(text.contains("One, ") && text.contains("two, ") && !text.contains("three."))
        XCTAssertTrue(text.hasSuffix("\r\n\r\n\r\n"), "a whole event, and its chunk's end")
    }

    func test_emptyReply_closesInOrder() throws {
        let server = try faulty(.text("x").faults([.named("empty-reply")]))
        XCTAssertEqual(try client(server).receiveToEnd(), [])
    }

    func test_pages_goBeforeAllElse_andKeepTheConnection() throws {
        let server = try faulty(.error("internal").faults([.named("html-page")]))
        let client = try client(server)
        for _ in 0..<2 {
            let answer = try client.receiveAnswer()
            XCTAssertEqual(answer.status, 502)
            XCTAssertEqual(answer["Content-Type"], "text/html; charset=UTF-8")
            XCTAssertTrue(answer.text.contains("<title>Error 502 (Server Error)!!1</title>"))
            client.send(request(FaultTests.methods[2]))
        }
    }

    func test_gzip_isBrokenByTheFaultAlone() throws {
        let server = try serve(
            MockScenario("one", stubs: [MockStub("s", replies: [.text("x").faults([.named("broken-gzip")])])])
        ) { $0.usesGzip = true }
        let answer = try ask(server)
        XCTAssertEqual(answer["Content-Encoding"], "gzip")
        XCTAssertEqual(answer.body.prefix(2), [0x1F, 0x8B])
        XCTAssertEqual(answer.fields.count { $0.name == "Content-Encoding" }, 1)
    }

    /// What a fault breaks is a refusal, too; and web pages see it.
    func test_originsAreNamed_onRawAnswersToo() throws {
        let server = try faulty(.error("internal").faults([.named("wrong-content-length", by: 5)]))
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            request(FaultTests.methods[2]).replacing("Host: x", with: "Host: x\r\nOrigin: https://a.example"))
        let text = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertTrue(text.hasPrefix("HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n"), text)
        XCTAssertTrue(text.contains("\r\nAccess-Control-Allow-Origin: https://a.example\r\n"))
        let body = text.components(separatedBy: "\r\n\r\n").last ?? ""
        XCTAssertTrue(text.contains("\r\nContent-Length: \(body.utf8.count + 5)\r\n"), text)
    }

    /// PEERS INT-06: a stream of a run in the background, cut and followed on behind its last event.
    func test_aCutRun_canBeFollowedOn() throws {
        let server = try serve(
            MockScenario(
                "one",
                stubs: [
                    MockStub(
                        "s", when: MockPattern(endpoint: ["createInteraction"]),
                        replies: [said.faults([.named("reset", after: .events(5))])])
                ])
        ) { $0.backgroundRunLength = .zero }
        let body =
            #"{"model": "gemini-3.5-flash", "input": "Hello", "background": true, "stream": true}"#
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST /v1beta/interactions HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let text = String(decoding: try XCTUnwrap(try client.receiveToReset()), as: UTF8.self)
        XCTAssertEqual(text.components(separatedBy: "event: ").count, 6, text)
        let id = try XCTUnwrap(text.firstMatch(of: /"id":"([^"]+)"/)?.1)
        let last = try XCTUnwrap(text.matches(of: /"event_id":"([^"]+)"/).last?.1)
        let rest = try get(server, "interactions/\(id)?stream=true&last_event_id=\(last)").text
        let pieces = (text + rest).matches(of: /"delta":{"text":"([^"]*)"/).map { String($0.1) }
        XCTAssertEqual(pieces, ["One, ", "two, ", "three."])
        XCTAssertTrue(rest.hasSuffix("event: done\ndata: [DONE]\n\n"))
    }

    func test_whatNeverStruck_isTold() throws {
        let server = try faulty(
            said.faults([.named("reset", .times(2)), .named("truncate", .probability(0))]))
        XCTAssertEqual(server.unspentFaults.count, 2)
        for _ in 0..<2 { _ = try client(server).receiveToReset() }
        XCTAssertEqual(server.unspentFaults.count, 1)
        XCTAssertTrue(server.unspentFaults[0].hasPrefix("truncate of “s” ("), server.unspentFaults[0])
        XCTAssertEqual(try client(server).receiveAnswer().status, 200)
    }
}

extension [UInt8] {
    /// A character for each byte.
    fileprivate var latin: String { String(bytes: self, encoding: .isoLatin1) ?? "" }
}
