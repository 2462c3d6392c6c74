// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `record` before a second server that plays the upstream, over TLS.
final class RecordTests: ServerTestCase {
    private static let key = "AIzaSyMadeUpKeyOfATest0123456789abcdefg"
    private static let hello = #"{"contents":[{"parts":[{"text":"Hello"}]}]}"#
    private static let model = "/v1beta/models/gemini-2.5-flash"

    /// What must not lead a recorder elsewhere.
    static let withoutProxies: [String: String?] = Dictionary(
        uniqueKeysWithValues: [
            "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "SSL_CERT_FILE",
        ].map { ($0, nil) })

    private var folder = ""
    private var files = (folder: "", authority: "", certificate: "", key: "")

    override func setUpWithError() throws {
        files = try TestCertificate.shared.write()
        folder = files.folder + "/recording"
    }

    override func tearDownWithError() throws {
        try super.tearDownWithError()
        try FileManager.default.removeItem(atPath: files.folder)
    }

    private func makeUpstream(_ arguments: [String] = []) throws -> String {
        let tls = ["--tls-cert", files.certificate, "--tls-key", files.key]
        return try XCTUnwrap(try serve(tls + arguments).ready.tlsBaseURL)
    }

    private func record(_ upstream: String, _ arguments: [String] = []) throws -> (
        process: ChildProcess, ready: ServerProcess.Ready
    ) {
        let usual = [
            "record", "--upstream", upstream, "--upstream-ca", files.authority, "--to", folder, "--port", "0",
            "--json",
        ]
        let process = try ChildProcess(
            ServerProcess.executable, usual + arguments, environment: RecordTests.withoutProxies)
        let ready = try JSONDecoder().decode(ServerProcess.Ready.self, from: Data(process.line().utf8))
        return (process, ready)
    }

    private func stop(_ process: ChildProcess) throws -> ChildProcess.Result {
        process.send(signal: SIGTERM)
        return try process.result(within: .seconds(30))
    }

    /// Head and body as they came, but for what tells the time.
    private func curl(_ url: String, _ arguments: [String]) throws -> String {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let usual = [
            "--disable", "-sS", "-i", "--raw", "--noproxy", "*", "--max-time", "60", "--cacert",
            files.authority, "-H",
            "x-goog-api-key: \(RecordTests.key)",
        ]
        let result = try ChildProcess.run("curl", usual + arguments + [url])
        XCTAssertEqual(result.exitCode, 0, result.errors)
        return result.text.components(separatedBy: "\r\n").filter {
            !$0.hasPrefix("Date: ") && !$0.hasPrefix("Server-Timing: ")
        }.joined(separator: "\n")
    }

    private static let requests: [(target: String, arguments: [String])] = [
        (model + ":generateContent", ["-d", hello]),
        (model + ":streamGenerateContent?alt=sse", ["-d", hello]),
        (model + ":streamGenerateContent", ["-d", hello]),
        (model + ":countTokens", ["-d", hello]),
        (model + ":generateContent", ["-d", "{"]),
        ("/v1beta/models/nothing:generateContent", ["-d", hello]),
        ("/v1beta/models?pageSize=2", []),
        (model + ":generateContent", ["-d", hello, "-H", "Accept-Encoding: gzip"]),
    ]

    func test_clients_getTheSameBytes_withAndWithoutTheRecorder_andFromTheRecording() throws {
        let upstream = try makeUpstream()
        let direct = try RecordTests.requests.map { try curl(upstream + $0.target, $0.arguments) }
        let (recorder, ready) = try record(upstream)
        let recorded = try RecordTests.requests.map { try curl(ready.baseURL + $0.target, $0.arguments) }
        XCTAssertEqual(recorded, direct)
        let result = try stop(recorder)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertTrue(result.errors.contains("\(RecordTests.requests.count) exchanges are in"), result.errors)
        let text = try String(contentsOfFile: folder + "/recording.json", encoding: .utf8)
        XCTAssertFalse(text.contains(RecordTests.key))
        XCTAssertFalse(result.errors.contains(RecordTests.key))
        XCTAssertEqual(try ChildProcess.run(ServerProcess.executable, ["scan", folder]).exitCode, 0)
        XCTAssertEqual(try ChildProcess.run(ServerProcess.executable, ["lint", folder]).exitCode, 0)

        // The upstream isn't there any more.
        let (player, other) = try record("https://localhost:1")
        let replayed = try RecordTests.requests.map { try curl(other.baseURL + $0.target, $0.arguments) }
        XCTAssertEqual(replayed, direct)
        XCTAssertEqual(try stop(player).exitCode, 0)
    }

    func test_googleGenAI_passesItsChecks_throughTheRecorder() throws {
        let python = try PythonEnvironment()
        let upstream = try makeUpstream(["--api-keys", "made-up-key"])
        let (recorder, ready) = try record(upstream)
        for part in ["upload", "generate", "count", "bad", "interactions_stream"] {
            let checked = try python.run(
                "checks.py", [ready.baseURL, "--key", "made-up-key", "--only", part])
            let lines = checked.text.split(separator: "\n")
            for failure in lines where failure.hasPrefix("FAILED ") { XCTFail("\(failure)") }
            XCTAssertGreaterThanOrEqual(
                lines.filter { $0.hasPrefix("ok ") }.count, 3, "\(part): \(checked.errors)")
        }
        let result = try stop(recorder)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(try ChildProcess.run(ServerProcess.executable, ["scan", folder]).exitCode, 0)
    }

    func test_modes() throws {
        let upstream = try makeUpstream()
        func exchanges(_ mode: String, _ target: String) throws -> Int {
            let (recorder, ready) = try record(upstream, ["--mode", mode])
            _ = try curl(ready.baseURL + target, [])
            XCTAssertEqual(try stop(recorder).exitCode, 0, mode)
            let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/recording.json"))
            let json = try XCTUnwrap(JSONSerialization.jsonObject(with: data) as? [String: Any])
            return try XCTUnwrap(json["exchanges"] as? [Any]).count
        }
        XCTAssertEqual(try exchanges("once", "/v1beta/models?pageSize=1"), 1)
        XCTAssertEqual(try exchanges("once", "/v1beta/models?pageSize=2"), 1)
        XCTAssertEqual(try exchanges("none", "/v1beta/models?pageSize=2"), 1)
        XCTAssertEqual(try exchanges("new", "/v1beta/models?pageSize=1"), 1)
        XCTAssertEqual(try exchanges("new", "/v1beta/models?pageSize=2"), 2)
        XCTAssertEqual(try exchanges("all", "/v1beta/models?pageSize=2"), 1)
    }

    func test_aCommand_isRun_andItsExitCodeGivenBack() throws {
        let upstream = try makeUpstream()
        let words = [
            "record", "--upstream", upstream, "--upstream-ca", files.authority, "--to", folder, "--", "sh",
            "-c",
            "curl --disable -sS --noproxy '*' -o /dev/null \"$GOOGLE_GEMINI_BASE_URL/v1beta/models?key=made-up\"; exit 7",
        ]
        let result = try ChildProcess.run(ServerProcess.executable, words)
        XCTAssertEqual(result.exitCode, 7, result.errors)
        XCTAssertTrue(result.errors.contains("1 exchange is in"), result.errors)
    }

    func test_badUsage_isTold() throws {
        func result(_ arguments: [String]) throws -> ChildProcess.Result {
            try ChildProcess.run(ServerProcess.executable, ["record", "--to", folder] + arguments)
        }
        XCTAssertEqual(try result(["--upstream", "localhost"]).exitCode, 64)
        XCTAssertEqual(try result(["--upstream", "http://localhost", "--upstream-ca", "/none"]).exitCode, 66)
        let unwritable = try ChildProcess.run(
            ServerProcess.executable,
            ["record", "--upstream", "http://localhost", "--to", "/dev/null/x", "--port", "0"])
        XCTAssertEqual(unwritable.exitCode, 73, unwritable.errors)
    }
}
