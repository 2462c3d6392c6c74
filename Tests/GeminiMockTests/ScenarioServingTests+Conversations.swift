// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock
@testable import ScenarioEngine

/// The same conditions about other requests than generateContent's, and what goes on between several requests.
extension ScenarioServingTests {
    /// A server that says which of these patterns a request fits.
    private func serve(patterns: KeyValuePairs<String, String>) throws -> MockServer {
        let stubs = patterns.map { name, pattern in
            "  - {name: \(name), when: {\(pattern)}, replies: [{text: is \(name)}]}\n"
        }
        let text = "name: patterns\nstubs:\n\(stubs.joined())  - {name: none, replies: [{text: is none}]}\n"
        return try serve(MockScenario(path: try file(text).path))
    }

    private func fits(_ turn: RawAnswer) -> String? {
        let texts = (0..<3).compactMap { turn.at("steps/\($0)/content/0/text") }
        return texts.last.map { String($0.dropFirst("is ".count)) }
    }

    func test_conditions_holdOfTurns_too() throws {
        let server = try serve(patterns: [
            "agent": "body: {agent: deep-research-preview-04-2026}",
            "pirate": "system: pirate", "tool": "tool: get_weather", "second": "turn: 2",
            "inline": "inlineBytes: {min: 5, max: 5}", "sound": "file: {mimeType: audio/*, size: 5B}",
            "warm": "body: {generation_config: {temperature: 0.5}}",
            "other": "model: gemini-3.1-*", "bye": "lastText: {equals: Bye}",
            "kept": "pointers: [{at: /store, equals: true}]",
        ])
        XCTAssertEqual(fits(try turn(server)), "none")
        XCTAssertEqual(fits(try turn(server, "Bye")), "bye")
        XCTAssertEqual(fits(try turn(server, "Hello", #", "system_instruction": "Be a pirate.""#)), "pirate")
        let tool = #", "tools": [{"type": "function", "name": "get_weather"}]"#
        XCTAssertEqual(fits(try turn(server, "Hello", tool)), "tool")
        XCTAssertEqual(
            fits(try turn(server, "Hello", #", "generation_config": {"temperature": 0.5}"#)), "warm")
        XCTAssertEqual(fits(try turn(server, "Hello", #", "store": true"#)), "kept")

        let first = try turn(server).at("id") ?? ""
        let second = try turn(server, "Again", #", "previous_interaction_id": "\#(first)""#)
        XCTAssertEqual(fits(second), "second")
        let third = try turn(server, "Bye", #", "previous_interaction_id": "\#(second.at("id") ?? "")""#)
        XCTAssertEqual(fits(third), "bye", "the third turn")

        func send(_ body: String) throws -> RawAnswer { try post(server, "/v1beta/interactions", body) }
        let image =
            #"[{"type": "text", "text": "x"}, {"type": "image", "mime_type": "image/png", "data": "aGVsbG8="}]"#
        XCTAssertEqual(fits(try send(#"{"model": "gemini-3.5-flash", "input": \#(image)}"#)), "inline")
        let uri = try XCTUnwrap(try upload(server, "audio/mpeg").at("file/uri"))
        let sound = #"[{"type": "audio", "uri": "\#(uri)", "mime_type": "audio/mpeg"}]"#
        XCTAssertEqual(fits(try send(#"{"model": "gemini-3.5-flash", "input": \#(sound)}"#)), "sound")
        XCTAssertEqual(fits(try send(#"{"model": "gemini-3.1-pro-preview", "input": "x"}"#)), "other")
        let agent = #"{"agent": "deep-research-preview-04-2026", "input": "x", "background": true}"#
        let run = try send(agent)
        server.advanceClock(by: .seconds(1))
        XCTAssertEqual(fits(try get(server, "interactions/\(run.at("id") ?? "")")), "agent", run.text)
    }

    func test_files_areKnown_whereTheyAreNamed() throws {
        let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        let server = try serve(patterns: [
            "hello": "file: {sha256: \(hello)}", "large": "file: {size: {min: 6B}}",
            "film": "file: {mimeType: video/*}",
        ])
        func said(_ type: String, _ text: String) throws -> String? {
            try ask(server, parts: part(upload(server, type, Array(text.utf8)))).said
        }
        XCTAssertEqual(try said("audio/mpeg", "hello"), "is hello")
        XCTAssertEqual(try said("audio/mpeg", "hello!"), "is large")
        XCTAssertEqual(try said("audio/mpeg", "hell"), "is none")
        let film =
            #"{"fileData": {"fileUri": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "mimeType": "video/mp4"}}"#
        XCTAssertEqual(try ask(server, parts: film).said, "is film")
    }

    func test_states_changeWithAnyReply_andEachKeyHasItsOwn() throws {
        let server = try serve(
            MockScenario(
                "repair", states: ["service": ["down", "up"]],
                stubs: [
                    MockStub(
                        "down", when: MockPattern(endpoint: ["generateContent"], state: ["service": "down"]),
                        replies: [
                            .error("model-overloaded"), .error("model-overloaded").setting(["service": "up"]),
                        ]),
                    MockStub(
                        "models", when: MockPattern(endpoint: ["listModels"]),
                        replies: [.builtIn().setting(["service": "down"])]),
                    MockStub("up", replies: [.text("up again")]),
                ]))
        XCTAssertEqual(try (0..<4).map { _ in try ask(server).status }, [503, 503, 200, 200])
        XCTAssertEqual(try ask(server, key: "made-up-2").status, 503)
        XCTAssertNotNil(try get(server, "models").at("models/0/name"))
        XCTAssertEqual(try (0..<2).map { _ in try ask(server).status }, [503, 200], "the last reply again")
    }

    func test_calls_areCountedByTheirPattern() throws {
        let server = try serve(patterns: ["middle": "lastText: a, call: {min: 2, max: 3}"])
        XCTAssertEqual(
            try ["a", "b", "a", "b", "a", "a"].map { try ask(server, $0).said },
            ["is none", "is none", "is middle", "is none", "is middle", "is none"])
    }

    /// Endpoints without contents have neither texts nor turns.
    func test_conditionsOfContents_neverFitOthers() throws {
        let server = try serve(
            MockScenario(
                "contents",
                stubs: [
                    MockStub(
                        "turns", when: MockPattern(turn: 1...100), replies: [.error("internal")]),
                    MockStub(
                        "texts", when: MockPattern(lastText: .contains("")), replies: [.error("internal")]),
                ]))
        for name in ["models", "models/gemini-2.5-flash", "files"] {
            XCTAssertEqual(try get(server, name).status, 200, name)
        }
        XCTAssertEqual(try ask(server).status, 500)
        XCTAssertEqual(try ask(server, method: "countTokens").status, 500)
    }
}
