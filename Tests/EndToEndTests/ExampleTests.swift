// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The examples in `Tests/Examples` work, fail when they should, and stand in the README as they are.
final class ExampleTests: XCTestCase {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let examples = repository.appendingPathComponent("Tests/Examples")

    /// The examples, with the program that was built in `PATH`.
    private func run(
        _ program: String, _ arguments: [String], in folder: URL = examples,
        environment: [String: String?] = [:]
    ) throws -> ChildProcess.Result {
        let programs = URL(fileURLWithPath: ServerProcess.executable).deletingLastPathComponent().path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        var variables = environment
        variables["PATH"] = "\(programs):\(path)"
        return try ChildProcess.run(
            "sh", ["-c", #"cd "$0" && exec "$@""#, folder.path, program] + arguments, environment: variables,
            within: .seconds(60))
    }

    /// A copy of the examples with something else in all of their files.
    private func changed(_ old: String, _ new: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: ExampleTests.examples, to: folder)
        addTeardownBlock { try? FileManager.default.removeItem(at: folder) }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let file = folder.appendingPathComponent(name)
            guard let text = try? String(contentsOf: file, encoding: .utf8), text.contains(old) else {
                continue
            }
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data(text.replacing(old, with: new).utf8))
            try handle.close()
        }
        return folder
    }

    /// The model says something else than is expected.
    private func otherAnswer() throws -> URL { try changed("[{text: Good day}]", "[{text: Good night}]") }

    /// More requests are expected than come.
    private func otherCount() throws -> URL {
        try changed(#""min": 1, "max": 1"#, #""min": 2, "max": 2"#)
    }

    private static let missing = "Expected exactly 2 requests that fit"

    // MARK: They work

    func test_pytest() throws {
        let python = try PythonEnvironment().interpreter
        guard try ChildProcess.run(python, ["-c", "import pytest"]).exitCode == 0 else {
            throw RequiredClient.isMissing("pytest isn't beside google-genai; run `make clients`")
        }
        let arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no"]
        let environment =
            ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": nil, "PYTEST_ADDOPTS": nil] as [String: String?]
        let result = try run(python, arguments, environment: environment)
        XCTAssertEqual(result.exitCode, 0, result.text + result.errors)
        XCTAssertTrue(result.text.contains("\n1 passed in "), result.text)
        let uncounted = try run(python, arguments, in: otherCount(), environment: environment)
        XCTAssertEqual(uncounted.exitCode, 1, uncounted.text + uncounted.errors)
        XCTAssertTrue(uncounted.text.contains(ExampleTests.missing), uncounted.text)
        let failed = try run(python, arguments, in: otherAnswer(), environment: environment)
        XCTAssertEqual(failed.exitCode, 1, failed.text + failed.errors)
        XCTAssertTrue(failed.text.contains("'Good night' == 'Good day'"), failed.text)
    }

    func test_node() throws {
        guard let node = ChildProcess.find("node"),
            // `node:test` and `fetch` came with 18.
            try ChildProcess.run(node, ["-e", "process.exit(+(parseInt(process.versions.node) < 18))"])
                .exitCode == 0
        else { throw RequiredClient.isMissing("there is no Node 18 or newer; run `make clients`") }
        let arguments = ["--test", "--test-reporter=tap", "greeting.test.mjs"]
        let environment = ["NODE_OPTIONS": nil, "NODE_TEST_CONTEXT": nil] as [String: String?]
        let result = try run(node, arguments, environment: environment)
        XCTAssertEqual(result.exitCode, 0, result.text + result.errors)
        XCTAssertTrue(result.text.contains("\n# pass 1\n# fail 0\n"), result.text)
        let uncounted = try run(
            node, arguments, in: changed("min: 1, max: 1", "min: 2, max: 2"), environment: environment)
        XCTAssertEqual(uncounted.exitCode, 1, uncounted.text + uncounted.errors)
        XCTAssertTrue(uncounted.text.contains(ExampleTests.missing), uncounted.text)
        let failed = try run(node, arguments, in: otherAnswer(), environment: environment)
        XCTAssertEqual(failed.exitCode, 1, failed.text + failed.errors)
        XCTAssertTrue(failed.text.contains("Good night"), failed.text)
    }

    func test_shell() throws {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let arguments = ["run", "--strict", "--scenario", "greeting.yaml", "--", "./greeting.sh"]
        let result = try run("gemini-mock", arguments)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(result.text + result.errors, "")
        let uncounted = try run("gemini-mock", arguments, in: otherCount())
        XCTAssertEqual(uncounted.exitCode, 1)
        XCTAssertTrue(uncounted.errors.contains(ExampleTests.missing), uncounted.errors)
        let failed = try run("gemini-mock", arguments, in: otherAnswer())
        XCTAssertEqual(failed.exitCode, 1)
        XCTAssertTrue(failed.errors.hasPrefix("no greeting in: {"), failed.errors)
    }

    func test_scenario_isAGoodOne() throws {
        XCTAssertEqual(try run("gemini-mock", ["lint", "."]).exitCode, 0)
    }

    // MARK: The READMEs have them

    /// Each file is a block of its own in that beside it, or in that of clients, but for the line with the licence; and what
    /// the first README shows is as it is.
    func test_readmes_showThem() throws {
        let readme = try ["Examples", "Clients"].map { folder in
            try String(
                contentsOf: ExampleTests.repository.appendingPathComponent("Tests/\(folder)/README.md"),
                encoding: .utf8)
        }.joined()
        let first = try String(
            contentsOf: ExampleTests.repository.appendingPathComponent("README.md"), encoding: .utf8)
        var shownFirst = 0
        let names = try FileManager.default.contentsOfDirectory(atPath: ExampleTests.examples.path)
        XCTAssertGreaterThanOrEqual(names.count, 6)
        for name in names where !name.hasPrefix(".") && !["__pycache__", "README.md"].contains(name) {
            let file = try String(
                contentsOf: ExampleTests.examples.appendingPathComponent(name), encoding: .utf8)
            let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
            let shown = lines.filter { !$0.contains("SPDX-License-Identifier") }.joined(separator: "\n")
            let text = shown.drop { $0 == "\n" }
            XCTAssertTrue(readme.contains("\n\(text)```\n"), "the README has no block that is \(name)")
            XCTAssertTrue(readme.contains("`Tests/Examples/\(name)`"), "the README doesn't name \(name)")
            if first.contains("`Tests/Examples/\(name)`") {
                XCTAssertTrue(
                    first.contains("\n\(text)```\n"), "the first README has no block that is \(name)")
                shownFirst += 1
            }
        }
        XCTAssertEqual(shownFirst, 3)
    }
}
