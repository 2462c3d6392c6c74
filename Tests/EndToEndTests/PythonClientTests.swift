// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Google's own Python client, in a version of each generation, against the program. The checks themselves
/// are Python: `Clients/python/checks.py`; a test fails with what they print.
final class PythonClientTests: ServerTestCase {
    func test_googleGenAI_3_4_0_passesAllChecks() throws { try check("3.4.0") }
    func test_googleGenAI_2_34_0_passesAllChecks() throws { try check("2.34.0") }
    func test_googleGenAI_2_0_0_passesAllChecks() throws { try check("2.0.0") }
    func test_googleGenAI_1_75_0_passesAllChecks() throws { try check("1.75.0") }

    private static let clients = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Clients/python").path

    private func check(_ version: String, file: StaticString = #filePath, line: UInt = #line) throws {
        let python = try PythonClientTests.interpreter(version, file: file, line: line)
        let key = "made-up-key"
        let server = try serve("--api-keys", key)
        let result = try ChildProcess.run(
            python, ["\(PythonClientTests.clients)/checks.py", server.baseURL, "--key", key],
            // Leaves no __pycache__ beside the checks.
            environment: ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": nil], within: .seconds(240)
        )
        let lines = result.text.split(separator: "\n")
        for failure in lines where failure.hasPrefix("FAILED ") {
            XCTFail("\(version): \(failure)", file: file, line: line)
        }
        XCTAssertEqual(result.exitCode, 0, result.errors, file: file, line: line)
        let passed = lines.filter { $0.hasPrefix("ok ") }.count
        XCTAssertGreaterThan(passed, 150, "so few checks ran: \(result.errors)", file: file, line: line)
        // The whole of them says how the server ends after all that.
        XCTAssertEqual(try server.stop().exitCode, 0, file: file, line: line)
        XCTAssertEqual(server.errorText, "", file: file, line: line)
    }

    /// The interpreter that `Clients/python/make-venvs` has prepared.
    static func interpreter(
        _ version: String, file: StaticString = #filePath, line: UInt = #line
    ) throws -> String {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["GEMINI_MOCK_VENVS"]
            ?? repository.appendingPathComponent(".venvs").path
        let venv = "\(folder)/google-genai-\(version)"
        // The stamp is written last, when everything is installed.
        guard access("\(venv)/stamp", R_OK) == 0, let python = ChildProcess.find("\(venv)/bin/python") else {
            throw RequiredClient.isMissing(
                "google-genai \(version) is not in \(venv); run `make clients`",
                file: file, line: line
            )
        }
        return python
    }
}
