// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The README's calls of the admin API, run as they stand there.
final class ReadmeAdminTests: ServerTestCase {
    private func readme() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    }

    /// The first block of that language below a heading.
    private func block(_ language: String, below heading: String) throws -> String {
        let section = try XCTUnwrap(readme().components(separatedBy: "\n## \(heading)\n").dropFirst().first)
        return try XCTUnwrap(
            section.components(separatedBy: "```\(language)\n").dropFirst().first?
                .components(separatedBy: "\n```").first)
    }

    /// Runs what stands below a heading, in a folder of its own.
    ///
    /// - Returns: what it prints.
    private func run(_ heading: String, for server: ServerProcess) throws -> String {
        guard let shell = ChildProcess.find("sh"), ChildProcess.find("curl") != nil else {
            throw RequiredClient.isMissing("there is no curl")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(block("yaml", below: "Scenarios").utf8).write(
            to: folder.appendingPathComponent("limit.yaml"))
        let script = "cd '\(folder.path)'\n" + (try block("sh", below: heading))
        let result = try ChildProcess.run(
            shell, ["-ec", script], environment: ["GEMINI_MOCK_URL": server.baseURL], within: .seconds(60))
        XCTAssertEqual(result.exitCode, 0, result.errors)
        return result.text
    }

    private func assert(_ text: String, has words: [String]) {
        for words in words { XCTAssertTrue(text.contains(words), "\(words) isn't in \(text)") }
    }

    func test_whatWasSent_isShown() throws {
        let server = try serve()
        for text in ["Hello", "Good bye"] {
            _ = try server.exchange(
                "POST", "/v1beta/models/gemini-2.5-flash:generateContent",
                body: #"{"contents":[{"parts":[{"text":"\#(text)"}]}]}"#)
        }
        assert(
            try run("See what your client sent", for: server),
            has: [
                #""lastText": "Good bye""#, #""entries": []"#, #""count": 0"#, #""passed": true"#,
                #""operations": ["#, "/__admin/verify",
            ])
    }

    func test_theServer_isSteered() throws {
        let server = try serve()
        assert(
            try run("Steer a running server", for: server),
            has: [
                #""offset": "172800s""#, #""name": "rate limit, then success""#, #""warnings": []"#,
                #""fault": "reset""#, #""times": 2"#, #""files": []"#,
            ])
        let question = #"{"contents":[{"parts":[{"text":"Hello"}]}]}"#
        let answer = try server.exchange(
            "POST", "/v1beta/models/gemini-2.5-flash:generateContent", body: question)
        XCTAssertEqual(answer.status, 429, "the scenario is played")
    }
}
