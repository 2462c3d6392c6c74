// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `verify` against a second server that plays the upstream.
final class VerifyTests: FolderTestCase {
    private static let recordings = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Recordings").path

    private func verify(_ arguments: [String], key: String? = "good-key") throws -> ChildProcess.Result {
        let environment = ["GEMINI_API_KEY": key, "GOOGLE_API_KEY": nil]
        return try ChildProcess.run(
            ServerProcess.executable, ["verify"] + arguments,
            environment: RecordTests.withoutProxies.merging(environment) { $1 })
    }

    func test_sameServer_hasNoDrift() throws {
        let upstream = try serve("--api-keys", "good-key")
        let path = VerifyTests.recordings + "/upload-and-ask"
        let result = try verify(["--upstream", upstream.baseURL, path])
        XCTAssertEqual(result.exitCode, 0, result.text + result.errors)
        XCTAssertEqual(result.text, "\(path): 6 as recorded\n")
    }

    func test_otherShapes_areTold_asTextJSONAndJUnit() throws {
        let scenario = folder + "/drift.yaml"
        try """
        name: drift
        stubs:
          - name: other
            when: {endpoint: countTokens}
            replies: [{body: {totalTokens: "3", mood: glad}}]

        """.write(toFile: scenario, atomically: false, encoding: .utf8)
        let upstream = try serve("--scenario", scenario)
        let path = VerifyTests.recordings + "/count-tokens"
        let usual = ["--upstream", upstream.baseURL, path]
        let text = try verify(usual)
        XCTAssertEqual(text.exitCode, 1, text.errors)
        let lines = text.text.components(separatedBy: "\n")
        XCTAssertTrue(lines.contains("  new field /mood, string"), text.text)
        XCTAssertTrue(lines.contains("  another type /totalTokens, number → string"), text.text)
        XCTAssertEqual(lines.dropLast().last, "\(path): 0 as recorded, 1 with drift")

        let ignored = try verify(
            usual + ["/mood", "/totalTokens", "/promptTokensDetails"].flatMap { ["--ignore", $0] })
        XCTAssertEqual(ignored.exitCode, 0, ignored.text)
        XCTAssertEqual(ignored.text, "\(path): 1 as recorded\n")
        XCTAssertEqual(try verify(usual + ["--ignore", "/mood"]).exitCode, 1)

        let json = try verify(usual + ["--json", "--junit", folder + "/report.xml"])
        XCTAssertEqual(json.exitCode, 1)
        let report = try XCTUnwrap(
            JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
        XCTAssertEqual(report["verdict"] as? String, "drift")
        let xml = try String(contentsOfFile: folder + "/report.xml", encoding: .utf8)
        XCTAssertTrue(xml.contains(#"tests="1" failures="1" errors="0" skipped="0""#), xml)
        XCTAssertTrue(xml.contains("new field /mood, string"), xml)
    }

    func test_whatCantBeVerified_isTold() throws {
        let path = VerifyTests.recordings + "/generate"
        let silent = try verify(["--upstream", "http://127.0.0.1:1", path, "--timeout", "5"])
        XCTAssertEqual(silent.exitCode, 2, silent.text)
        XCTAssertTrue(silent.text.contains("couldn't be verified: "), silent.text)
        let keyless = try verify(["--upstream", "http://127.0.0.1:1", path], key: nil)
        XCTAssertEqual(keyless.exitCode, 2)
        XCTAssertTrue(keyless.errors.contains("there is no key in GOOGLE_API_KEY"), keyless.errors)
    }

    func test_badUsage_isTold() throws {
        let path = VerifyTests.recordings + "/generate"
        XCTAssertEqual(try verify([path]).exitCode, 64)
        XCTAssertEqual(try verify(["--upstream", "localhost", path]).exitCode, 64)
        XCTAssertEqual(try verify(["--upstream", "http://localhost"]).exitCode, 64)
        XCTAssertEqual(try verify(["--upstream", "http://localhost", path, "--timeout", "0"]).exitCode, 64)
        XCTAssertEqual(
            try verify(["--upstream", "http://localhost", path, "--ignore", "a/b"]).exitCode, 64)
        XCTAssertEqual(try verify(["--upstream", "http://localhost", folder]).exitCode, 66)
        let bad = folder + "/bad"
        try FileManager.default.createDirectory(atPath: bad, withIntermediateDirectories: false)
        try "{".write(toFile: bad + "/recording.json", atomically: false, encoding: .utf8)
        XCTAssertEqual(try verify(["--upstream", "http://localhost", bad]).exitCode, 65)
    }
}
