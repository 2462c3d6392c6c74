// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `--tls-cert` and `--tls-key`, with clients that check the certificate.
final class TLSTests: ServerTestCase {
    private typealias Files = (folder: String, authority: String, certificate: String, key: String)

    private func write(_ certificate: TestCertificate = .shared) throws -> Files {
        let files = try certificate.write()
        addTeardownBlock { try? FileManager.default.removeItem(atPath: files.folder) }
        return files
    }

    private func serve(_ files: Files, _ arguments: [String] = []) throws -> (ServerProcess, url: String) {
        let server = try serve(["--tls-cert", files.certificate, "--tls-key", files.key] + arguments)
        return (server, try XCTUnwrap(server.ready.tlsBaseURL))
    }

    private func curl(_ files: Files, _ arguments: [String]) throws -> ChildProcess.Result {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let usual = [
            "--disable", "--silent", "--show-error", "--noproxy", "*", "--max-time", "60", "--cacert",
            files.authority, "-H", "x-goog-api-key: made-up-key",
        ]
        return try ChildProcess.run("curl", usual + arguments)
    }

    private static let hello = #"{"contents":[{"parts":[{"text":"Hello"}]}]}"#
    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"
    private static let stream = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"

    func test_curl_getsAnswersAndStreams() throws {
        let files = try write()
        let (server, url) = try serve(files, ["--stream-interval", "5"])
        let answer = try curl(files, ["--verbose", "-d", TLSTests.hello, url + TLSTests.generate])
        XCTAssertEqual(answer.exitCode, 0, answer.errors)
        XCTAssertTrue(answer.text.contains("\"finishReason\": \"STOP\""), answer.text)
        XCTAssertTrue(answer.errors.contains("server accepted http/1.1"), "ALPN: \(answer.errors)")
        let plain = try curl(files, ["-d", TLSTests.hello, server.baseURL + TLSTests.generate])
        XCTAssertEqual(answer.text, plain.text)
        let events = try curl(files, ["-d", TLSTests.hello, url + TLSTests.stream])
        XCTAssertEqual(events.exitCode, 0, events.errors)
        XCTAssertGreaterThan(events.text.components(separatedBy: "data: ").count, 2)
        let stranger = try ChildProcess.run("curl", ["--disable", "-sS", "--noproxy", "*", url])
        XCTAssertEqual(stranger.exitCode, 60, "the certificate isn't checked: \(stranger.errors)")
    }

    func test_curl_uploadsTwentyMegabytes() throws {
        let files = try write()
        let (_, url) = try serve(files)
        let path = files.folder + "/large"
        try Data(count: 20 << 20).write(to: URL(fileURLWithPath: path))
        let fields = [
            "X-Goog-Upload-Protocol: resumable", "X-Goog-Upload-Command: start",
            "X-Goog-Upload-Header-Content-Length: \(20 << 20)",
            "X-Goog-Upload-Header-Content-Type: audio/wav",
        ].flatMap { ["-H", $0] }
        let started = try curl(
            files, fields + ["-D", "-", "-o", "/dev/null", "-d", "{}", url + "/upload/v1beta/files"])
        let line = try XCTUnwrap(
            started.text.components(separatedBy: "\r\n").first {
                $0.lowercased().hasPrefix("x-goog-upload-url: ")
            }, started.text)
        let address = String(line.dropFirst("x-goog-upload-url: ".count))
        XCTAssertTrue(address.hasPrefix(url + "/upload/"), address)
        let file = try curl(
            files,
            [
                "-H", "X-Goog-Upload-Offset: 0", "-H", "X-Goog-Upload-Command: upload, finalize",
                "--data-binary", "@\(path)", address,
            ])
        XCTAssertEqual(file.exitCode, 0, file.errors)
        XCTAssertTrue(file.text.contains("\"sizeBytes\": \"\(20 << 20)\""), file.text)
    }

    /// What goes past the library: a body that is shorter than it says, a stream that is cut, and a reset.
    func test_curl_seesFaults() throws {
        let files = try write()
        let scenario = files.folder + "/faults.yaml"
        try """
        name: faults
        stubs:
          - {name: short, when: {lastText: short}, replies: [{text: x, faults: [wrong-content-length]}]}
          - {name: chunk, when: {lastText: chunk}, replies: [{text: x, faults: [truncated-chunk]}]}
          - {name: reset, when: {lastText: reset}, replies: [{text: x, faults: [reset]}]}

        """.write(toFile: scenario, atomically: false, encoding: .utf8)
        let (_, url) = try serve(files, ["--scenario", scenario])
        // CURLE_PARTIAL_FILE, CURLE_RECV_ERROR.
        for (text, codes) in [("short", [18]), ("chunk", [18]), ("reset", [56])] {
            let body = TLSTests.hello.replacingOccurrences(of: "Hello", with: text)
            let method = text == "chunk" ? TLSTests.stream : TLSTests.generate
            let result = try curl(files, ["-d", body, url + method])
            XCTAssertTrue(
                codes.contains(Int(result.exitCode)), "\(text): \(result.exitCode) \(result.errors)")
        }
    }

    func test_googleGenAI_trustsTheAuthority() throws {
        let python = try PythonEnvironment()
        let files = try write()
        let (_, url) = try serve(files)
        let script = files.folder + "/ask.py"
        try """
        import os, sys
        from google import genai
        from google.genai import types
        path, url = sys.argv[1:]
        client = genai.Client(api_key="made-up-key", http_options=types.HttpOptions(base_url=url))
        model = "gemini-2.5-flash"
        print(client.models.generate_content(model=model, contents="Hello").candidates[0].finish_reason.name)
        print(len(list(client.models.generate_content_stream(model=model, contents="Hello"))) > 1)
        with open(path, "wb") as file: file.write(bytes(1 << 20))
        print(client.files.upload(file=path, config={"mime_type": "audio/wav"}).size_bytes)

        """.write(toFile: script, atomically: false, encoding: .utf8)
        let result = try ChildProcess.run(
            python.interpreter, [script, files.folder + "/sound", url],
            environment: [
                "SSL_CERT_FILE": files.authority, "PYTHONPATH": nil, "GOOGLE_API_KEY": nil,
                "GEMINI_API_KEY": nil, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
            ])
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(result.text, "STOP\nTrue\n1048576\n")
    }

    // MARK: The command line

    func test_readyLine_hasBothAddresses() throws {
        let files = try write()
        let (server, url) = try serve(files)
        XCTAssertTrue(server.line.hasSuffix(",\"tlsBaseURL\":\"\(url)\"}"), server.line)
        XCTAssertNotEqual(URL(string: url)?.port, server.port)
        XCTAssertNil(try serve([]).ready.tlsBaseURL)
        let words = try ChildProcess(
            ServerProcess.executable,
            ["serve", "--port", "0", "--tls-cert", files.certificate, "--tls-key", files.key])
        let line = try words.line()
        XCTAssertNotNil(
            line.wholeMatch(of: /.* listens on http:\/\/127.0.0.1:\d+ and https:\/\/127.0.0.1:\d+ \(.*/), line
        )
        words.send(signal: SIGTERM)
        XCTAssertEqual(try words.result().exitCode, 0)
        let taken = try ChildProcess.run(
            ServerProcess.executable,
            [
                "serve", "--port", "0", "--tls-cert", files.certificate, "--tls-key", files.key,
                "--tls-port", "\(server.port)",
            ])
        XCTAssertEqual(taken.exitCode, 69)
        XCTAssertTrue(taken.errors.contains(":\(server.port): another program does"), taken.errors)
    }

    func test_run_tellsTheAddress() throws {
        let files = try write()
        let run = [
            "run", "--tls-cert", files.certificate, "--tls-key", files.key, "--", "sh", "-c",
            "echo $GEMINI_MOCK_TLS_URL $GEMINI_MOCK_URL",
        ]
        let result = try ChildProcess.run(ServerProcess.executable, run)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertNotNil(
            result.text.wholeMatch(of: /https:\/\/127.0.0.1:\d+ http:\/\/127.0.0.1:\d+\n/), result.text)
        let plain = try ChildProcess.run(
            ServerProcess.executable, ["run", "--", "sh", "-c", "echo ${GEMINI_MOCK_TLS_URL-none}"],
            environment: ["GEMINI_MOCK_TLS_URL": "https://elsewhere"])
        XCTAssertEqual(plain.text, "none\n")
    }

    func test_badFiles_areNamed_inOneLine() throws {
        let (files, other) = (try write(), try write(.other))
        for (certificate, key, code, named) in [
            ("/no/such.pem", files.key, 66, "/no/such.pem"),
            (files.certificate, "/no/such.pem", 66, "/no/such.pem"),
            (files.key, files.key, 65, files.key), (files.certificate, files.authority, 65, files.authority),
            (files.certificate, other.key, 65, other.key),
        ] {
            for command in [["serve", "--port", "0"], ["run"]] {
                let end = command[0] == "run" ? ["--", "true"] : []
                let result = try ChildProcess.run(
                    ServerProcess.executable, command + ["--tls-cert", certificate, "--tls-key", key] + end)
                XCTAssertEqual(Int(result.exitCode), code, result.errors)
                XCTAssertTrue(result.errors.contains(named), result.errors)
                XCTAssertEqual(result.errors.filter(\.isNewline).count, 1, result.errors)
            }
        }
        for options in [["--tls-cert", files.certificate], ["--tls-key", files.key], ["--tls-port", "1"]] {
            let result = try ChildProcess.run(ServerProcess.executable, ["serve", "--port", "0"] + options)
            XCTAssertEqual(result.exitCode, 64, "\(options)")
        }
    }
}
