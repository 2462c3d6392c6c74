// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import Logging
import TestSupport
import XCTest

@testable import GeminiMock

/// Credentials are put wherever a client can put them; then all that the server tells afterwards is searched for them.
final class PlantedCredentialsTests: ScenarioTestCase {
    /// One credential, all of them made up. Its middle is what is looked for, since a half of it would be too much.
    private struct Plant {
        let secret: String
        var middle: String { String(secret.dropFirst(secret.count / 2 - 6).prefix(12)) }
    }

    private var plants: [Plant] = []

    /// A key of the commonest shape that nothing else has.
    private func plant(_ place: String) -> String {
        let hex = SHA256Text.of("\(place) \(plants.count)")
        let plant = Plant(secret: "AIzaSy" + String(hex.prefix(33)))
        plants.append(plant)
        return plant.secret
    }

    /// A secret without any shape: nothing but its place tells.
    private func shapeless(_ place: String) -> String {
        let plant = Plant(secret: "q" + String(SHA256Text.of("\(place) \(plants.count)").prefix(23)))
        plants.append(plant)
        return plant.secret
    }

    private let model = "/v1beta/models/gemini-2.5-flash"
    private let hello = #"{"contents":[{"parts":[{"text":"Hello"}]}]}"#

    private func send(_ server: MockServer, _ head: String, _ body: String = "", pieces: Int = 1) throws {
        let client = try XCTUnwrap(RawClient(port: server.port))
        let bytes = Array(
            "\(head)\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
                .utf8)
        let size = bytes.count / pieces + 1
        for start in stride(from: 0, to: bytes.count, by: size) {
            client.send(Array(bytes[start..<min(bytes.count, start + size)]))
        }
        XCTAssertNoThrow(try client.receiveToEnd(), head)
    }

    private func ask(_ server: MockServer, text: String, method: String = "generateContent") throws {
        try send(
            server, "POST \(model):\(method) HTTP/1.1\r\nx-goog-api-key: \(key)",
            #"{"contents":[{"parts":[{"text":"\#(text)"}]}]}"#)
    }

    private func plantHeaders(_ server: MockServer) throws {
        let post = "POST \(model):generateContent HTTP/1.1\r\n"
        try send(server, post + "x-goog-api-key: \(shapeless("header"))", hello)
        try send(server, post + "X-GOOG-API-KEY: \(plant("header in capitals"))", hello, pieces: 40)
        try send(server, post + "Authorization: Bearer \(shapeless("token"))", hello)
        try send(server, post + "authorization: \(shapeless("without a scheme"))", hello)
        for name in ["Proxy-Authorization", "Cookie", "X-Goog-IAM-Authorization-Token", "X-My-Api-Key"] {
            try send(server, post + "x-goog-api-key: k\r\n\(name): \(shapeless(name))", hello)
        }
        try send(server, post + "x-goog-api-key: k\r\nX-Trace: a \(plant("any field")) b", hello)
        try send(
            server, post + "x-goog-api-key: k\r\nReferer: http://x/?a=b&key=\(shapeless("referer"))", hello)
    }

    private func plantQueries(_ server: MockServer) throws {
        for name in ["key", "access_token", "%6Bey"] {
            try send(server, "POST \(model):generateContent?\(name)=\(shapeless(name)) HTTP/1.1", hello)
        }
        try send(server, "GET /v1beta/models?key=\(shapeless("first"))&key=\(shapeless("second")) HTTP/1.1")
        try send(server, "GET /nowhere/\(plant("a path"))?key=\(shapeless("nowhere")) HTTP/1.1")
        let escaped = plant("escaped").map { $0 == "z" ? "%7A" : String($0) }.joined()
        try send(server, "GET /v1beta/models?x=\(escaped) HTTP/1.1")
        try send(
            server,
            "OPTIONS \(model):generateContent?key=\(shapeless("preflight")) HTTP/1.1\r\nOrigin: http://x")
        try send(
            server,
            "POST \(model):generateContent?key=\(shapeless("refused")) HTTP/1.1\r\nContent-Length: 3", hello)
    }

    private func plantBodies(_ server: MockServer) throws {
        try ask(server, text: "My key is \(plant("text")), keep it")
        try ask(server, text: "Bearer \(shapeless("bearer"))")
        try ask(
            server,
            text: #"-----BEGIN PRIVATE KEY-----\n\#(shapeless("private key"))\n-----END PRIVATE KEY-----"#)
        let unicode = plant("escapes").map { $0 == "A" ? "\\u0041" : String($0) }.joined()
        try ask(server, text: unicode)
        // The known one in a body, though it has no shape.
        let known = shapeless("known")
        try send(
            server, "POST \(model):generateContent HTTP/1.1\r\nx-goog-api-key: \(known)",
            #"{"contents":[{"parts":[{"text":"my key \#(known)"}]}]}"#)
        // Where long strings are cut.
        for place in stride(from: 200, through: 280, by: 8) {
            let text = String(repeating: "word ", count: 60).prefix(place) + " " + plant("cut \(place)") + " "
            try ask(server, text: text + String(repeating: "words ", count: 12_000))
        }
        try send(
            server, "POST \(model):generateContent HTTP/1.1\r\nx-goog-api-key: \(key)",
            "no JSON \(plant("no JSON"))")
        let long = String(repeating: "no JSON ", count: 508) + "        " + plant("no JSON, cut")
        try send(
            server, "POST \(model):generateContent HTTP/1.1\r\nx-goog-api-key: \(key)",
            long + String(repeating: " more", count: 20_000))
        try ask(server, text: #"x"}]}],"apiKey":"\#(shapeless("member"))","y":[{"z":[{"w":"#)
        try send(
            server, "POST \(model):generateContent HTTP/1.1\r\nx-goog-api-key: \(key)",
            #"{"contents":[{"parts":[{"functionCall":{"name":"f","args":{"client_secret":"\#(shapeless("argument"))"}}}]}]}"#
        )
    }

    private func plantStreams(_ server: MockServer) throws {
        for method in ["streamGenerateContent?alt=sse", "streamGenerateContent"] {
            try ask(server, text: "say \(plant(method))", method: method)
        }
        let echoed = plant("an interaction")
        try send(
            server, "POST /v1beta/interactions HTTP/1.1\r\nx-goog-api-key: \(key)",
            #"{"model":"gemini-3.5-flash","input":"say \#(echoed)","stream":true}"#)
        let turn = try turn(server, "say \(plant("kept"))", #", "background": true"#)
        server.advanceClock(by: .seconds(2))
        _ = try get(server, "interactions/\(try XCTUnwrap(turn.at("id")))?stream=true")
        let header = shapeless("a tool's header")
        try send(
            server, "POST /v1beta/interactions HTTP/1.1\r\nx-goog-api-key: \(key)",
            #"{"model":"gemini-3.5-flash","input":"Hi","tools":[{"type":"mcp_server","name":"m","url":"http://x/?key=\#(shapeless("a tool's URL"))","headers":{"Authorization":"\#(header)"}}]}"#
        )
    }

    private func plantUploads(_ server: MockServer) throws {
        let start = try call(
            server, "POST", "/upload/v1beta/files?key=\(shapeless("start"))", key: "",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Type: text/plain\r\n",
            Array(#"{"file":{"displayName":"\#(plant("a file's name"))"}}"#.utf8))
        let url = try XCTUnwrap(start["X-Goog-Upload-URL"])
        let id = try XCTUnwrap(url.split(separator: "upload_id=").last?.prefix { $0 != "&" })
        plants.append(Plant(secret: String(id)))
        let target = try XCTUnwrap(url.firstRange(of: "/upload").map { String(url[$0.lowerBound...]) })
        for command in ["query", "upload, finalize"] {
            _ = try call(
                server, "POST", target, key: "",
                "X-Goog-Upload-Command: \(command)\r\nX-Goog-Upload-Offset: 0\r\n",
                Array((command == "query" ? "" : "a file with \(plant("a file"))").utf8))
        }
        let cut =
            String(repeating: "byte ", count: 200) + plant("a file, cut")
            + String(repeating: " x", count: 3000)
        _ = try upload(server, "text/plain", Array(cut.utf8))
        let half =
            "POST \(target) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Command: upload\r\nContent-Length: 99\r\n\r\nhalf"
        do {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(half)
            XCTAssertTrue(eventually { server.liveObjects.exchanges > 0 })
        }
    }

    private func entryTexts(_ server: MockServer) -> [String] {
        server.journal.entries.flatMap { entry -> [String] in
            let fields = (entry.request.fields + (entry.answer?.fields ?? [])).map {
                "\($0.name): \($0.value)"
            }
            let bodies = [entry.request.body.bytes, entry.answer?.body.bytes ?? []].map {
                String(decoding: $0, as: UTF8.self)
            }
            // What a client would put together of a stream.
            let joined = StreamText.joined(entry.answer?.body.bytes ?? [])
            let misses =
                entry.nearMisses.map(\.description)
                + entry.nearMisses.flatMap { $0.differences.map(\.description) }
            return [entry.request.target, entry.tenant ?? "", joined] + fields + bodies + misses
                + entry.warnings
        }
    }

    /// All that the admin API tells.
    private func adminTexts(_ server: MockServer) throws -> [String] {
        func get(_ path: String) throws -> String {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send("GET /__admin/\(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let answer = try client.receiveAnswer()
            XCTAssertEqual(answer.status, 200, path)
            return answer.text
        }
        let lists = [
            "entries?view=full&pageSize=1000", "unmatched", "operations?pageSize=1000", "metrics", "tenants",
            "files",
            "interactions", "findings", "faults", "scenarios", "uploads",
        ]
        let entries = server.journal.entries
        let ofEach = entries.flatMap { entry in
            ["entries/\(entry.id)"] + (entry.endpoint == nil ? [] : ["entries/\(entry.id)/near-misses"])
        }
        return try (lists + ofEach).map(get)
    }

    /// What the event stream tells of all entries.
    private func events(_ server: MockServer) throws -> String {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("GET /__admin/events?after=0&view=full HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let last = try XCTUnwrap(server.journal.entries.last?.id)
        let end = Array("data: {\"id\": \(last),".utf8)
        var told: [UInt8] = []
        repeat { told += try client.receive() } while told.firstRange(of: end) == nil
        return String(decoding: told, as: UTF8.self)
    }

    func test_noneIsTold() throws {
        let log = CollectedLog()
        let echo = MockStub(
            "echo", when: MockPattern(lastText: .matches("^say ")),
            replies: [.text("You said {{lastText}}.", chunks: .size(3))])
        let other = MockStub(
            "other",
            when: MockPattern(
                endpoint: ["generateContent"], lastText: .equals("something else"),
                body: ["apiKey": "a", "contents": []]),
            replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [echo, other])) { settings in
            settings.validation = .warn
            settings.logger = log.logger
        }
        for plant in [plantHeaders, plantQueries, plantBodies, plantStreams, plantUploads] {
            try plant(server)
        }
        XCTAssertGreaterThanOrEqual(plants.count, 40)
        XCTAssertTrue(eventually { server.liveObjects.exchanges == 0 })
        XCTAssertGreaterThan(server.journal.entries.count, 40)

        let told =
            try entryTexts(server) + adminTexts(server) + [events(server)] + log.lines
            + server.unmatchedRequests.first + server.unusedStubs
            + server.unspentFaults
        XCTAssertGreaterThan(told.count { $0.contains("Hello") }, 20, "hardly anything is told at all")
        for plant in plants {
            for text in told where text.contains(plant.middle) {
                XCTFail("\(plant.secret) is in: \(text.prefix(600))")
            }
        }
    }
}

/// What a client makes of a stream's texts: one text.
private enum StreamText {
    static func joined(_ body: [UInt8]) -> String {
        let text = String(decoding: body, as: UTF8.self)
        // Each `"text": "…"` or delta, in their order; escapes stay as they are.
        return text.components(separatedBy: #""text""#).dropFirst().map { piece in
            let value = piece.drop { $0 != "\"" }.dropFirst()
            return String(value.prefix { $0 != "\"" })
        }.joined()
    }
}

private enum SHA256Text {
    /// Hex that follows from a text; letters and digits as in a key.
    static func of(_ text: String) -> String {
        var generator = Fingerprints(text)
        return (0..<40).map { _ in String(generator.next(), radix: 36) }.joined()
    }

    private struct Fingerprints {
        private var state: UInt64 = 0xcbf2_9ce4_8422_2325

        init(_ text: String) {
            for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % 36
        }
    }
}
