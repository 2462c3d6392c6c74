// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import ScenarioEngine
import TestSupport
import XCTest

@testable import GeminiMock

/// Scenarios as clients see them, over sockets: which stub, which reply, what is said where none is found.
final class ScenarioServingTests: ScenarioTestCase {
    /// A file for this test.
    func file(_ text: String) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        addTeardownBlock { try? FileManager.default.removeItem(at: file) }
        return file
    }

    /// The answers to as many clients as that, all of which have asked before the first answer is read.
    private func atOnce(_ server: MockServer, _ count: Int) throws -> [RawAnswer] {
        let clients = try (0..<count).map { _ in try XCTUnwrap(RawClient(port: server.port)) }
        let body = #"{"contents": [{"parts": [{"text": "Hello"}]}]}"#
        for client in clients {
            client.send(
                "POST /v1beta/models/gemini-2.5-flash:generateContent?key=made-up HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
        return try clients.map { try $0.receiveAnswer() }
    }

    // MARK: Which reply

    func test_replies_areRepeatedAsToldAtTheEnd() throws {
        let server = try serve(
            MockScenario(
                "three ways",
                stubs: [MockStub.Repetition.last, .cycle, .fail].map { way in
                    MockStub(
                        "\(way)", when: MockPattern(lastText: .equals("\(way)")),
                        replies: [.text("1"), .text("2 {{call}}")], repeats: way)
                }))
        func said(_ text: String, key: String = "made-up") throws -> [String?] {
            try (0..<4).map { _ in try ask(server, text, key: key).said }
        }
        XCTAssertEqual(try said("last"), ["1", "2 2", "2 3", "2 4"])
        XCTAssertEqual(try said("cycle"), ["1", "2 2", "1", "2 4"])
        XCTAssertEqual(try said("fail"), ["1", "2 2", nil, nil])
        XCTAssertEqual(try said("fail", key: "made-up-2"), ["1", "2 2", nil, nil], "each key by itself")
        let spent = try ask(server, "fail")
        XCTAssertEqual(spent.status, 400)
        XCTAssertEqual(spent.at("error/status"), "INVALID_ARGUMENT")
        XCTAssertEqual(spent.at("error/details/0/reason"), "STUB_IS_SPENT")
        let message = spent.at("error/message") ?? ""
        let place =
            #"^gemini-mock: the stub “fail” \(.*ScenarioServingTests.swift:[0-9]+\) has given all its "#
        XCTAssertNotNil(message.range(of: place, options: .regularExpression), message)
    }

    func test_whatIsntImitated_isAnsweredByAScenario_elseSaysSo() throws {
        let server = try serve(
            MockScenario(
                "s",
                stubs: [
                    MockStub(
                        "caches", when: MockPattern(endpoint: ["neighbours"]),
                        replies: [.body(["name": "cachedContents/c"])]),
                    MockStub(
                        "films", when: MockPattern(endpoint: ["modelNeighbours"], model: ["veo-*"]),
                        replies: [.body(["name": "models/veo-3/operations/o"])]),
                ]))
        XCTAssertEqual(try post(server, "/v1beta/cachedContents", "{}").at("name"), "cachedContents/c")
        XCTAssertEqual(try get(server, "batches/b").status, 200)
        XCTAssertEqual(try post(server, "/v1beta/models/veo-3:predictLongRunning", "{}").status, 200)
        let refusal = try post(server, "/v1beta/models/imagen-4:predict", "{}")
        XCTAssertEqual(refusal.status, 501)
        XCTAssertTrue(
            refusal.text.contains(
                "gemini-mock doesn't imitate predict. A scenario may answer it: when: {endpoint: modelNeighbours}."
            ), refusal.text)
        XCTAssertEqual(try get(server, "models/veo-3/operations/o").status, 501)
    }

    /// Which stub and which of its replies is one step: nobody gets a reply twice, none is left out.
    func test_manyClients_eachGetAReplyOfTheirOwn() throws {
        let count = 200
        let server = try serve(
            MockScenario(
                "sequence",
                stubs: [
                    MockStub("count", replies: (0..<count).map { .text("reply \($0)") }, repeats: .fail)
                ]))
        let said = try atOnce(server, count).map { $0.said ?? $0.text }
        XCTAssertEqual(said.sorted(), (0..<count).map { "reply \($0)" }.sorted())
        XCTAssertEqual(try ask(server).at("error/details/0/reason"), "STUB_IS_SPENT")
    }

    func test_clientsThatRace_changeAStateOnce() throws {
        let server = try serve(
            MockScenario(
                "lock", states: ["door": ["open", "shut"]],
                stubs: [
                    MockStub(
                        "in", when: MockPattern(state: ["door": "open"]),
                        replies: [.text("in").setting(["door": "shut"])]),
                    MockStub("out", replies: [.text("out")]),
                ]))
        let said = try atOnce(server, 50).map { $0.said ?? $0.text }
        XCTAssertEqual(said.sorted(), ["in"] + [String](repeating: "out", count: 49))
    }

    // MARK: What no stub fits

    private static let two = """
        name: two
        stubs:
          - name: pro
            when: {endpoint: generateContent, model: gemini-*-pro, lastText: Hello}
            replies: [{text: x}]
          - name: streams
            when: {endpoint: streamGenerateContent, model: gemini-*, stream: true}
            replies: [{text: x}]
          - name: with a tool
            when: {endpoint: generateContent, tool: get_weather, turn: {min: 2}}
            replies: [{text: x}]
          - name: uploads
            when: {endpoint: uploadFile}
            replies: [{file: {polls: 1}}]

        """

    func test_strict_refusesWithTheNearestStubs() throws {
        let file = try file(ScenarioServingTests.two)
        let server = try serve(MockScenario(path: file.path)) { $0.refusesUnmatched = true }
        let refused = try ask(server)
        XCTAssertEqual(refused.status, 400)
        XCTAssertEqual(refused.at("error/status"), "INVALID_ARGUMENT")
        XCTAssertEqual(
            refused.at("error/details"),
            #"[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"gemini-mock","reason":"NO_STUB_MATCHES"}]"#
        )
        XCTAssertEqual(
            refused.at("error/message"),
            """
            gemini-mock: no stub of the scenario matches this request. The nearest:
            1. “pro” (\(file.path):3)
              ✓ endpoint
              ✗ model: expected gemini-*-pro, got gemini-2.5-flash
              ✓ lastText
            2. “with a tool” (\(file.path):9)
              ✓ endpoint
              ✗ turn: expected turn 2 or more, got turn 1
              ✗ tool get_weather: expected a declaration of “get_weather”, got no declaration
            3. “streams” (\(file.path):6)
              ✗ endpoint: expected streamGenerateContent, got generateContent
              ✓ model
              ✗ stream: expected a stream, got no stream
            """)
        // In the form of each endpoint.
        XCTAssertEqual(try turn(server).status, 400)
        XCTAssertTrue(try turn(server).at("error/message")?.hasPrefix("gemini-mock: no stub") ?? false)
        let array = try ask(server, "Hello", model: "gemma-4-31b-it", method: "streamGenerateContent")
        XCTAssertTrue(array.at("0/error/message")?.hasPrefix("gemini-mock: no stub") ?? false, array.text)
        XCTAssertEqual(try get(server, "models").status, 400)
        XCTAssertEqual(try upload(server, "audio/mpeg").at("file/state"), "PROCESSING")
    }

    func test_unmatched_isAnsweredByItself_andLogged() throws {
        let log = CollectedLog()
        let server = try serve(MockScenario(path: try file(ScenarioServingTests.two).path)) {
            $0.logger = log.logger
        }
        XCTAssertTrue(try ask(server).said?.hasPrefix("This is gemini-mock") ?? false)
        let notes = log.lines.filter { $0.contains("matches no stub and is answered by itself") }
        XCTAssertEqual(notes.count, 1, "\(log.lines)")
        let end = "✗ model: expected gemini-*-pro, got gemini-2.5-flash"
        XCTAssertTrue(notes.first?.hasSuffix(end) ?? false, "\(notes)")
        XCTAssertTrue(notes.first?.contains("the nearest is “pro” (") ?? false, "\(notes)")
    }

    /// What the service itself refuses isn't the scenario's business.
    func test_badRequests_areRefused_beforeAStubIsUsed() throws {
        let server = try serve(
            MockScenario("any", stubs: [MockStub("any", replies: [.text("1"), .text("2")])]))
        XCTAssertEqual(try ask(server, "Hello", #", "generationConfg": {}"#).status, 400)
        XCTAssertEqual(try ask(server).said, "1")
    }

    // MARK: Settings

    func test_settings_hold() throws {
        let settings = MockSettings(strict: true, streamInterval: .milliseconds(30), runLength: .seconds(7))
        let server = try serve(
            MockScenario(
                "settings", settings: settings,
                stubs: [
                    MockStub(
                        "speaks", when: MockPattern(lastText: .equals("Hello")),
                        replies: [.text("abcd", chunks: .count(4))])
                ]))
        XCTAssertEqual(try ask(server, "Bye").at("error/details/0/reason"), "NO_STUB_MATCHES")
        let start = ContinuousClock.now
        XCTAssertEqual(try stream(server).count, 4)
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(90))
        let run = try turn(server, "Hello", #", "background": true"#)
        let name = "interactions/\(run.at("id") ?? "")"
        for (state, length) in [
            ("in_progress", Duration.milliseconds(6999)), ("completed", .milliseconds(1)),
        ] {
            server.advanceClock(by: length)
            XCTAssertEqual(try call(server, "GET", "/v1beta/\(name)").at("status"), state)
        }
    }

    func test_requiredStubs_areTold_untilTheyAreUsed() throws {
        let server = try serve(
            MockScenario(
                "required",
                stubs: ["first", "second"].map {
                    MockStub(
                        $0, when: MockPattern(lastText: .equals($0)), replies: [.text("x")], isRequired: true)
                } + [MockStub("else", replies: [.text("y")])]))
        func unused() -> [String] {
            server.unusedStubs.compactMap { $0.split(separator: " ").first.map(String.init) }
        }
        XCTAssertEqual(unused(), ["“first”", "“second”"])
        XCTAssertEqual(try ask(server, "other").said, "y")
        XCTAssertEqual(try ask(server, "second").said, "x")
        XCTAssertEqual(unused(), ["“first”"])
        XCTAssertEqual(try ask(server, "first").said, "x")
        XCTAssertEqual(unused(), [])
    }

    // MARK: Reading again

    func test_reload_playsWhatHasChanged_andKeepsTheLastGoodOne() throws {
        func text(_ word: String) -> String {
            "name: changing\nstubs: [{name: s, replies: [{text: \(word) 1}, {text: \(word) 2}]}]\n"
        }
        let file = try file(text("old"))
        let server = try serve(MockScenario(path: file.path))
        func write(_ text: String) throws { try Data(text.utf8).write(to: file) }

        XCTAssertEqual(try ask(server).said, "old 1")
        XCTAssertEqual(server.reloadScenarios(), .unchanged)
        try write(text("newer"))
        XCTAssertEqual(try ask(server).said, "old 2", "nobody has asked for it yet")
        XCTAssertEqual(server.reloadScenarios(), .loaded(["changing: “s” has changed"]))
        XCTAssertEqual(try ask(server).said, "newer 1", "from its beginning")

        try write("name: changing\nstubs: [{name: s, replies: [{txt: x}]}]\n")
        guard case .refused(let problems) = server.reloadScenarios() else { return XCTFail("it is broken") }
        XCTAssertTrue(problems.contains { $0.contains("“txt” (did you mean text?)") }, "\(problems)")
        XCTAssertEqual(try ask(server).said, "newer 2", "as far as it was")
        XCTAssertEqual(server.reloadScenarios(), .unchanged, "problems are told once")

        try FileManager.default.removeItem(at: file)
        guard case .refused = server.reloadScenarios() else { return XCTFail("it is gone") }
        XCTAssertEqual(try ask(server).said, "newer 2")

        try write(text("restored"))
        XCTAssertEqual(server.reloadScenarios(), .loaded(["changing: “s” has changed"]))
        XCTAssertEqual(try ask(server).said, "restored 1")
        // Nothing but a comment: the clients go on where they are.
        try write("# A comment.\n" + text("restored"))
        XCTAssertEqual(server.reloadScenarios(), .unchanged)
        XCTAssertEqual(try ask(server).said, "restored 2")
    }

    func test_aBadFile_startsNoServer() throws {
        let file = try file("name: n\nstubs: [{name: s, when: {modle: x}, replies: [{text: x}]}]\n")
        XCTAssertThrowsError(try serve(MockScenario(path: file.path))) { error in
            XCTAssertEqual(
                (error as? MockServerError)?.scenarioProblems,
                ["\(file.path):2:26: when has no “modle” (did you mean model?)"])
        }
    }

    // MARK: In Swift

    func test_aScenarioInSwift_andAFile_arePlayedInTheirOrder() throws {
        let built = MockScenario(
            "built",
            stubs: [
                MockStub(
                    "all kinds",
                    when: MockPattern(
                        endpoint: ["generateContent"], model: ["gemini-*"], tenant: .glob("made-*"),
                        header: ["x-user": .equals("ann")], system: .contains("pirate"),
                        lastText: .matches("^Hel+o$"),
                        body: ["generationConfig": ["temperature": 0.5]],
                        pointers: [.equals(at: "/contents/0/role", "user"), .exists(at: "/tools/0", true)],
                        schema: ["required": ["contents"]], tool: ["get_weather"],
                        functionResponse: MockFunctionResponse.none, turn: 1...1, inlineBytes: 0...0,
                        stream: false,
                        call: 1...Int.max),
                    replies: [.calls([ScriptedCall(name: "get_weather", arguments: ["city": "Paris"])])])
            ])
        let file = try file("name: file\nstubs: [{name: rest, replies: [{text: from the file}]}]\n")
        let server = try serve(built, MockScenario(path: file.path))
        XCTAssertEqual(server.scenarioNames, ["built", "file"])
        let body = """
            {"contents": [{"role": "user", "parts": [{"text": "Hello"}]}],
            "systemInstruction": {"parts": [{"text": "You are a pirate."}]},
            "generationConfig": {"temperature": 0.5}, "tools": [{"functionDeclarations": [{"name": "get_weather"}]}]}
            """
        let target = "/v1beta/models/gemini-2.5-flash:generateContent"
        let called = try post(server, target, body, "X-User: ann\r\n")
        XCTAssertEqual(
            called.at("candidates/0/content/parts/0/functionCall"),
            #"{"args":{"city":"Paris"},"name":"get_weather"}"#, called.text)
        XCTAssertEqual(try post(server, target, body, "X-User: bob\r\n").said, "from the file")
    }
}
