// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The audio guide's ways with a sound: uploaded, named in a prompt, counted, sent inline.
final class GuideTests: ServerTestCase {
    private static let key = "x-goog-api-key: made-up-key"
    private static let model = "v1beta/models/gemini-3-flash-preview"

    /// Silence as MPEG 1 layer III.
    private func clip(frames: Int) throws -> String {
        // 128 kbit/s, 44.1 kHz, mono: 417 bytes and 1152 samples a frame.
        let frame: [UInt8] = [0xFF, 0xFB, 0x90, 0xC0] + [UInt8](repeating: 0, count: 413)
        return try file("clip.mp3", Array(repeatElement(frame, count: frames).joined()))
    }

    private func file(_ name: String, _ content: [UInt8]) throws -> String {
        let path = try makeFolder() + "/\(name)"
        try Data(content).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func curl(_ arguments: String...) throws -> String {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let usual = ["--disable", "--silent", "--show-error", "--noproxy", "*", "--max-time", "60"]
        let result = try ChildProcess.run("curl", usual + arguments)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        return result.text
    }

    private func object(_ text: String) throws -> [String: Any] {
        try XCTUnwrap(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], text)
    }

    /// Start, bytes, prompt, count: with curl, as people do it by hand.
    func test_restFlow_isAnswered() throws {
        let server = try serve()
        // The second has more than the megabyte from which on curl asks before it sends (CORE 1.5).
        for frames in [10, 5000] {
            let clip = try clip(frames: frames)
            let started = try curl(
                "--dump-header", "-", "\(server.baseURL)/upload/v1beta/files", "-H", GuideTests.key,
                "-H", "X-Goog-Upload-Protocol: resumable", "-H", "X-Goog-Upload-Command: start",
                "-H", "X-Goog-Upload-Header-Content-Length:   \(frames * 417)",
                "-H", "X-Goog-Upload-Header-Content-Type: audio/mpeg", "-H", "Content-Type: application/json",
                "-d", "{'file': {'display_name': 'A clip'}}"
            )
            let line = try XCTUnwrap(
                started.components(separatedBy: "\r\n").first { $0.hasPrefix("X-Goog-Upload-URL: ") }, started
            )
            let information = try curl(
                String(line.dropFirst("X-Goog-Upload-URL: ".count)),
                "-H", "Content-Length: \(frames * 417)", "-H", "X-Goog-Upload-Offset: 0",
                "-H", "X-Goog-Upload-Command: upload, finalize", "--data-binary", "@\(clip)"
            )
            let file = try XCTUnwrap(try object(information)["file"] as? [String: Any], information)
            XCTAssertEqual(file["mimeType"] as? String, "audio/mpeg")
            let uri = try XCTUnwrap(file["uri"] as? String)

            // Shells put no variable into single quotes, so its name goes out as a type.
            let part = #"{"file_data": {"mime_type": "${MIME_TYPE}", "file_uri": "\#(uri)"}}"#
            let described = try curl(
                "\(server.baseURL)/\(GuideTests.model):generateContent", "-H", GuideTests.key,
                "-H", "Content-Type: application/json", "-X", "POST",
                "-d", #"{"contents": [{"parts": [{"text": "What is to be heard here?"}, \#(part)]}]}"#
            )
            let answer = try XCTUnwrap(GeneratedAnswer(try object(described)), described)
            XCTAssertTrue(answer.text.contains("audio/mpeg"), answer.text)
            // 32 a second (CORE 5.2).
            let tokens = Int((Double(frames) * 1152 / 44_100 * 32).rounded(.up))
            let details = try XCTUnwrap(answer.usage?["promptTokensDetails"] as? [[String: Any]])
            let audio = details.first { $0["modality"] as? String == "AUDIO" }
            XCTAssertEqual(audio?["tokenCount"] as? Int, tokens, "\(details)")

            let counted = try curl(
                "\(server.baseURL)/\(GuideTests.model):countTokens", "-H", GuideTests.key,
                "-d", #"{"contents": [{"parts": [\#(part)]}]}"#
            )
            // One more for the content itself.
            XCTAssertEqual(try object(counted)["totalTokens"] as? Int, tokens + 1, counted)
        }
    }

    /// With the API's own host, and nothing replaced but paths: by a proxy, and curl's by `--connect-to`.
    func test_snippets_run_unchanged() throws {
        let editions = try editions()
        let python = try PythonEnvironment()
        let clip = try clip(frames: 100)
        let data = URL(fileURLWithPath: clip).deletingLastPathComponent().path
        let host = "generativelanguage.googleapis.com"
        let clean: [String: String?] = [
            "XDG_DATA_HOME": data, "GEMINI_API_KEY": nil, "GOOGLE_API_KEY": nil,
            "GOOGLE_GENAI_USE_VERTEXAI": nil, "PYTHONPATH": nil, "PYTHONDONTWRITEBYTECODE": "1",
            "CURL_HOME": data, "no_proxy": nil, "NO_PROXY": nil,
        ]
        let script = "\(PythonEnvironment.checks)/guide.py"
        var passed = (proxy: 0, connectTo: 0)
        for edition in editions {
            let byProxy = try ChildProcess.run(
                ServerProcess.executable,
                ["run", "--intercept", "--", python.interpreter, script, edition, clip, "https://\(host)"],
                environment: clean, within: .seconds(240))
            passed.proxy += count(byProxy, edition)
        }
        let server = try serve(["--tls", "--log-level", "warning"], environment: clean)
        let port = try XCTUnwrap(URL(string: server.ready.tlsBaseURL ?? "")?.port)
        try "connect-to = \"\(host):443:127.0.0.1:\(port)\"\n"
            .write(toFile: "\(data)/.curlrc", atomically: false, encoding: .utf8)
        let variables = clean.merging(
            [
                "CURL_CA_BUNDLE": "\(data)/gemini-mock/authorities.pem", "GEMINI_API_KEY": "made-up-key",
                "https_proxy": nil, "HTTPS_PROXY": nil, "all_proxy": nil, "ALL_PROXY": nil,
            ]
        ) { _, new in new }
        for edition in editions {
            let byConnectTo = try ChildProcess.run(
                python.interpreter, [script, "--only", "REST", edition, clip, "https://\(host)"],
                environment: variables, within: .seconds(240))
            passed.connectTo += count(byConnectTo, edition)
        }
        XCTAssertGreaterThanOrEqual(passed.proxy, 10, "so few snippets ran")
        XCTAssertGreaterThanOrEqual(passed.connectTo, 6, "so few snippets ran")
    }

    /// How many snippets ran well; the others are failures.
    private func count(_ result: ChildProcess.Result, _ edition: String) -> Int {
        for line in result.text.split(separator: "\n") where line.hasPrefix("FAILED ") {
            XCTFail("\(edition): \(line)")
        }
        XCTAssertEqual(result.exitCode, 0, result.errors)
        return result.text.split(separator: "\n").filter { $0.hasPrefix("ok ") }.count
    }

    /// The saved guides, in the folder that `GEMINI_MOCK_MATERIAL` names; without it this is a named skip.
    private func editions() throws -> [String] {
        guard let material = ProcessInfo.processInfo.environment["GEMINI_MOCK_MATERIAL"] else {
            let sentence = "GuideTests: GEMINI_MOCK_MATERIAL names no folder with guide/"
            Skips.note(sentence)
            throw XCTSkip(sentence)
        }
        for program in ["bash", "curl", "file", "jq"] where ChildProcess.find(program) == nil {
            throw RequiredClient.isMissing("there is no \(program)")
        }
        return try FileManager.default.contentsOfDirectory(atPath: "\(material)/guide").sorted()
            .filter { $0.hasSuffix(".txt") }.map { "\(material)/guide/\($0)" }
    }

    /// The snippets themselves, led here by their base URL.
    func test_snippets_run() throws {
        let editions = try editions()
        let python = try PythonEnvironment()
        let server = try serve()
        let clip = try clip(frames: 100)
        var passed = 0
        for edition in editions {
            let result = try python.run(
                "guide.py", [edition, clip, server.baseURL],
                environment: [
                    "GOOGLE_GEMINI_BASE_URL": server.baseURL, "GEMINI_API_KEY": "made-up-key",
                    "GOOGLE_API_KEY": nil, "GOOGLE_GENAI_USE_VERTEXAI": nil, "NO_PROXY": "127.0.0.1",
                    "no_proxy": "127.0.0.1",
                ]
            )
            passed += count(result, edition)
        }
        XCTAssertGreaterThanOrEqual(passed, 10, "so few snippets ran")
    }
}
