// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMockXCTest
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// What tests of scenarios share: servers that play them by a clock that stands still, and the calls of clients.
class ScenarioTestCase: XCTestCase {
    static let flash = "gemini-2.5-flash"

    /// What calls carry that name no other.
    var key = "made-up"

    static var library: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scenarios")
    }

    /// A server for this test, at noon of a day; its clock moves by `advanceClock` alone.
    func serve(
        _ scenarios: MockScenario..., change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws -> MockServer {
        try startMockServer(checks: []) { settings in
            settings.clock = FixedWallClock(seconds: 1_787_150_052)
            settings.scenarios = scenarios
            change(&settings)
        }
    }

    // MARK: Calls

    func call(
        _ server: MockServer, _ method: String, _ target: String, key: String? = nil,
        _ fields: String = "", _ body: [UInt8] = []
    ) throws -> RawAnswer {
        let client = try XCTUnwrap(RawClient(port: server.port))
        let usual = "Host: x\r\nx-goog-api-key: \(key ?? self.key)\r\nContent-Length: \(body.count)\r\n"
        client.send(Array("\(method) \(target) HTTP/1.1\r\n\(usual)\(fields)\r\n".utf8) + body)
        return try client.receiveAnswer()
    }

    func post(
        _ server: MockServer, _ target: String, _ body: String, key: String? = nil, _ fields: String = ""
    ) throws -> RawAnswer {
        try call(server, "POST", target, key: key, fields, Array(body.utf8))
    }

    func get(_ server: MockServer, _ name: String) throws -> RawAnswer {
        try call(server, "GET", "/v1beta/\(name)")
    }

    /// A question to a model.
    ///
    /// - Parameters:
    ///   - parts: what comes with the text, as JSON.
    ///   - members: of the body besides the contents, each with a comma before it.
    func ask(
        _ server: MockServer, _ text: String = "Hello", parts: String = "", _ members: String = "",
        model: String = flash, method: String = "generateContent", key: String? = nil
    ) throws -> RawAnswer {
        let more = parts.isEmpty ? "" : ", \(parts)"
        let contents = #"[{"role": "user", "parts": [{"text": "\#(text)"}\#(more)]}]"#
        return try post(
            server, "/v1beta/models/\(model):\(method)", #"{"contents": \#(contents)\#(members)}"#, key: key)
    }

    /// The events of a streamed answer.
    func stream(_ server: MockServer, _ text: String = "Hello") throws -> [BodyValue] {
        try ask(server, text, method: "streamGenerateContent?alt=sse").events
    }

    /// A turn of the Interactions API.
    func turn(_ server: MockServer, _ input: String = "Hello", _ members: String = "") throws -> RawAnswer {
        try post(
            server, "/v1beta/interactions",
            #"{"model": "gemini-3.5-flash", "input": "\#(input)"\#(members)}"#)
    }

    func upload(_ server: MockServer, _ type: String, _ bytes: [UInt8] = Array("hello".utf8)) throws
        -> RawAnswer
    {
        try call(
            server, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: raw\r\nContent-Type: \(type)\r\n", bytes)
    }

    /// A part that names a file.
    func part(_ file: RawAnswer) throws -> String {
        let (uri, type) = (try XCTUnwrap(file.at("file/uri"), file.text), file.at("file/mimeType") ?? "")
        return #"{"fileData": {"fileUri": "\#(uri)", "mimeType": "\#(type)"}}"#
    }
}

/// A value of JSON that came.
struct BodyValue {
    let value: Any?

    /// What stands at a path such as `error/details/0/reason`: a text as it is, anything else as JSON; nil where nothing is.
    func at(_ path: String) -> String? {
        let end = path.split(separator: "/").reduce(value) { value, name in
            if let object = value as? [String: Any] { return object[String(name)] }
            guard let list = value as? [Any], let index = Int(name), list.indices.contains(index) else {
                return nil
            }
            return list[index]
        }
        guard let end else { return nil }
        if let text = end as? String { return text }
        let options: JSONSerialization.WritingOptions = [
            .fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes,
        ]
        return (try? JSONSerialization.data(withJSONObject: end, options: options)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

extension RawAnswer {
    /// What stands at a path of the body.
    func at(_ path: String) -> String? { BodyValue(value: json).at(path) }

    /// The first text of a model's answer.
    var said: String? { at("candidates/0/content/parts/0/text") }

    /// The body as server-sent events; those without JSON are left out.
    var events: [BodyValue] {
        body.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: "data: ".utf8) }.compactMap {
            line in
            let data = Data(line.dropFirst("data: ".utf8.count))
            return (try? JSONSerialization.jsonObject(with: data)).map { BodyValue(value: $0) }
        }
    }
}
