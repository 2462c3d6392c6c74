// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// An environment with Google's client that `Clients/python/make-venvs` has prepared.
struct PythonEnvironment {
    /// The newest of them.
    static let latest = "3.4.0"
    /// Where the checks are.
    static let checks = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Clients/python").path

    let interpreter: String

    /// - Throws: a skip where it isn't there.
    init(_ version: String = latest, file: StaticString = #filePath, line: UInt = #line) throws {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["GEMINI_MOCK_VENVS"]
            ?? repository.appendingPathComponent(".venvs").path
        let venv = "\(folder)/google-genai-\(version)"
        // The stamp is written last, when everything is installed.
        guard access("\(venv)/stamp", R_OK) == 0, let python = ChildProcess.find("\(venv)/bin/python") else {
            throw RequiredClient.isMissing(
                "google-genai \(version) is not in \(venv); run `make clients`", file: file, line: line
            )
        }
        interpreter = python
    }

    /// Runs one of the scripts beside the checks.
    func run(
        _ script: String, _ arguments: [String], environment: [String: String?] = [:],
        within time: Duration = .seconds(240)
    ) throws -> ChildProcess.Result {
        // Leaves no __pycache__ beside the checks.
        let usual: [String: String?] = ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": nil]
        return try ChildProcess.run(
            interpreter, ["\(PythonEnvironment.checks)/\(script)"] + arguments,
            environment: usual.merging(environment) { _, new in new }, within: time
        )
    }
}
