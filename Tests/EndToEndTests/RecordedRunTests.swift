// SPDX-License-Identifier: Apache-2.0

import Foundation
import RecordReplay
import TestSupport
import XCTest

/// A real client's whole run, recorded before a second server over TLS, and replayed with that one gone.
final class RecordedRunTests: ServerTestCase {
    private static let parts = [
        "upload", "generate", "stream", "count", "turns_stream", "turns_background", "error",
    ]
    private static let size = 20 << 20

    private var files = (folder: "", authority: "", certificate: "", key: "")
    private var folder: String { files.folder + "/recording" }
    private var sound: String { files.folder + "/sound.wav" }

    override func setUpWithError() throws {
        files = try TestCertificate.shared.write()
        var state: UInt64 = 7
        let bytes = (0..<RecordedRunTests.size / 8).map { _ -> UInt64 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
        try bytes.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: sound))
    }

    override func tearDownWithError() throws {
        try super.tearDownWithError()
        try FileManager.default.removeItem(atPath: files.folder)
    }

    /// What each part of the run has got: of the wire, and made of it.
    private func run(_ python: PythonEnvironment, _ url: String, _ arguments: [String] = []) throws -> (
        wire: [String], parsed: [String]
    ) {
        let result = try python.run("recorded_run.py", [url, sound] + arguments)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        let lines = result.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        XCTAssertEqual(lines.map { $0.first }, RecordedRunTests.parts)
        guard lines.allSatisfy({ $0.count == 3 }) else { throw ChildProcess.Failure(result.text) }
        return (lines.map { $0[1] }, lines.map { $0[2] })
    }

    private func record(_ python: PythonEnvironment) throws -> (wire: [String], parsed: [String]) {
        let upstream = try serve([
            "--tls-cert", files.certificate, "--tls-key", files.key, "--gzip", "--stream-interval", "20",
        ])
        let recorder = try ChildProcess(
            ServerProcess.executable,
            [
                "record", "--upstream", try XCTUnwrap(upstream.ready.tlsBaseURL), "--upstream-ca",
                files.authority, "--to", folder, "--port", "0", "--json",
            ], environment: RecordTests.withoutProxies)
        let ready = try JSONDecoder().decode(ServerProcess.Ready.self, from: Data(recorder.line().utf8))
        let seen = try run(python, ready.baseURL, ["--advance", upstream.baseURL + "/__admin/clock"])
        recorder.send(signal: SIGTERM)
        let result = try recorder.result(within: .seconds(30))
        XCTAssertEqual(result.exitCode, 0, result.errors)
        try upstream.stop()
        for command in ["scan", "lint"] {
            let checked = try ChildProcess.run(ServerProcess.executable, [command, folder])
            XCTAssertEqual(checked.exitCode, 0, checked.text)
        }
        return seen
    }

    func test_googleGenAI_isReplayed_toItself_toAnotherVersion_andToCurl() throws {
        let python = try PythonEnvironment()
        let other = try PythonEnvironment("2.34.0")
        let seen = try record(python)
        let replay = try serve(["--recording", folder, "--strict"])
        let again = try run(python, replay.baseURL)
        XCTAssertEqual(again.wire, seen.wire)
        XCTAssertEqual(again.parsed, seen.parsed)
        try reset(replay)
        // What it makes of the same bytes is its own.
        XCTAssertEqual(try run(other, replay.baseURL).wire, seen.wire)
        try reset(replay)
        let recording = try RecordingFolder(folder).read()
        try checkCurl(replay, recording)
        try checkTimes(recording)
    }

    private func reset(_ server: ServerProcess) throws {
        XCTAssertEqual(try server.exchange("POST", "/__admin/reset/state").status, 204)
    }

    // MARK: curl

    private func curl(_ arguments: [String]) throws -> [UInt8] {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let usual = ["--disable", "-sS", "--raw", "--noproxy", "*", "--max-time", "60"]
        let result = try ChildProcess.run("curl", usual + ["-H", "x-goog-api-key: made-up-key"] + arguments)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        return result.output
    }

    /// The same requests in other words: fewer fields, one piece, snake_case, other white space.
    private func checkCurl(_ server: ServerProcess, _ recording: Recording) throws {
        func recorded(_ isMeant: (RecordedExchange) -> Bool) throws -> [UInt8] {
            try XCTUnwrap(recording.exchanges.first(where: isMeant)?.answer.body.bytes)
        }
        func answer(_ target: String, _ body: String) throws -> [UInt8] {
            // A coded body comes as it is: what wasn't asked to be decoded isn't.
            try curl(["-H", "Accept-Encoding: gzip", "--no-buffer", "-d", body, server.baseURL + target])
        }
        func unchunked(_ bytes: [UInt8]) -> [UInt8] {
            var (body, rest) = ([UInt8](), bytes[...])
            while let end = rest.firstIndex(of: 0x0D),
                let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0
            {
                body += rest.dropFirst(end + 2 - rest.startIndex).prefix(count)
                rest = rest.dropFirst(end + 2 - rest.startIndex + count + 2)
            }
            return body
        }

        let started = try curl([
            "-D", "-", "-o", "/dev/null", "-H", "X-Goog-Upload-Protocol: resumable", "-H",
            "X-Goog-Upload-Command: start", "-H",
            "X-Goog-Upload-Header-Content-Length: \(RecordedRunTests.size)", "-H",
            "X-Goog-Upload-Header-Content-Type: audio/wav", "-d",
            #"{"file": {"mime_type": "audio/wav", "display_name": "A long one", "size_bytes": \#(RecordedRunTests.size)}}"#,
            server.baseURL + "/upload/v1beta/files",
        ])
        let head = String(decoding: started, as: UTF8.self)
        let line = try XCTUnwrap(
            head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("x-goog-upload-url: ") },
            head)
        let finished = try curl([
            "-H", "Accept-Encoding: gzip", "-H", "X-Goog-Upload-Offset: 0", "-H",
            "X-Goog-Upload-Command: upload, finalize", "--data-binary", "@\(sound)",
            String(line.dropFirst("x-goog-upload-url: ".count)),
        ])
        let isUpload: (RecordedExchange) -> Bool = {
            $0.request.target.hasPrefix("/upload/") && $0.answer.body.length > 0
        }
        XCTAssertTrue(finished == (try recorded(isUpload)), "the upload's answer is another one")

        let name = try XCTUnwrap(
            recording.exchanges.first { $0.request.target.hasPrefix("/v1/files/") }?.request.target)
        let uri = "https://generativelanguage.googleapis.com\(name)"
        // Recorded for v1, asked of v1beta.
        let flash = "/models/gemini-2.5-flash"
        let generate = """
            {"contents": [{"role": "user", "parts": [
              {"file_data": {"mime_type": "audio/wav", "file_uri": "\(uri)"}}, {"text": "What is to be heard?"}]}]}
            """
        XCTAssertTrue(
            try answer("/v1beta\(flash):generateContent", generate)
                == recorded { $0.request.target == "/v1\(flash):generateContent" }, "another answer")
        let count = #"{"contents": [{"role": "user", "parts": [{"text": "How many are these?"}]}]}"#
        XCTAssertTrue(
            try answer("/v1beta\(flash):countTokens", count)
                == recorded { $0.request.target == "/v1\(flash):countTokens" }, "another count")
        let sea = "Tell me something about the sea, please, in many words."
        XCTAssertTrue(
            try unchunked(
                answer(
                    RecordedRunTests.stream,
                    #"{"contents": [{"role": "user", "parts": [{"text": "\#(sea)"}]}]}"#))
                == recorded { $0.request.target == RecordedRunTests.stream }, "another stream")
        let hello = #"{"stream": true, "input": "Hello there", "model": "gemini-3.5-flash"}"#
        XCTAssertTrue(
            try unchunked(answer("/v1beta/interactions", hello))
                == recorded { $0.request.target == "/v1/interactions" }, "another turn")
    }

    // MARK: Times

    private static let stream = "/v1/models/gemini-3.5-flash:streamGenerateContent?alt=sse"

    /// With speed 1 each write comes when it came, by the server's clock, to the microsecond.
    private func checkTimes(_ recording: Recording) throws {
        let exchange = try XCTUnwrap(
            recording.exchanges.first { $0.request.target == RecordedRunTests.stream })
        XCTAssertGreaterThan(exchange.answer.writes.count, 2, "\(exchange.answer.writes)")
        let server = try serve(["--recording", folder, "--strict", "--replay-speed", "1"])
        try move(server, #"{"freeze": true}"#)
        let client = try XCTUnwrap(RawClient(port: server.port))
        let body = try XCTUnwrap(exchange.request.body.bytes)
        client.send(
            "POST \(RecordedRunTests.stream) HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\nAccept-Encoding: gzip\r\n"
                + "Content-Length: \(body.count)\r\n\r\n")
        client.send(body)
        var now = 0
        for (number, write) in exchange.answer.writes.enumerated() {
            // What comes at once is waited for by nobody.
            if write.at > now {
                let gap = write.at - now
                XCTAssertTrue(eventually { (try? waiting(server)) == 1 }, "nothing waits for \(write)")
                if gap > 1 {
                    try advance(server, microseconds: gap - 1)
                    XCTAssertEqual(try waiting(server), 1, "\(write) came too early")
                }
                try advance(server, microseconds: 1)
                now = write.at
            }
            if number == 0 { _ = try client.receive(upTo: "\r\n\r\n") }
            var left = String(write.count, radix: 16).utf8.count + write.count + 4
            while left > 0 { left -= try client.receive(atMost: left).count }
        }
        try move(server, #"{"resume": true}"#)
    }

    private func advance(_ server: ServerProcess, microseconds: Int) throws {
        let fraction = String(1000 + microseconds % 1000).dropFirst()
        try move(server, #"{"advance": "\#(microseconds / 1000).\#(fraction)ms"}"#)
    }

    private func move(_ server: ServerProcess, _ body: String) throws {
        XCTAssertEqual(try server.exchange("POST", "/__admin/clock", body: body).status, 200, body)
    }

    private func waiting(_ server: ServerProcess) throws -> Int {
        struct Clock: Decodable { let waiting: Int }
        let answer = try server.exchange("GET", "/__admin/clock")
        return try JSONDecoder().decode(Clock.self, from: Data(answer.body)).waiting
    }
}
