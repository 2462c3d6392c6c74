// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The ready-made scenarios with Google's own Python client. The checks themselves are Python:
/// `Clients/python/scenarios.py`.
final class ScenarioClientTests: ServerTestCase {
    func test_googleGenAI_3_4_0_playsTheScenarios() throws { try play("3.4.0") }
    func test_googleGenAI_2_34_0_playsTheScenarios() throws { try play("2.34.0", in: "sync") }
    func test_googleGenAI_2_0_0_playsTheScenarios() throws { try play("2.0.0", in: "sync") }
    func test_googleGenAI_1_75_0_playsTheScenarios() throws { try play("1.75.0", in: "sync") }

    private var library: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scenarios")
    }

    private func file(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        addTeardownBlock { try? FileManager.default.removeItem(at: file) }
        return file.path
    }

    /// A file of the library whose runs take milliseconds, since clients wait for real.
    private func hurried(_ name: String) throws -> String {
        let text = try String(contentsOf: library.appendingPathComponent("\(name).yaml"), encoding: .utf8)
        let hurried = text.replacing(/runLength: \ds/, with: "runLength: 100ms")
        XCTAssertNotEqual(hurried, text)
        return try file(hurried)
    }

    /// - Parameter flavour: the client's one that plays; nil for all.
    private func play(
        _ version: String, in flavour: String? = nil, file path: StaticString = #filePath, line: UInt = #line
    ) throws {
        let python = try PythonEnvironment(version, file: path, line: line)
        let whole = try serve("--library", library.path)
        let hurried = try serve(
            "--library", try hurried("background-interaction"), "--library",
            try hurried("background-interaction-failed"))
        let never = "name: strict\nstubs: [{name: s, when: {lastText: never}, replies: [{text: x}]}]\n"
        let strict = try serve("--library", try file(never), "--strict", "--log-level", "debug")
        let servers = [
            "library=\(whole.baseURL)", "strict=\(strict.baseURL)",
            "background-interaction=\(hurried.baseURL)", "background-interaction-failed=\(hurried.baseURL)",
        ]

        let result = try python.run("scenarios.py", servers + (flavour.map { ["--flavour", $0] } ?? []))
        let lines = result.text.split(separator: "\n")
        for failure in lines where failure.hasPrefix("FAILED ") {
            XCTFail("\(version): \(failure)", file: path, line: line)
        }
        XCTAssertEqual(result.exitCode, 0, result.errors, file: path, line: line)
        let passed = lines.filter { $0.hasPrefix("ok ") }
        XCTAssertGreaterThan(
            passed.count, flavour == nil ? 75 : 22, "so few checks ran: \(result.errors)", file: path,
            line: line)
        // Each refused question was sent once.
        let asked = try strict.stop().errors.components(separatedBy: ":generateContent → 400").count - 1
        XCTAssertEqual(asked, passed.filter { $0.hasPrefix("ok unmatched[") }.count, file: path, line: line)
        XCTAssertGreaterThan(asked, 0, file: path, line: line)
    }
}
