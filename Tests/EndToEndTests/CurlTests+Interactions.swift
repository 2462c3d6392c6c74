// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

/// Interactions by hand, in the forms of the documentation's samples, with the revision header of its time and without.
extension CurlTests {
    private func interaction(
        _ server: ServerProcess, _ body: String, revision: String? = nil, version: String = "v1beta"
    ) throws -> Answer {
        // Never by what is accepted is it told what is wanted.
        let fields =
            ["Content-Type: application/json", "Accept: application/json"]
            + (revision.map { ["Api-Revision: \($0)"] } ?? [])
        return try curl(
            [
                "-X", "POST", "\(server.baseURL)/\(version)/interactions", "-H", CurlTests.key, "-d",
                "@\(makeFile(body.utf8, ".bin"))",
            ]
                + fields.flatMap { ["-H", $0] }
        )
    }

    private func outputText(_ answer: Answer) -> String? {
        let steps = answer.json?["steps"] as? [[String: Any]]
        let output = steps?.last { $0["type"] as? String == "model_output" }
        return (output?["content"] as? [[String: Any]])?.first?["text"] as? String
    }

    /// A second of silence.
    private var sound: String {
        let number = { (value: Int, bytes: Int) in
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let head =
            Array("RIFF".utf8) + number(32_036, 4) + Array("WAVEfmt ".utf8) + number(16, 4) + number(1, 2)
            + number(1, 2) + number(16_000, 4) + number(32_000, 4) + number(2, 2) + number(16, 2)
        let bytes = head + Array("data".utf8) + number(32_000, 4) + [UInt8](repeating: 0, count: 32_000)
        return Base64Encoding.standard(bytes)
    }

    func test_interactions_answerTheSamples_withAndWithoutARevision() throws {
        let server = try serve()
        let inline = """
            {"model": "gemini-3.5-flash", "input": [{"type": "text", "text": "What is to be heard?"},
            {"type": "audio", "data": "\(sound)", "mime_type": "audio/wav"}]}
            """
        let schema = """
            {"model": "gemini-3.5-flash", "input": [{"type": "video", "uri": "https://www.youtube.com/watch?v=ku-N-eS1lgM",
            "mime_type": "video/mp4"}, {"type": "text", "text": "Who says what, and how?"}],
            "response_format": {"type": "object", "properties": {"summary": {"type": "string"}, "segments": {"type": "array",
            "items": {"type": "object", "properties": {"content": {"type": "string"}, "emotion": {"type": "string",
            "enum": ["happy", "sad"]}}}}}}}
            """
        for revision in [nil, "2026-05-20"] {
            for version in ["v1beta", "v1"] {
                let heard = try interaction(server, inline, revision: revision, version: version)
                XCTAssertEqual(heard.status, 200, heard.text)
                XCTAssertEqual(heard.contentType, "application/json")
                XCTAssertTrue(outputText(heard)?.contains("audio/wav, 1.00 s") ?? false, heard.text)
                let told = try interaction(server, schema, revision: revision, version: version)
                XCTAssertEqual(told.status, 200, told.text)
                let value = try XCTUnwrap(
                    JSONSerialization.jsonObject(with: Data(XCTUnwrap(outputText(told)).utf8))
                        as? [String: Any])
                XCTAssertNotNil(value["summary"] as? String, told.text)
            }
        }
        let legacy = try interaction(server, inline, revision: "2026-05-07")
        XCTAssertEqual(legacy.status, 400)
        XCTAssertTrue(legacy.message?.contains("Python >= 2.0.0") ?? false, legacy.text)
    }

    /// The samples' placeholder, unless somebody puts an address in its place.
    func test_interactions_refuseTheSamplesPlaceholder() throws {
        let server = try serve()
        let body = """
            {"model": "gemini-3.5-flash", "input": [{"type": "text", "text": "What is to be heard?"},
            {"type": "audio", "uri": "YOUR_FILE_URI", "mime_type": "audio/mp3"}]}
            """
        let answer = try interaction(server, body, revision: "2026-05-20")
        XCTAssertEqual(answer.status, 400)
        XCTAssertTrue(
            answer.message?.hasPrefix("Unsupported file URI type: YOUR_FILE_URI. ") ?? false, answer.text)
    }

    func test_interactions_stream_whateverIsAccepted() throws {
        let server = try serve()
        let body = #"{"model": "gemini-3.5-flash", "input": "Hello", "stream": true}"#
        let answer = try interaction(server, body)
        XCTAssertEqual(answer.contentType, "text/event-stream")
        XCTAssertTrue(
            answer.text.hasPrefix("event: interaction.created\ndata: {\"interaction\":{\"id\":\"v1_"))
        XCTAssertTrue(answer.text.hasSuffix("\n\nevent: done\ndata: [DONE]\n\n"))
        XCTAssertGreaterThanOrEqual(answer.text.components(separatedBy: #""type":"text""#).count, 4)
    }

    func test_interactions_areCancelledAndDeleted_withAnyBody() throws {
        let server = try serve()
        let url = "\(server.baseURL)/v1beta/interactions"
        for body in [["-X", "POST"], ["-d", "{}"]] {
            let created = try interaction(
                server, #"{"model": "gemini-3.5-flash", "input": "Hello", "background": true}"#)
            let id = try XCTUnwrap(created.json?["id"] as? String)
            let cancelled = try curl(body + ["\(url)/\(id)/cancel", "-H", CurlTests.key])
            XCTAssertEqual(cancelled.json?["status"] as? String, "cancelled", cancelled.text)
            XCTAssertEqual(try curl("\(url)/\(id)?key=other").status, 404, "another key's")
            XCTAssertEqual(try curl("-X", "DELETE", "\(url)/\(id)", "-H", CurlTests.key).text, "{}")
            XCTAssertEqual(try curl("\(url)/\(id)", "-H", CurlTests.key).status, 404)
        }
        let neighbour = try curl("\(server.baseURL)/v1/voices", "-H", CurlTests.key)
        XCTAssertEqual(neighbour.status, 501)
        XCTAssertEqual(
            neighbour.message,
            "gemini-mock doesn't imitate voices. A scenario may answer it: when: {endpoint: neighbours}.")
    }
}
