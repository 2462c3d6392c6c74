// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `redact`, `scan` and `lint` with recordings.
extension CommandLineTests {
    private static let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"

    /// A folder with a recording in it, `name/recording.json`.
    private func recordings(_ body: String) throws -> URL {
        let outer = FileManager.default.temporaryDirectory.appendingPathComponent(
            "recordings-\(UUID().uuidString)")
        let folder = outer.appendingPathComponent("name")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        addTeardownBlock { try? FileManager.default.removeItem(at: outer) }
        let text = """
            {
              "format": "gemini-mock/recording/1",
              "exchanges": [
                {
                  "request": {"method": "POST", "target": "/v1beta/models", "headers": ["Cookie: a=b"]},
                  "answer": {"status": 200, "body": {"layout": "compact", "json": \(body)}}
                }
              ]
            }
            """
        try Data(text.utf8).write(to: folder.appendingPathComponent("recording.json"))
        return outer
    }

    private func run(_ arguments: String...) throws -> ChildProcess.Result {
        try ChildProcess.run(ServerProcess.executable, arguments, within: .seconds(30))
    }

    func test_scan_findsWhatRedactTakesOut() throws {
        let folder = try recordings(#"{"a": "\#(CommandLineTests.key)", "b": "cust-77"}"#)
        let file = folder.path + "/name/recording.json"
        let before = try run("scan", folder.path)
        XCTAssertEqual(before.exitCode, 1)
        XCTAssertEqual(
            before.text,
            """
            \(file):5:77: what redaction takes out of the request header Cookie
            \(file):6:78: a Google API key, AIza…

            """)
        XCTAssertEqual(try run("lint", folder.path).exitCode, 65)

        let redacted = try run("redact", folder.path, "--pattern", #"cust-\d+"#)
        XCTAssertEqual(redacted.exitCode, 0, redacted.errors)
        XCTAssertEqual(
            redacted.text,
            """
            \(folder.path)/name: exchange 1, request header Cookie
            \(folder.path)/name: exchange 1, answer body (2)

            """)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        XCTAssertFalse(text.contains("AIza") || text.contains("cust-"), text)

        XCTAssertEqual(try run("redact", folder.path).text, "")
        for command in ["scan", "lint"] {
            let after = try run(command, folder.path)
            XCTAssertEqual(after.exitCode, 0, after.text)
            XCTAssertEqual(after.text, "")
        }
        XCTAssertEqual(try run("scan", folder.path, "--pattern", "v1beta/models").exitCode, 1)
    }

    func test_theFullDiskOfRedact_isToldAndHarmsNothing() throws {
        try RequiredClient.shortFiles()
        let folder = try recordings(
            #"{"a": "\#(CommandLineTests.key)", "b": "\#(String(repeating: "x y ", count: 3000))"}"#)
        let file = folder.appendingPathComponent("name/recording.json")
        let before = try Data(contentsOf: file)
        let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" redact \"$1\""
        let result = try ChildProcess.run(
            "/bin/sh", ["-c", limited, ServerProcess.executable, folder.path],
            within: .seconds(30))
        XCTAssertEqual(result.exitCode, 74)
        XCTAssertTrue(result.errors.hasPrefix("gemini-mock: can't write \(file.path): "), result.errors)
        XCTAssertEqual(try Data(contentsOf: file), before)
    }

    func test_recordings_badUsage_exitsAsItIsTold() throws {
        let folder = try recordings("1 2")
        XCTAssertEqual(try run("redact", folder.path).exitCode, 65)
        XCTAssertTrue(
            try run("redact", folder.path).text.hasPrefix(
                "\(folder.path)/name/recording.json:6:73: isn't JSON: "))
        XCTAssertEqual(try run("redact", "/dev/null").exitCode, 66)
        XCTAssertEqual(try run("scan", "/nowhere").exitCode, 66)
        XCTAssertEqual(try run("scan", folder.path, "--pattern", "a(").exitCode, 64)
        XCTAssertEqual(try run("scan", folder.path, "--secret-file", "/nowhere").exitCode, 66)
    }
}
