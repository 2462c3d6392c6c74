// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// Tests that share a server, through sockets.
extension MockServerTests {
    /// How a client says whose its requests are.
    private struct Guest {
        var prefix = ""
        var fields = "x-goog-api-key: made-up\r\n"

        static func key(_ key: String) -> Guest { Guest(fields: "x-goog-api-key: \(key)\r\n") }

        /// By each of the four ways in turn.
        init(number: Int) {
            switch number % 4 {
            case 0: prefix = "/t/guest-\(number)"
            case 1: fields += "X-Gemini-Mock-Tenant: guest-\(number)\r\n"
            case 2: fields = "Authorization: Bearer made-up\r\nx-goog-user-project: guest-\(number)\r\n"
            default: fields = "x-goog-api-key: guest-\(number)\r\n"
            }
        }

        init(prefix: String = "", fields: String = "x-goog-api-key: made-up\r\n") {
            self.prefix = prefix
            self.fields = fields
        }
    }

    private func serve(
        _ scenarios: [MockScenario] = [], library: [MockScenario] = [],
        _ change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws -> MockServer {
        var settings = MockServer.Configuration()
        settings.scenarios = scenarios
        settings.library = library
        change(&settings)
        let server = try MockServer.start(settings)
        addTeardownBlock { server.stop() }
        return server
    }

    private static func send(
        _ client: RawClient, _ guest: Guest, _ method: String, _ path: String, _ fields: String = "",
        _ body: String = ""
    ) throws -> RawAnswer {
        client.send(
            "\(method) \(guest.prefix)\(path) HTTP/1.1\r\nHost: x\r\n\(guest.fields)\(fields)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try client.receiveAnswer()
    }

    private func send(
        _ server: MockServer, _ guest: Guest, _ method: String, _ path: String, _ fields: String = "",
        _ body: String = ""
    ) throws -> RawAnswer {
        try Self.send(
            try XCTUnwrap(RawClient(port: server.port)), guest, method, path, fields, body)
    }

    private static let start = "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
    private static let last = "X-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n"
    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"
    private static let count = "/v1beta/models/gemini-2.5-flash:countTokens"
    private static let prompt = #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#

    private static func scenario(_ name: String, _ texts: String..., strict: Bool? = nil) -> MockScenario {
        MockScenario(
            name, settings: MockSettings(strict: strict),
            stubs: [
                MockStub(
                    "says", when: MockPattern(endpoint: ["generateContent"]),
                    replies: texts.map { .text($0) })
            ])
    }

    private func says(_ server: MockServer, _ guest: Guest) throws -> String {
        let answer = try send(server, guest, "POST", Self.generate, "", Self.prompt)
        let json = answer.json as? [String: Any]
        let candidate = (json?["candidates"] as? [[String: Any]])?.first
        let parts = (candidate?["content"] as? [String: Any])?["parts"] as? [[String: Any]]
        return parts?.first?["text"] as? String ?? answer.text
    }

    // MARK: The prefix

    func test_prefix_standsInFrontOfEveryEndpoint() throws {
        let server = try serve()
        let guest = Guest(prefix: "/t/one")
        let generation = #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#
        for (line, body, status) in [
            ("POST /v1beta/models/gemini-2.5-flash:generateContent", generation, 200),
            ("POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", generation, 200),
            ("POST /v1/models/gemini-2.5-flash:countTokens", generation, 200),
            (
                "POST /v1/models/gemini-embedding-001:embedContent", #"{"content":{"parts":[{"text":"a"}]}}"#,
                200
            ),
            (
                "POST /v1/models/gemini-embedding-001:batchEmbedContents",
                #"{"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]}}]}"#,
                200
            ),
            ("GET /v1alpha/models", "", 200), ("GET /v1beta/models/gemini-2.5-flash", "", 200),
            ("GET /v1beta/files", "", 200), ("GET /v1beta/files/none", "", 403),
            ("DELETE /v1beta/files/none", "", 403), ("GET /v1beta/files/none:download", "", 403),
            ("GET /v1beta/interactions/none", "", 404), ("GET /v1beta/agents", "", 501),
            ("GET /v1beta/nothing", "", 404), ("GET /v1beta/models/gemini-2.5-flash:nothing", "", 404),
        ] {
            let words = line.split(separator: " ")
            let (method, path) = (String(words[0]), String(words[1]))
            let plain = try send(server, Guest(), method, path, "", body)
            let answer = try send(server, guest, method, path, "", body)
            XCTAssertEqual(answer.status, plain.status, line)
            if status < 404 { XCTAssertEqual(answer.status, status, line + answer.text) }
        }
        let bad = try send(server, Guest(prefix: "/t/a%20b"), "GET", "/v1beta/models")
        XCTAssertEqual(bad.status, 400)
        XCTAssertTrue(bad.text.contains("BAD_TENANT_NAME"), bad.text)
        XCTAssertTrue(bad.text.contains(#""domain": "gemini-mock""#), bad.text)
    }

    func test_browsers_mayAskWithPrefixAndHeader() throws {
        let server = try serve()
        let asked = "x-gemini-mock-tenant,x-gemini-mock-scenario"
        let answer = try send(
            server, Guest(prefix: "/t/one", fields: ""), "OPTIONS", "/upload/v1beta/files",
            "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: \(asked)\r\n")
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer["Access-Control-Allow-Headers"], asked)
    }

    /// The address that the start gives leads back to the same tenant, though the file's own is the real service's.
    func test_resumableUpload_staysBelowThePrefix() throws {
        let server = try serve()
        let guest = Guest(prefix: "/t/one")
        let started = try send(server, guest, "POST", "/upload/v1beta/files", Self.start)
        let url = try XCTUnwrap(started["x-goog-upload-url"])
        XCTAssertTrue(url.hasPrefix("http://x/t/one/upload/v1beta/files?upload_id="), url)
        XCTAssertEqual(started["x-goog-upload-control-url"], url)
        let path = String(url.dropFirst("http://x".count))
        // As google-genai sends it: without a key.
        let uploaded = try send(server, Guest(fields: ""), "POST", path, Self.last, "hello")
        XCTAssertEqual(uploaded.status, 200, uploaded.text)
        XCTAssertTrue(
            uploaded.text.contains(#""uri": "https://generativelanguage.googleapis.com/v1beta/files/"#),
            uploaded.text)
        XCTAssertTrue(try send(server, guest, "GET", "/v1beta/files").text.contains("text/plain"))
        XCTAssertEqual(try send(server, Guest(), "GET", "/v1beta/files").text, "{}\n")
    }

    func test_upload_belongsToItsStarter_whateverFollows() throws {
        let server = try serve()
        let (mine, other) = (Guest(number: 1), Guest(prefix: "/t/other"))
        let started = try send(server, mine, "POST", "/upload/v1beta/files", Self.start)
        let path = String(try XCTUnwrap(started["x-goog-upload-url"]).dropFirst("http://x".count))
        let wrong = "X-Gemini-Mock-Scenario: none\r\nX-Gemini-Mock-Tenant: a b\r\n"
        XCTAssertEqual(try send(server, other, "POST", path, Self.last + wrong, "hello").status, 200)
        XCTAssertEqual(try send(server, other, "GET", "/v1beta/files").text, "{}\n")
        XCTAssertTrue(try send(server, mine, "GET", "/v1beta/files").text.contains("sizeBytes"))
    }

    // MARK: Chosen scenarios

    func test_keysChooseScenarios_eachKeyAPlayOfItsOwn() throws {
        let server = try serve(
            [Self.scenario("usual", "u1", "u2")],
            library: [Self.scenario("a", "a1", "a2"), Self.scenario("b", "b1", "b2")])
        let guests: [(Guest, String)] = [
            (.key("scenario:a:1"), "a"), (.key("scenario:b:2"), "b"), (.key("scenario:a:2"), "a"),
            (.key("scenario:a"), "a"), (.key("scenario:usual"), "u"), (.key("made-up"), "u"),
            (Guest(fields: "x-goog-api-key: k\r\nX-Gemini-Mock-Scenario: b\r\n"), "b"),
            // Nearer than the key, and another play than those without it.
            (Guest(fields: "x-goog-api-key: scenario:a:1\r\nX-Gemini-Mock-Scenario: b\r\n"), "b"),
            (Guest(prefix: "/t/x", fields: "x-goog-api-key: scenario:a:1\r\n"), "a"),
            (Guest(prefix: "/t/x"), "u"),
        ]
        for call in ["1", "2", "2"] {
            for (guest, letter) in guests { XCTAssertEqual(try says(server, guest), letter + call) }
        }
        XCTAssertEqual(server.scenarioNames, ["usual"])
    }

    func test_aChosenScenario_isPlayed_whereNothingElseIs() throws {
        let server = try serve(library: [Self.scenario("a", "a1", strict: true)])
        XCTAssertEqual(try says(server, .key("scenario:a:1")), "a1")
        XCTAssertTrue(try says(server, .key("other")).hasPrefix("This is gemini-mock"))
        // Its settings are those of who plays it.
        let count = "/v1beta/models/gemini-2.5-flash:countTokens"
        XCTAssertEqual(try send(server, .key("other"), "POST", count, "", Self.prompt).status, 200)
        let refused = try send(server, .key("scenario:a:1"), "POST", count, "", Self.prompt)
        XCTAssertTrue(refused.text.contains("NO_STUB_MATCHES"), refused.text)
    }

    /// The later steps carry no key, and still are its scenario's.
    func test_anUpload_staysInTheScenarioThatItWasStartedIn() throws {
        let server = try serve(library: [
            MockScenario(
                "lost",
                stubs: [
                    MockStub(
                        "refuses", when: MockPattern(endpoint: ["uploadFile"], step: [.finalize]),
                        replies: [.error("model-overloaded")])
                ])
        ])
        for (key, status) in [("scenario:lost:1", 503), ("made-up", 200)] {
            let started = try send(server, .key(key), "POST", "/upload/v1beta/files", Self.start)
            let path = String(try XCTUnwrap(started["x-goog-upload-url"]).dropFirst("http://x".count))
            let last = try send(server, Guest(fields: ""), "POST", path, Self.last, "hello")
            XCTAssertEqual(last.status, status, last.text)
        }
    }

    func test_unknownScenarios_areRefused_atEveryEndpoint() throws {
        let server = try serve(library: [Self.scenario("rate-limited", "a"), Self.scenario("b", "b")]) {
            $0.apiKeys = ["good"]
        }
        for guest in [
            Guest.key("scenario:rate-limitd:1"),
            Guest(fields: "x-goog-api-key: good\r\nX-Gemini-Mock-Scenario: rate-limitd\r\n"),
        ] {
            for (method, path) in [
                ("GET", "/v1beta/models"), ("GET", "/v1beta/files"), ("POST", Self.generate),
                ("POST", "/v1beta/models/x:nothing"), ("GET", "/v1beta/interactions/x"),
            ] {
                let answer = try send(server, guest, method, path)
                XCTAssertFalse(answer.text.contains("limitd:1"), "the key itself never shows")
                XCTAssertEqual(answer.status, 400, path)
                XCTAssertTrue(
                    answer.text.contains(
                        "there is no scenario “rate-limitd” (did you mean rate-limited?). There are: rate-limited, b."
                    ),
                    answer.text)
            }
            let upload = try send(
                server, guest, "POST", "/upload/v1beta/files", "X-Goog-Upload-Protocol: raw\r\n", "x")
            XCTAssertTrue(upload.text.contains("UNKNOWN_SCENARIO"), upload.text)
        }
        // A key that names one is good besides those that are told.
        XCTAssertEqual(try says(server, .key("scenario:b:1")), "b")
        XCTAssertTrue(try says(server, .key("other")).contains("API key not valid"))
    }

    func test_withoutScenarios_noneCanBeChosen() throws {
        XCTAssertTrue(try says(serve(), .key("scenario:a")).contains("No scenario is loaded."))
    }

    func test_theLibrary_isReadAgain() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let write = { (name: String) in
            try Data("name: \(name)\nstubs: [{name: s, replies: [{text: of \(name)}]}]\n".utf8).write(
                to: file)
        }
        try write("first")
        let server = try serve(library: [MockScenario(path: file.path)])
        XCTAssertEqual(try says(server, .key("scenario:first")), "of first")
        try write("another")
        XCTAssertEqual(server.reloadScenarios(), .loaded(["another is new", "first is gone"]))
        XCTAssertEqual(try says(server, .key("scenario:another")), "of another")
        XCTAssertTrue(try says(server, .key("scenario:first")).contains("UNKNOWN_SCENARIO"))
    }

    // MARK: Many at once

    /// Four kinds of guests; each finds its own files, turns and place in the scenario, and nothing of its neighbours'.
    func test_aThousandTenants_neverSeeEachOther() throws {
        let count = 1000
        let breaks = MockScenario(
            "breaks once",
            stubs: [
                MockStub(
                    "breaks", when: MockPattern(endpoint: ["countTokens"]),
                    replies: [.builtIn().faults([.named("html-page", .times(1))])])
            ])
        let server = try serve([Self.scenario("n", "first", "second", "third"), breaks])
        let problems = Monitor<[String]>([])
        let turns = Monitor<[Int: String]>([:])
        let check = { @Sendable (isGood: Bool, number: Int, what: String) in
            if !isGood { problems.withLock { $0.append("\(number): \(what)") } }
        }
        let visit = { @Sendable (number: Int, body: (RawClient, Guest) throws -> Void) in
            guard let client = RawClient(port: server.port) else {
                return check(false, number, "no connection")
            }
            do { try body(client, Guest(number: number)) } catch { check(false, number, "\(error)") }
        }
        DispatchQueue.concurrentPerform(iterations: count) { number in
            visit(number) { client, guest in
                for text in ["first", "second"] {
                    let said = try Self.send(client, guest, "POST", Self.generate, "", Self.prompt).text
                    check(said.contains("\"\(text)\""), number, said)
                }
                for status in [502, 200] {
                    let counted = try Self.send(client, guest, "POST", Self.count, "", Self.prompt)
                    check(counted.status == status, number, counted.text)
                }
                let started = try Self.send(
                    client, guest, "POST", "/upload/v1beta/files", Self.start,
                    #"{"file":{"name":"files/same","displayName":"of \#(number)."}}"#)
                let url = started["x-goog-upload-url"] ?? ""
                let uploaded = try Self.send(
                    client, Guest(fields: ""), "POST", String(url.dropFirst("http://x".count)), Self.last,
                    "hello")
                check(uploaded.text.contains("of \(number)."), number, uploaded.text)
                let turn = try Self.send(
                    client, guest, "POST", "/v1beta/interactions", "",
                    #"{"model":"gemini-2.5-flash","input":"of \#(number)."}"#)
                let id = turn.text.split(separator: "\"").first { $0.hasPrefix("v1_") }
                turns.withLock { $0[number] = id.map { String($0) } }
                check(id != nil, number, turn.text)
            }
        }
        let names = turns.withLock { $0 }
        DispatchQueue.concurrentPerform(iterations: count) { number in
            visit(number) { client, guest in
                let said = try Self.send(client, guest, "POST", Self.generate, "", Self.prompt).text
                check(said.contains("\"third\""), number, said)
                let files = try Self.send(client, guest, "GET", "/v1beta/files").text
                check(files.contains("of \(number)."), number, files)
                check(files.components(separatedBy: "displayName").count == 2, number, files)
                let file = try Self.send(client, guest, "GET", "/v1beta/files/same").text
                check(file.contains("of \(number)."), number, file)
                for (whose, status) in [(number, 200), ((number + 1) % count, 404)] {
                    let turn = try Self.send(
                        client, guest, "GET", "/v1beta/interactions/\(names[whose] ?? "none")")
                    check(turn.status == status, number, turn.text)
                }
            }
        }
        XCTAssertEqual(
            problems.withLock { $0.count }, 0, problems.withLock { $0.prefix(5).joined(separator: "\n") })
        XCTAssertEqual(Set(names.values).count, count)
    }
}
