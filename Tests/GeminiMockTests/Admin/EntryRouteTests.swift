// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

final class EntryRouteTests: AdminTestCase {
    private func entry(_ server: MockServer, _ id: Int = 1) throws -> RawAnswer {
        XCTAssertTrue(eventually { server.journal.entry(id)?.timing.ending != nil })
        return try admin(server, "GET", "entries/\(id)")
    }

    func test_aRequest_isShown_rawAndParsed() throws {
        let server = try serve()
        _ = try post(
            server, "/v1beta/models/\(Self.flash):generateContent?x=1&x=2&$alt=json",
            #"{"contents": [{"parts": [{"text": "Hi"}]}], "systemInstruction": {"parts": [{"text": "Be brief"}]}}"#,
            "X-Twice: a\r\nx-twice: b\r\n")
        let entry = try entry(server)
        XCTAssertEqual(entry.at("request/method"), "POST")
        XCTAssertEqual(
            entry.at("request/query"),
            #"[{"name":"x","value":"1"},{"name":"x","value":"2"},{"name":"$alt","value":"json"}]"#)
        let fields = try XCTUnwrap(entry.at("request/fields"))
        XCTAssertTrue(
            fields.contains(#"{"name":"X-Twice","value":"a"},{"name":"x-twice","value":"b"}"#), fields)
        XCTAssertTrue(fields.contains(#"{"name":"x-goog-api-key","value":"REDACTED"}"#), fields)
        XCTAssertEqual(entry.at("request/body/extent"), "whole")
        XCTAssertEqual(entry.at("request/body/json/contents/0/parts/0/text"), "Hi")
        XCTAssertEqual(entry.at("request/parsed/lastText"), "Hi")
        XCTAssertEqual(entry.at("request/parsed/system"), "Be brief")
        XCTAssertEqual(entry.at("request/parsed/turn"), "1")
        XCTAssertEqual(entry.at("request/parsed/stream"), "false")
        XCTAssertEqual(entry.at("unmatched"), "false")
        XCTAssertNil(entry.at("stubDraft"))
    }

    func test_anAnswer_isPutTogether_unaryAndStreamed() throws {
        let reply = MockReply.text("Hello, big world", thought: "Let me think", chunks: .count(4))
        let stub = MockStub("s", replies: [reply])
        let server = try serve(MockScenario("s", stubs: [stub]))
        for (index, method) in [
            "generateContent", "streamGenerateContent?alt=sse", "streamGenerateContent",
        ].enumerated() {
            _ = try ask(server, method: method)
            let entry = try entry(server, index + 1)
            XCTAssertEqual(entry.at("answer/text"), "Hello, big world", method)
            XCTAssertEqual(entry.at("answer/thoughts"), "Let me think", method)
            XCTAssertEqual(entry.at("answer/finishReason"), "STOP", method)
            XCTAssertNotNil(entry.at("answer/usage/totalTokenCount"), method)
            XCTAssertEqual(entry.at("source"), "stub")
            let events = entry.at("answer/events")
            XCTAssertEqual(events == nil, index == 0, method)
            if index > 0 {
                XCTAssertNotNil(entry.at("answer/events/1/json/candidates"), method)
                XCTAssertEqual(entry.at("answer/events/1/at"), entry.at("timing/writes/1/0"), method)
                XCTAssertEqual(entry.at("answer/framing"), "chunked")
            } else {
                XCTAssertNotNil(entry.at("answer/body/json/candidates"))
            }
        }
    }

    func test_functionCalls_areListed() throws {
        let call = ScriptedCall(name: "weather", arguments: ["city": "Rome"])
        let server = try serve(MockScenario("s", stubs: [MockStub("s", replies: [.calls([call])])]))
        _ = try ask(server, method: "streamGenerateContent?alt=sse")
        let entry = try entry(server)
        XCTAssertEqual(entry.at("answer/functionCalls/0/name"), "weather")
        XCTAssertEqual(entry.at("answer/functionCalls/0/args/city"), "Rome")
    }

    func test_interactions_arePutTogether() throws {
        let stub = MockStub("s", replies: [.text("Hello, big world", thought: "Let me think")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        _ = try turn(server, "Hi")
        _ = try turn(server, "Hi", #", "stream": true"#)
        for id in 1...2 {
            let entry = try entry(server, id)
            XCTAssertEqual(entry.at("endpoint"), "createInteraction")
            XCTAssertEqual(entry.at("model"), "gemini-3.5-flash")
            XCTAssertEqual(entry.at("answer/text"), "Hello, big world", "\(id)")
            XCTAssertEqual(entry.at("answer/outcome"), "completed", "\(id)")
            XCTAssertNotNil(entry.at("answer/usage/total_tokens"), "\(id)")
        }
        XCTAssertEqual(try entry(server, 2).at("answer/events/0/event"), "interaction.created")
    }

    func test_callsOfInteractions_areListed_withTheirArguments() throws {
        let call = ScriptedCall(name: "weather", arguments: ["city": "Rome"])
        let server = try serve(MockScenario("s", stubs: [MockStub("s", replies: [.calls([call])])]))
        let tools = #", "tools": [{"type": "function", "name": "weather"}]"#
        _ = try turn(server, "Hi", tools)
        _ = try turn(server, "Hi", tools + #", "stream": true"#)
        for id in 1...2 {
            let entry = try entry(server, id)
            XCTAssertEqual(entry.at("answer/functionCalls/0/name"), "weather", entry.text)
            XCTAssertEqual(entry.at("answer/functionCalls/0/args/city"), "Rome", entry.text)
        }
    }

    func test_errors_areShown() throws {
        let server = try serve()
        _ = try ask(server, model: "no-such-model")
        let entry = try entry(server)
        XCTAssertEqual(entry.at("answer/error/code"), "404")
        XCTAssertEqual(entry.at("status"), "404")
    }

    /// What a client can read of a stream that is broken is shown, though the answer is raw.
    func test_brokenStreams_areShownAsFarAsTheyGo() throws {
        let reply = MockReply.text("Hello, big world", chunks: .count(4))
            .faults([.named("truncate", after: .events(2))])
        let server = try serve(MockScenario("s", stubs: [MockStub("s", replies: [reply])]))
        _ = try? ask(server, method: "streamGenerateContent?alt=sse")
        let entry = try entry(server)
        XCTAssertEqual(entry.at("faults"), #"["truncate"]"#)
        XCTAssertEqual(entry.at("answer/framing"), "raw")
        XCTAssertNotNil(entry.at("answer/events/0/json/candidates"), entry.text)
        XCTAssertEqual(entry.at("ending"), "broken")
    }

    func test_otherBodies_areTextOrBase64() throws {
        let server = try serve()
        _ = try call(server, "POST", "/v1beta/models/\(Self.flash):generateContent", "", Array("{'a'".utf8))
        _ = try call(server, "POST", "/v1beta/models/\(Self.flash):generateContent", "", [0xFF, 0x00])
        XCTAssertEqual(try entry(server, 1).at("request/body/text"), "{'a'")
        XCTAssertEqual(try entry(server, 2).at("request/body/base64"), "/wA=")
    }

    func test_anUpload_isShown_withItsFile() throws {
        let server = try serve()
        let answer = try upload(server, "text/plain")
        let entry = try entry(server)
        XCTAssertEqual(entry.at("file/name"), answer.at("file/name"))
        XCTAssertEqual(entry.at("file/sha256")?.utf8.count, 64)
        XCTAssertEqual(entry.at("request/parsed/step"), "whole")
    }

    // MARK: Near misses

    func test_unmatched_isToldWhy_withAStubThatWouldMatch() throws {
        let stub = MockStub(
            "hello", when: MockPattern(endpoint: ["generateContent"], lastText: .equals("Hello")),
            replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        _ = try ask(server, "Hullo")
        let entry = try entry(server)
        XCTAssertEqual(entry.at("unmatched"), "true")
        XCTAssertEqual(entry.at("nearMisses/0/stub/name"), "hello")
        XCTAssertEqual(
            entry.at("nearMisses/0/checks/1/text"), "✗ lastText: expected the text “Hello”, got “Hullo”")
        XCTAssertEqual(entry.at("nearMisses/0/checks/1/fits"), "false")
        let draft = try XCTUnwrap(entry.at("stubDraft"))
        XCTAssertTrue(draft.contains("lastText: {equals: Hullo}"), draft)
    }

    func test_differencesOfJSON_areToldByPointer() throws {
        let pattern = MockPattern(body: ["generationConfig": ["temperature": 1]])
        let stub = MockStub("s", when: pattern, replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        _ = try ask(server, "Hi", #", "generationConfig": {"temperature": 0}"#)
        XCTAssertEqual(
            try entry(server).at("nearMisses/0/differences/0/pointer"), "/generationConfig/temperature")
    }

    /// Of an entry that has matched, too, and against what is played now.
    func test_nearMisses_areWorkedOutAnew() throws {
        let server = try serve()
        _ = try ask(server, "Hullo")
        _ = try get(server, "nothing")
        XCTAssertEqual(try shown(server, "entries/1/near-misses", "nearMisses"), "[]")
        let stub = MockStub("hello", when: MockPattern(lastText: .equals("Hello")), replies: [.text("x")])
        try server.load([MockScenario("s", stubs: [stub])])
        let answer = try admin(server, "GET", "entries/1/near-misses")
        XCTAssertEqual(answer.at("entry"), "1")
        XCTAssertEqual(answer.at("nearMisses/0/stub/name"), "hello")
        XCTAssertTrue(answer.at("stubDraft")?.contains("Hullo") ?? false)
        try assertRefused(server, "GET", "entries/2/near-misses", saying: "none of the API's")
    }

    // MARK: Refusals

    func test_whatIsNotThere_isRefused() throws {
        let server = try serve { $0.journalLimits.entries = 1 }
        for _ in 0..<2 { _ = try get(server, "models") }
        for path in ["entries/1", "entries/3", "entries/1/near-misses"] {
            try assertRefused(server, "GET", path, status: 404, saying: "There is no entry")
        }
        for id in ["x", "0", "-1", "+2", "1.5", "99999999999999999999", "%00", "2%2F3"] {
            try assertRefused(server, "GET", "entries/\(id)", saying: "id of an entry")
        }
        try assertRefused(server, "GET", "entries/2?view=full", saying: "no parameter “view”")
    }
}
