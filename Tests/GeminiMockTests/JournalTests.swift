// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// What is remembered of requests, each sent over a socket.
final class JournalTests: ScenarioTestCase {
    /// All entries, the first so many of which have come to their end.
    private func entries(_ server: MockServer, _ count: Int, line: UInt = #line) throws -> [JournalEntry] {
        XCTAssertTrue(
            eventually { server.journal.entries.prefix(count).allSatisfy { $0.timing.ending != nil } },
            line: line)
        let entries = server.journal.entries
        guard entries.count == count else {
            XCTFail("\(entries.count) entries", line: line)
            throw XCTSkip("there is nothing to look at")
        }
        return entries
    }

    private func text(_ body: JournalBody?) -> String { String(decoding: body?.bytes ?? [], as: UTF8.self) }

    private func value(_ name: String, _ fields: [HTTPFields.Field]?) -> String? {
        fields?.first { $0.name.lowercased() == name }?.value
    }

    // MARK: What is kept

    func test_aRequestAndItsAnswer_areThereWhenTheClientHasTheAnswer() throws {
        let server = try serve()
        let answer = try ask(server, "Hello")
        let entry = try XCTUnwrap(server.journal.entry(1))
        XCTAssertEqual(entry.operation, 1)
        XCTAssertEqual(entry.time, 1_787_150_052_000_000_000)
        XCTAssertEqual(entry.endpoint, "generateContent")
        XCTAssertEqual(entry.request.method, "POST")
        XCTAssertEqual(entry.request.target, "/v1beta/models/gemini-2.5-flash:generateContent")
        XCTAssertTrue(text(entry.request.body).contains("Hello"))
        XCTAssertEqual(entry.request.body.extent, .whole)
        XCTAssertEqual(entry.request.body.length, entry.request.body.bytes.count)
        XCTAssertEqual(entry.answer?.status, 200)
        XCTAssertEqual(entry.answer?.body.bytes, answer.body)
        XCTAssertEqual(entry.answer?.framing, .length)
        XCTAssertEqual(entry.source, .builtIn)
        XCTAssertFalse(entry.isUnmatched)
    }

    func test_timing_isInOrder() throws {
        let server = try serve()
        _ = try ask(server)
        let timing = try entries(server, 1)[0].timing
        XCTAssertEqual(timing.ending, .complete)
        XCTAssertLessThanOrEqual(0, timing.received)
        XCTAssertLessThanOrEqual(timing.received, timing.answered)
        XCTAssertLessThanOrEqual(timing.answered, try XCTUnwrap(timing.ended))
    }

    func test_aStream_isKeptWriteByWrite() throws {
        let server = try serve()
        for method in ["streamGenerateContent?alt=sse", "streamGenerateContent"] {
            server.journal.reset()
            let received = try ask(server, "Tell me a long story", method: method)
            let entry = try entries(server, 1)[0]
            let answer = try XCTUnwrap(entry.answer)
            XCTAssertEqual(answer.framing, .chunked)
            XCTAssertEqual(answer.body.bytes, received.body)
            XCTAssertEqual(answer.writeEnds.last, received.body.count)
            XCTAssertEqual(entry.timing.writes.map(\.bytes).reduce(0, +), received.body.count)
            XCTAssertEqual(entry.timing.writes.count, entry.timing.writeCount)
            XCTAssertEqual(entry.timing.writes.map(\.at), entry.timing.writes.map(\.at).sorted())
        }
    }

    /// Its bytes aren't known when it begins.
    func test_aLiveStream_isKeptAsItIsSent() throws {
        let server = try serve()
        let turn = try turn(server, "Hi", #", "background": true"#)
        server.advanceClock(by: .seconds(2))
        let replay = try get(server, "interactions/\(try XCTUnwrap(turn.at("id")))?stream=true")
        let answer = try XCTUnwrap(try entries(server, 2)[1].answer)
        XCTAssertEqual(answer.body.bytes, replay.body)
        XCTAssertEqual(answer.body.extent, .whole)
    }

    func test_compressedAnswers_areKeptReadable() throws {
        let server = try serve { $0.usesGzip = true }
        _ = try post(
            server, "/v1beta/models/\(Self.flash):generateContent",
            #"{"contents": [{"parts": [{"text": "Hello"}]}]}"#, "Accept-Encoding: gzip\r\n")
        let answer = try XCTUnwrap(try entries(server, 1)[0].answer)
        XCTAssertEqual(value("content-encoding", answer.fields), "gzip")
        XCTAssertTrue(text(answer.body).contains("candidates"))
    }

    func test_whatIsNoneOfTheAPIs_isKeptToo() throws {
        let server = try serve()
        _ = try get(server, "nothing")
        _ = try call(server, "GET", "/v1beta/models", key: "")
        let entries = try entries(server, 2)
        XCTAssertNil(entries[0].endpoint)
        XCTAssertEqual(entries[0].answer?.status, 404)
        XCTAssertEqual(entries[1].endpoint, "listModels")
        XCTAssertEqual(entries[1].answer?.status, 403)
        XCTAssertNil(entries[1].tenant)
    }

    func test_warnings_areKept() throws {
        let server = try serve { $0.validation = .warn }
        _ = try ask(server, "Hello", #", "unknownField": 1"#)
        let warnings = try entries(server, 1)[0].warnings
        XCTAssertTrue(warnings.first?.contains("unknownField") ?? false, "\(warnings)")
    }

    func test_tenants_areShownWithoutTheirKey() throws {
        let server = try serve()
        key = "a-made-up-key"
        _ = try get(server, "models")
        _ = try call(server, "GET", "/t/worker-1/v1beta/models")
        let entries = try entries(server, 2)
        // printf key:a-made-up-key | sha256sum
        XCTAssertEqual(entries[0].tenant, "key:821299cbb483")
        XCTAssertEqual(entries[1].tenant, "worker-1")
    }

    // MARK: Large bodies

    func test_largeJSON_isKeptInItsShape_withLengthAndHash() throws {
        let server = try serve()
        let data = String(repeating: "iVBORw0KGgoAAAANSUhEUgAA", count: 10_000)
        _ = try ask(
            server, "What is it?", parts: #"{"inlineData": {"mimeType": "image/png", "data": "\#(data)"}}"#)
        let body = try entries(server, 1)[0].request.body
        XCTAssertEqual(body.extent, .shortened)
        XCTAssertLessThan(body.bytes.count, 2000)
        XCTAssertGreaterThan(body.length, data.utf8.count)
        XCTAssertEqual(body.sha256?.count, 64)
        XCTAssertNoThrow(try JSONDocument(parsing: body.bytes))
        XCTAssertTrue(text(body).contains("… (240000 bytes)"))
        XCTAssertTrue(text(body).contains("What is it?"))
    }

    func test_largeBodies_thatAreNoJSON_areKeptByTheirBeginning() throws {
        let server = try serve()
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        _ = try call(server, "POST", "/v1beta/models/\(Self.flash):generateContent", "", bytes)
        let body = try entries(server, 1)[0].request.body
        XCTAssertEqual(body.extent, .beginning)
        XCTAssertEqual(body.bytes, [UInt8](repeating: UInt8(ascii: "x"), count: 4096))
        XCTAssertEqual(body.length, 100_000)
        // head -c 100000 /dev/zero | tr '\0' x | sha256sum
        XCTAssertEqual(body.sha256, "d69e68988157833272305aaf21f453c800346e8a3640db6578e260215542e5d4")
    }

    func test_uploadedBytes_areKeptByTheirBeginning_andTheFileByItsHash() throws {
        let server = try serve()
        let answer = try upload(server, "text/plain", [UInt8](repeating: UInt8(ascii: "a"), count: 5000))
        let entry = try entries(server, 1)[0]
        XCTAssertEqual(entry.request.body.bytes.count, 1024)
        XCTAssertEqual(entry.request.body.length, 5000)
        XCTAssertEqual(entry.request.body.extent, .beginning)
        XCTAssertEqual("files/\(entry.file?.id ?? "")", answer.at("file/name"))
        XCTAssertEqual(entry.file?.sha256.count, 64)
    }

    // MARK: Scenarios

    func test_whatHasDecided_isTold() throws {
        let once = MockStub(
            "once", when: MockPattern(lastText: .equals("Hi")), replies: [.text("x")], repeats: .fail)
        let server = try serve(MockScenario("s", stubs: [once]))
        for text in ["Hi", "Hi", "Ho"] { _ = try ask(server, text) }
        let entries = try entries(server, 3)
        guard case .stub(let stub) = entries[0].source else { return XCTFail("\(entries[0].source)") }
        XCTAssertEqual(stub.name, "once")
        XCTAssertEqual(entries[1].source, .spentStub(stub))
        XCTAssertEqual(entries[2].source, .builtIn)
        XCTAssertEqual(entries.map(\.isUnmatched), [false, false, true])
        XCTAssertEqual(entries[2].nearMisses.map(\.stub.name), ["once"])
    }

    func test_strictRefusals_areNobodys() throws {
        let stub = MockStub("s", when: MockPattern(lastText: .equals("Hi")), replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [stub])) { $0.refusesUnmatched = true }
        _ = try ask(server, "Ho")
        let entry = try entries(server, 1)[0]
        XCTAssertEqual(entry.source, .noStub)
        XCTAssertTrue(entry.isUnmatched)
        XCTAssertEqual(entry.nearMisses.count, 1)
        XCTAssertEqual(entry.answer?.status, 400)
    }

    func test_faults_areTold_andHowTheAnswerHasEnded() throws {
        let stub = MockStub("s", replies: [.text("x").faults([.named("reset")])])
        let server = try serve(MockScenario("s", stubs: [stub]))
        _ = try? ask(server)
        let entry = try entries(server, 1)[0]
        XCTAssertEqual(entry.faults, ["reset"])
        XCTAssertEqual(entry.timing.ending, .broken)
        XCTAssertEqual(entry.answer?.framing, .raw)
    }

    // MARK: Clients that leave

    func test_aRequestThatNeverCameWhole_isKept() throws {
        let server = try serve()
        do {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(
                "POST /v1beta/models/x:generateContent HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
            XCTAssertTrue(eventually { server.liveObjects.exchanges == 1 })
        }
        XCTAssertTrue(eventually { server.journal.entries.count == 1 })
        let entry = try entries(server, 1)[0]
        XCTAssertNil(entry.answer)
        XCTAssertEqual(entry.source, .none)
        XCTAssertEqual(entry.endpoint, "generateContent")
        XCTAssertEqual(entry.timing.ending, .clientLeft)
        XCTAssertEqual(entry.request.body.length, 4)
    }

    func test_aClientThatLeavesAStream_isTold() throws {
        let server = try serve { $0.streamInterval = .seconds(3600) }
        do {
            let client = try XCTUnwrap(RawClient(port: server.port))
            let body = #"{"contents": [{"parts": [{"text": "Tell me a long story"}]}]}"#
            client.send(
                "POST /v1beta/models/\(Self.flash):streamGenerateContent HTTP/1.1\r\nHost: x\r\n"
                    + "x-goog-api-key: made-up\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            XCTAssertTrue(eventually { server.waitingConnections == 1 })
            XCTAssertNil(server.journal.entries.first?.timing.ending)
        }
        let entry = try entries(server, 1)[0]
        XCTAssertEqual(entry.timing.ending, .clientLeft)
        XCTAssertEqual(entry.timing.writeCount, 1)
    }

    // MARK: Operations

    func test_anUpload_isOneOperation() throws {
        let server = try serve()
        _ = try get(server, "models")
        let start = try call(
            server, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Type: text/plain\r\nX-Goog-Upload-Header-Content-Length: 4\r\n"
        )
        let url = try XCTUnwrap(start["X-Goog-Upload-URL"])
        let target = try XCTUnwrap(url.firstRange(of: "/upload").map { String(url[$0.lowerBound...]) })
        for (command, offset, bytes) in [
            ("query", 0, ""), ("upload", 0, ""), ("query", 0, ""), ("upload, finalize", 0, "four"),
        ] {
            _ = try call(
                server, "POST", target,
                "X-Goog-Upload-Command: \(command)\r\nX-Goog-Upload-Offset: \(offset)\r\n", Array(bytes.utf8))
        }
        let entries = try entries(server, 6)
        XCTAssertEqual(entries.map(\.operation), [1, 2, 2, 2, 2, 2])
        XCTAssertNotNil(entries[5].file)
        for entry in entries {
            XCTAssertFalse("\(entry)".contains(String(url.suffix(60).prefix(30))), "the id is there")
        }
    }

    func test_allAboutAnInteraction_isOneOperation() throws {
        let server = try serve()
        let turn = try turn(server, "Hi", #", "background": true"#)
        let other = try self.turn(server, "Ho", #", "background": true"#)
        let (id, otherID) = (try XCTUnwrap(turn.at("id")), try XCTUnwrap(other.at("id")))
        _ = try get(server, "interactions/\(id)")
        _ = try get(server, "interactions/\(otherID)")
        _ = try call(server, "POST", "/v1beta/interactions/\(id)/cancel")
        XCTAssertEqual(try entries(server, 5).map(\.operation), [1, 2, 1, 2, 1])
    }

    func test_aRequestThatIsSentAgainSinceItFailed_isOfTheSameOperation() throws {
        let stub = MockStub(
            "s", replies: [.error("rate-limit-exceeded"), .error("service-unavailable"), .text("x")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        for text in ["Hi", "Hi", "other", "Hi", "Hi"] { _ = try ask(server, text) }
        let entries = try entries(server, 5)
        // The third is another request and the second's retry comes behind it; the last one follows a success.
        XCTAssertEqual(entries.map(\.operation), [1, 1, 3, 1, 5])
    }

    func test_aRequestWhoseAnswerBroke_maybeSentAgain() throws {
        let stub = MockStub("s", replies: [.text("x").faults([.named("reset")]), .text("y")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        _ = try? ask(server)
        _ = try entries(server, 1)
        _ = try ask(server)
        XCTAssertEqual(try entries(server, 2).map(\.operation), [1, 1])
    }

    // MARK: Bounds

    func test_theOldest_goForTheNewest() throws {
        let server = try serve { $0.journalLimits.entries = 3 }
        for _ in 0..<5 { _ = try get(server, "models") }
        XCTAssertEqual(try entries(server, 3).map(\.id), [3, 4, 5])
        XCTAssertNil(server.journal.entry(2))
        XCTAssertEqual(server.journal.entry(4)?.id, 4)
        XCTAssertEqual(server.journal.occupancy.forgotten, 2)
        server.journal.reset()
        XCTAssertEqual(server.journal.occupancy, Journal.Occupancy(entries: 0, bytes: 0, forgotten: 0))
        _ = try get(server, "models")
        XCTAssertEqual(try entries(server, 1).map(\.id), [6])
    }

    func test_bytes_areBounded_andCounted() throws {
        let server = try serve { $0.journalLimits.bytes = 100_000 }
        for _ in 0..<100 { _ = try ask(server, "Tell me a story", method: "streamGenerateContent?alt=sse") }
        XCTAssertTrue(eventually { server.journal.entries.allSatisfy { $0.timing.ending != nil } })
        XCTAssertLessThanOrEqual(server.journal.occupancy.bytes, 100_000)
        XCTAssertGreaterThan(server.journal.occupancy.bytes, 50_000)
        XCTAssertGreaterThan(server.journal.occupancy.forgotten, 0)
    }

    func test_noEntries_countAllTheSame() throws {
        let server = try serve { $0.journalLimits.entries = 0 }
        _ = try get(server, "models")
        XCTAssertEqual(try entries(server, 0).count, 0)
        XCTAssertEqual(server.journal.totals.answered.values.reduce(0, +), 1)
        XCTAssertEqual(server.journal.occupancy.bytes, 0)
    }
}
