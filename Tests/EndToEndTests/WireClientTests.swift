// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What Google's own Python client makes of answers that break. The checks themselves are Python:
/// `Clients/python/wire.py`.
final class WireClientTests: ServerTestCase {
    /// The only version that was measured with another server.
    func test_googleGenAI_3_4_0_behavesAsMeasured() throws {
        let python = try PythonEnvironment("3.4.0")
        let library = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scenarios")
        let redirected = try serve()
        let whole = try serve("--library", library.path)
        let own = try serve("--library", try ownScenario(redirectingTo: redirected.baseURL))

        let result = try python.run("wire.py", ["library=\(whole.baseURL)", "wire=\(own.baseURL)"])
        let lines = result.text.split(separator: "\n")
        for failure in lines where failure.hasPrefix("FAILED ") { XCTFail(String(failure)) }
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertGreaterThan(lines.count { $0.hasPrefix("ok ") }, 140, result.errors)
        // What a check says of a fault, it says after the fault struck.
        for server in [whole, own] {
            let told = try server.stop().errors
            XCTAssertFalse(told.contains("never struck"), told)
        }
    }

    private func ownScenario(redirectingTo url: String) throws -> String {
        let text = try String(contentsOfFile: "\(PythonEnvironment.checks)/wire.yaml", encoding: .utf8)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(text.replacing("location: REDIRECTED", with: "location: \(url)").utf8).write(to: file)
        addTeardownBlock { try? FileManager.default.removeItem(at: file) }
        return file.path
    }
}
