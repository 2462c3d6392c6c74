// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The README's calls of the admin API, run as they stand there.
final class ReadmeAdminTests: ServerTestCase {
    func test_examples_work() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let section = try XCTUnwrap(readme.components(separatedBy: "\n## See what your client sent\n").last)
        let script = try XCTUnwrap(
            section.components(separatedBy: "```sh\n").dropFirst().first?.components(separatedBy: "\n```")
                .first)
        guard let shell = ChildProcess.find("sh"), ChildProcess.find("curl") != nil else {
            throw RequiredClient.isMissing("there is no curl")
        }
        let server = try serve()
        for text in ["Hello", "Good bye"] {
            _ = try server.exchange(
                "POST", "/v1beta/models/gemini-2.5-flash:generateContent",
                body: #"{"contents":[{"parts":[{"text":"\#(text)"}]}]}"#)
        }
        let result = try ChildProcess.run(
            shell, ["-ec", script], environment: ["GEMINI_MOCK_URL": server.baseURL], within: .seconds(60))
        XCTAssertEqual(result.exitCode, 0, result.errors)
        for words in [
            #""lastText": "Good bye""#, #""entries": []"#, #""count": 0"#, #""passed": true"#,
            #""operations": ["#, "/__admin/verify",
        ] {
            XCTAssertTrue(result.text.contains(words), "\(words) isn't in \(result.text)")
        }
    }
}
