// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

/// Google's own Python client, in a version of each generation, against the program. The checks themselves
/// are Python: `Clients/python/checks.py`; a test fails with what they print.
final class PythonClientTests: ServerTestCase {
    func test_googleGenAI_3_4_0_passesAllChecks() throws { try check("3.4.0") }
    func test_googleGenAI_2_34_0_passesAllChecks() throws { try check("2.34.0") }
    func test_googleGenAI_2_0_0_passesAllChecks() throws { try check("2.0.0") }
    func test_googleGenAI_1_75_0_passesAllChecks() throws { try check("1.75.0") }

    private func check(_ version: String, file: StaticString = #filePath, line: UInt = #line) throws {
        let python = try PythonEnvironment(version, file: file, line: line)
        let key = "made-up-key"
        let server = try serve("--api-keys", key)
        let result = try python.run("checks.py", [server.baseURL, "--key", key])
        let lines = result.text.split(separator: "\n")
        for failure in lines where failure.hasPrefix("FAILED ") {
            XCTFail("\(version): \(failure)", file: file, line: line)
        }
        XCTAssertEqual(result.exitCode, 0, result.errors, file: file, line: line)
        let passed = lines.filter { $0.hasPrefix("ok ") }.count
        XCTAssertGreaterThan(passed, 210, "so few checks ran: \(result.errors)", file: file, line: line)
        // The whole of them says how the server ends after all that.
        XCTAssertEqual(try server.stop().exitCode, 0, file: file, line: line)
        XCTAssertEqual(server.errorText, "", file: file, line: line)
    }
}
