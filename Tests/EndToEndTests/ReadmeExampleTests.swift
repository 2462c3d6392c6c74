// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The README's first example, run as it stands there, prints what stands there.
final class ReadmeExampleTests: ServerTestCase {
    func test_example_printsWhatTheReadmeSays() throws {
        let readme = try String(contentsOf: repository.appendingPathComponent("README.md"), encoding: .utf8)
        let program = try XCTUnwrap(block("python", of: readme))
        let output = try XCTUnwrap(block("text", of: readme))
        let python = try PythonEnvironment().interpreter
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try clip.write(to: folder.appendingPathComponent("sample.mp3"))
        let server = try serve()
        let result = try ChildProcess.run(
            python, ["-c", "import os; os.chdir('\(folder.path)')\n\(program)"],
            environment: [
                "GOOGLE_GEMINI_BASE_URL": server.baseURL, "GEMINI_API_KEY": "any-key", "GOOGLE_API_KEY": nil,
                "PYTHONPATH": nil,
            ],
            within: .seconds(60)
        )
        XCTAssertEqual(result.text, output, result.errors)
    }

    private let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The first block of code of that language.
    private func block(_ language: String, of text: String) -> String? {
        guard let start = text.range(of: "```\(language)\n"),
            let end = text.range(of: "\n```", range: start.upperBound..<text.endIndex)
        else { return nil }
        return text[start.upperBound..<end.lowerBound] + "\n"
    }

    /// 180 frames of MPEG-2 layer III at 24 kHz, each of 576 samples and 192 bytes: 4.32 s.
    private var clip: Data {
        Data((0..<180).flatMap { _ in [0xFF, 0xF3, 0x84, 0xC4] + [UInt8](repeating: 0, count: 188) })
    }
}
