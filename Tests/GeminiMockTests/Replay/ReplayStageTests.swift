// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import TestSupport
import XCTest

@testable import GeminiMock

/// Recordings over sockets.
final class ReplayStageTests: ScenarioTestCase {
    private static let json = HTTPFields.Field("Content-Type", "application/json")

    static func exchange(
        _ body: String, _ answer: String, method: String = "POST",
        target: String = "/v1beta/models/\(flash):generateContent", status: Int = 200
    ) -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(
                method: method, target: target, fields: [json], body: RecordedBody(Array(body.utf8))),
            answer: RecordedAnswer(
                status: status,
                fields: [json, HTTPFields.Field("X-Odd", "a"), HTTPFields.Field("x-odd", "b")],
                body: RecordedBody(Array(answer.utf8))))
    }

    private static func contents(_ text: String) -> String {
        #"{"contents": [{"role": "user", "parts": [{"text": "\#(text)"}]}]}"#
    }

    private func replay(
        _ exchanges: [RecordedExchange], strict: Bool = false, inOrder: Bool = false,
        _ scenarios: [MockScenario] = [], change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws -> MockServer {
        var recording = Recording(name: "sample", exchanges: exchanges)
        recording.matching.isInOrder = inOrder
        return try serve { settings in
            settings.recordings = [MockRecording(recording)]
            settings.refusesUnmatched = strict
            settings.scenarios = scenarios
            change(&settings)
        }
    }

    func test_bytesAndFields_areTheRecorded() throws {
        let odd = "{ \"candidates\" : [ ] }\n\n"
        let server = try replay([Self.exchange(Self.contents("Hello"), odd, status: 418)])
        let answer = try ask(server)
        XCTAssertEqual(answer.status, 418)
        XCTAssertEqual(answer.text, odd)
        XCTAssertEqual(
            answer.fields.filter { $0.name.lowercased() != "date" }.map { "\($0.name): \($0.value)" }
                .sorted(),
            [
                "Content-Length: \(odd.utf8.count)", "Content-Type: application/json", "X-Odd: a", "x-odd: b",
            ])
        let entry = try XCTUnwrap(server.journal.entries.last)
        XCTAssertEqual(entry.source, .recording(name: "sample", exchange: 1))
        XCTAssertEqual(entry.endpoint, "generateContent")
        XCTAssertEqual(server.unusedExchanges, [])
    }

    func test_miss_isAnsweredByItself_andTold() throws {
        let server = try replay([Self.exchange(Self.contents("Hello"), "recorded")])
        let answer = try ask(server, "Good day")
        XCTAssertEqual(answer.status, 200)
        XCTAssertNotNil(answer.json)
        XCTAssertEqual(server.unmatchedRequests.count, 1)
        let miss = try XCTUnwrap(server.journal.entries.last?.nearMisses.first)
        XCTAssertEqual(
            miss.description,
            """
            “POST /v1beta/models/gemini-2.5-flash:generateContent” (recording sample, exchange 1)
              ✓ method
              ✓ path
              ✓ query
              ✗ body: expected the text “Hello” at /contents/0/parts/0/text, got the text “Good day”
            """)
        XCTAssertEqual(
            server.unusedExchanges,
            ["POST /v1beta/models/gemini-2.5-flash:generateContent (recording sample, exchange 1)"])
        XCTAssertEqual(
            server.findings().groups.filter { $0.count > 0 }.map(\.kind),
            [.unmatchedRequests, .unusedExchanges])
    }

    func test_miss_ofALongBody_isToldByItsLength() throws {
        let long = String(repeating: "x", count: 1_100_000)
        let server = try replay([Self.exchange(Self.contents(long), "recorded")], strict: true)
        XCTAssertEqual(try ask(server, long).text, "recorded")
        let answer = try ask(server, "Hello")
        XCTAssertTrue(answer.text.contains("✗ body: expected 1100"), answer.text)
    }

    func test_miss_underStrict_isRefused_andExplained() throws {
        let server = try replay([Self.exchange(Self.contents("Hello"), "recorded")], strict: true)
        for answer in [
            try ask(server, "Good day"), try ask(server, model: "gemini-9"), try get(server, "nothing/x/y"),
            try get(server, "files/abc"),
            try post(server, "/v1beta/models/\(Self.flash):generateContent", "{"),
        ] {
            XCTAssertEqual(answer.status, 400)
            XCTAssertTrue(answer.text.contains("NO_RECORDING_MATCHES"), answer.text)
            XCTAssertTrue(answer.text.contains("recording sample, exchange 1"), answer.text)
        }
        XCTAssertEqual(server.unmatchedRequests.count, 5)
        XCTAssertEqual(server.journal.entries.last?.source, .noRecording)
    }

    func test_whatTheServerWouldRefuse_isReplayed() throws {
        let server = try replay(
            [
                Self.exchange("{\"nothing\": 1", "malformed"),
                Self.exchange(#"{"unknown": {}}"#, "of another time"),
                Self.exchange("", "beyond", method: "GET", target: "/v1beta/tunedModels/x/operations"),
                Self.exchange("{}", "method", target: "/v1beta/models/\(Self.flash):somethingNew"),
            ], strict: true)
        let path = "/v1beta/models/\(Self.flash):generateContent"
        XCTAssertEqual(try post(server, path, "{\"nothing\": 1").text, "malformed")
        XCTAssertEqual(try post(server, path, #"{ "unknown":{} }"#).text, "of another time")
        XCTAssertEqual(try get(server, "tunedModels/x/operations").text, "beyond")
        XCTAssertEqual(try post(server, "/v1beta/models/\(Self.flash):somethingNew", "").text, "method")
        XCTAssertEqual(server.unmatchedRequests.count, 0)
    }

    func test_answersWithoutTheirBodies_areRefused_eachWithItsReason() throws {
        var unknown = RecordedBody([])
        (unknown.bytes, unknown.length) = (nil, 7)
        let cases: [(body: RecordedBody, coding: String, reason: String, words: String)] = [
            (
                RecordedBody(leftOut: 300_000_000, sha256: "a"), "br", "BODY_WAS_TOO_LONG",
                "its body of 300000000 bytes was too long to be recorded."
            ),
            (RecordedBody(leftOut: 5, sha256: "a"), "", "BODY_WAS_TOO_LONG", "its body of 5 bytes"),
            (RecordedBody(leftOut: 5, sha256: "a"), "Identity", "BODY_WAS_TOO_LONG", "its body of 5 bytes"),
            (
                RecordedBody(leftOut: 5, sha256: "a"), "br", "BODY_WAS_UNSEARCHABLE",
                "what is coded as “br” can’t be searched for credentials."
            ),
            (
                unknown, "gzip", "BODY_WAS_NOT_IMPORTED",
                "the file that it was imported from doesn’t have its body."
            ),
        ]
        let exchanges = cases.enumerated().map { index, missing in
            var exchange = Self.exchange(Self.contents("\(index)"), "")
            exchange.answer.body = missing.body
            exchange.answer.fields.append(HTTPFields.Field("Content-Encoding", missing.coding))
            return exchange
        }
        let server = try replay(exchanges)
        for (index, missing) in cases.enumerated() {
            let answer = try ask(server, "\(index)")
            XCTAssertEqual(answer.status, 400)
            let error = try JSONDocument(parsing: Array(answer.text.utf8)).root["error"]
            let detail = error?["details"]?.elements.first { _ in true }
            XCTAssertEqual(detail?["reason"]?.string, missing.reason)
            XCTAssertEqual(detail?["domain"]?.string, "gemini-mock")
            let message = error?["message"]?.string ?? ""
            XCTAssertTrue(
                message.hasPrefix(
                    "gemini-mock: the answer can’t be replayed (recording sample, exchange \(index + 1)): "),
                message)
            XCTAssertTrue(message.contains(missing.words), message)
        }
    }

    func test_anyKeyWillDo_unlessSomeAreGood() throws {
        let exchanges = [Self.exchange(Self.contents("Hello"), "recorded")]
        let server = try replay(exchanges)
        XCTAssertEqual(try ask(server, key: "").text, "recorded")
        let strict = try replay(exchanges) { $0.apiKeys = ["good"] }
        XCTAssertEqual(try ask(strict, key: "").status, 403)
        XCTAssertEqual(try ask(strict, key: "bad").status, 400)
        XCTAssertEqual(try ask(strict, key: "good").text, "recorded")
    }

    func test_stubsComeFirst() throws {
        let stub = MockScenario(
            "s",
            stubs: [
                MockStub(
                    "one", when: MockPattern(lastText: .equals("Bye")), replies: [.text("from the stub")])
            ])
        let server = try replay(
            [
                Self.exchange(Self.contents("Hello"), "recorded"),
                Self.exchange(Self.contents("Bye"), "not this"),
            ],
            strict: true, [stub])
        XCTAssertEqual(try ask(server).text, "recorded")
        XCTAssertTrue(try ask(server, "Bye").text.contains("from the stub"))
        let refused = try ask(server, "Neither")
        XCTAssertEqual(refused.status, 400)
        XCTAssertTrue(refused.text.contains("exchange 1") && refused.text.contains("“one”"), refused.text)
        XCTAssertEqual(server.unmatchedRequests.count, 1)
    }

    func test_tenants_haveTheirOwnPlaces() throws {
        let body = Self.contents("Hello")
        let server = try replay([Self.exchange(body, "1"), Self.exchange(body, "2")])
        let answers = Monitor<[Int: [String]]>([:])
        let port = server.port
        DispatchQueue.concurrentPerform(iterations: 8) { tenant in
            for _ in 0..<4 {
                let text = Self.text(port: port, key: "key-\(tenant)", body)
                answers.withLock { $0[tenant, default: []].append(text) }
            }
        }
        XCTAssertEqual(answers.withLock { $0.count }, 8)
        XCTAssertEqual(Set(answers.withLock { $0.values }), [["1", "2", "2", "2"]])
        server.resetState(of: "key-1")
        XCTAssertEqual(try ask(server, key: "key-1").text, "1")
        XCTAssertEqual(try ask(server, key: "key-2").text, "2")
        server.reset()
        XCTAssertEqual(try ask(server, key: "key-2").text, "1")
        XCTAssertEqual(server.unusedExchanges.count, 1)
    }

    private static func text(port: Int, key: String, _ body: String) -> String {
        guard let client = RawClient(port: port) else { return "no connection" }
        client.send(
            "POST /v1beta/models/\(flash):generateContent HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return (try? client.receiveAnswer().text) ?? "no answer"
    }

    func test_inOrder_refusesWhatComesLater() throws {
        let server = try replay(
            [Self.exchange(Self.contents("a"), "1"), Self.exchange(Self.contents("b"), "2")], strict: true,
            inOrder: true)
        let early = try ask(server, "b")
        XCTAssertEqual(early.status, 400)
        XCTAssertTrue(early.text.contains("✗ order: expected exchange 1 next, got this one"), early.text)
        XCTAssertEqual(try ask(server, "a").text, "1")
        XCTAssertEqual(try ask(server, "b").text, "2")
        XCTAssertEqual(try ask(server, "a").status, 400)
    }

    func test_speed_goesByTheServersClock() throws {
        var exchange = Self.exchange(Self.contents("Hello"), "abc")
        exchange.answer.framing = .chunked
        exchange.answer.writes = [
            .init(at: 2_000_000, count: 1), .init(at: 5_000_000, count: 1), .init(at: 5_000_000, count: 1),
        ]
        let server = try replay([exchange]) { $0.replaySpeed = 1 }
        // Else the microsecond that is left below would pass by itself.
        server.freezeClock()
        let client = try XCTUnwrap(RawClient(port: server.port))
        let body = Self.contents("Hello")
        client.send(
            "POST /v1beta/models/\(Self.flash):generateContent HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        server.advanceClock(by: .microseconds(1_999_999))
        XCTAssertEqual(server.waitingConnections, 1)
        server.advanceClock(by: .microseconds(1))
        XCTAssertTrue(try client.receive(upTo: "1\r\na\r\n").count > 0)
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        server.advanceClock(by: .seconds(3))
        XCTAssertEqual(
            String(decoding: try client.receive(upTo: "0\r\n\r\n"), as: UTF8.self),
            "1\r\nb\r\n1\r\nc\r\n0\r\n\r\n")
    }

    func test_head_hasNoBody() throws {
        let server = try replay([Self.exchange("", "recorded", method: "GET", target: "/v1beta/models")])
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("HEAD /v1beta/models HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\n\r\n")
        let answer = try client.receiveAnswer(isToHEAD: true)
        XCTAssertEqual([answer["content-length"], answer["x-odd"]], ["8", "a"])
        client.send("GET /v1beta/models HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().text, "recorded")
    }

    func test_folders_areRead_andTheirMistakesTold() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["b", "a"] {
            try RecordingFolder("\(folder.path)/\(name)").write(
                Recording(name: name, exchanges: [Self.exchange(Self.contents("Hello"), name)]))
        }
        let all = try serve { $0.recordings = [MockRecording(path: folder.path)] }
        XCTAssertEqual(try (0..<3).map { _ in try ask(all).text }, ["a", "b", "a"])
        let one = try serve { $0.recordings = [MockRecording(path: "\(folder.path)/b")] }
        XCTAssertEqual(try ask(one).text, "b")
        try Data("{".utf8).write(to: folder.appendingPathComponent("a/recording.json"))
        XCTAssertThrowsError(try serve { $0.recordings = [MockRecording(path: folder.path)] }) { error in
            let problems = (error as? MockServerError)?.scenarioProblems ?? []
            XCTAssertEqual(problems.count, 1)
            XCTAssertTrue(problems.first?.contains("a/recording.json") ?? false, "\(problems)")
        }
        XCTAssertThrowsError(try serve { $0.recordings = [MockRecording(path: "\(folder.path)/c")] })
    }
}
