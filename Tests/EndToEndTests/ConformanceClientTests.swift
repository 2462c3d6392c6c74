// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Clients that others have written, under the conformance suite: each fails what its file of known failures says, for the
/// reasons that stand there, and nothing else.
final class ConformanceClientTests: XCTestCase {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let clients = repository.appendingPathComponent("Tests/Clients")

    func test_googleGenAI_failsWhatIsKnown() throws {
        let folder = ConformanceClientTests.clients.appendingPathComponent("google-genai-python")
        let python = try PythonEnvironment().interpreter
        let worker = ["--worker", "--patience", "2"]
        try judge(folder, worker, [python, folder.appendingPathComponent("client.py").path])
    }

    func test_curl_failsWhatIsKnown() throws {
        for program in ["bash", "curl", "jq"] where ChildProcess.find(program) == nil {
            throw RequiredClient.isMissing("there is no \(program)")
        }
        let folder = ConformanceClientTests.clients.appendingPathComponent("curl")
        let lacks = ["--lacks", "functions", "--lacks", "interactions"]
        try judge(folder, lacks, [folder.appendingPathComponent("client.sh").path])
    }

    func test_reports_areMadeOfStoredResults() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = ["json", "junit", "markdown", "badge", "html"]
        func options(_ names: [String], _ prefix: String) -> [String] {
            names.flatMap { ["--\($0)", folder.appendingPathComponent("\(prefix).\($0)").path] }
        }
        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
        let reference = URL(fileURLWithPath: ServerProcess.executable).deletingLastPathComponent()
            .appendingPathComponent("reference-client").path
        let arguments = ["run", "--case", "SSE-0*"] + options(names, "run") + ["--worker", "--", reference]
        let run = try conformance(arguments)
        XCTAssertEqual(run.exitCode, 0, run.text + run.errors)
        let stored = folder.appendingPathComponent("run.json").path
        let again = try conformance(["report", stored] + options(Array(names.dropFirst()), "stored"))
        XCTAssertEqual(again.exitCode, 0, again.errors)
        for name in names.dropFirst() {
            XCTAssertEqual(try text("stored.\(name)"), try text("run.\(name)"), name)
        }
        let both = try conformance(["report", stored, stored])
        XCTAssertEqual(both.text.split(separator: "\n").filter { $0.contains("| SSE-01 |") }.count, 1)
        XCTAssertEqual(try conformance(["report", stored, stored, "--badge", "x.svg"]).exitCode, 64)
        XCTAssertEqual(try conformance(["report", folder.path + "/none.json"]).exitCode, 66)
    }

    // MARK: -

    /// Puts all cases to a client, and holds its file of known failures to what comes out.
    private func judge(
        _ folder: URL, _ options: [String], _ command: [String], file: StaticString = #filePath,
        line: UInt = #line
    ) throws {
        let known = folder.appendingPathComponent("known-failures.yaml")
        let result = try conformance(
            ["run", "--known-failures", known.path] + options + ["--"] + command)
        XCTAssertEqual(result.exitCode, 0, result.text + result.errors, file: file, line: line)
        // What names no case would be there for good.
        let text = try String(contentsOf: known, encoding: .utf8)
        let named = text.matches(of: /case: ([A-Z]{3}-[0-9]+)/).map { String($0.1) }
        XCTAssertGreaterThan(named.count, 5, file: file, line: line)
        for id in named where result.text.contains(" \(id.prefix(4))") && !result.text.contains(" \(id) ") {
            XCTFail("there is no case \(id), which \(known.lastPathComponent) names", file: file, line: line)
        }
    }

    private func conformance(_ arguments: [String]) throws -> ChildProcess.Result {
        let environment: [String: String?] = ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": nil]
        return try ChildProcess.run(
            ServerProcess.executable, ["conformance"] + arguments, environment: environment,
            within: .seconds(300))
    }
}
