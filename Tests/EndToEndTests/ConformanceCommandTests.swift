// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `gemini-mock conformance`, as people and CI run it.
final class ConformanceCommandTests: XCTestCase {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

    private func run(_ arguments: [String], environment: [String: String?] = [:]) throws
        -> ChildProcess.Result
    {
        try ChildProcess.run(
            ServerProcess.executable, ["conformance"] + arguments, environment: environment,
            within: .seconds(120))
    }

    /// Built beside the program.
    private var reference: String {
        URL(fileURLWithPath: ServerProcess.executable).deletingLastPathComponent()
            .appendingPathComponent("reference-client").path
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    func test_list_hasALineForEachCase_theIDFirst() throws {
        let result = try run(["list", "--case", "SSE-0[12]", "--case", "SSE-01"])
        XCTAssertEqual(result.exitCode, 64)
        XCTAssertEqual(result.errors, "gemini-mock: no case is called SSE-0[12]\n")
        let some = try run(["list", "--case", "SSE-01", "--case", "ERR-01"])
        XCTAssertEqual(
            some.text,
            """
            SSE-01  MUST  Lines that end with CRLF, as the service sends them, are read
            ERR-01  MUST  A 429 with a RetryInfo is sent again once, and not before its time

            """)
        let core = try run(["list", "--set", "core-2026.11"])
        XCTAssertGreaterThan(core.text.split(separator: "\n").count, 50)
        XCTAssertEqual(try run(["list", "--suite", "SSL"]).exitCode, 64)
    }

    func test_aCommandAndAWorker_passAlike() throws {
        for way in [[], ["--worker"]] {
            let result = try run(["run", "--suite", "REQ"] + way + ["--", reference])
            XCTAssertEqual(result.exitCode, 0, result.text + result.errors)
            XCTAssertTrue(result.text.contains("pass           REQ-01  MUST"), result.text)
            XCTAssertTrue(result.text.contains("\nMUST: "), result.text)
        }
    }

    func test_aFailureIsTold_andKnownOnes_areNone() throws {
        let flaw = ["REFERENCE_CLIENT_FLAWS": "commentHidesData"] as [String: String?]
        let json = folder.appendingPathComponent("after.json").path
        let arguments = ["run", "--case", "SSE-08", "--case", "SSE-09", "--json", json]
        let failed = try run(arguments + ["--", reference], environment: flaw)
        XCTAssertEqual(failed.exitCode, 1)
        XCTAssertTrue(
            failed.text.contains("  ✗ text (MUST)\n    expected: /text of the result is “One two three.”"))
        XCTAssertTrue(failed.text.contains(": keep-alive␍␊"), failed.text)
        XCTAssertTrue(failed.text.hasSuffix("2 cases: 1 pass, 1 fail\nMUST: 1 of 2 (50 %)\n"), failed.text)

        let known = try file("known.yaml", "failures: [{case: SSE-09, reason: drops what has a comment}]")
        let client = try file(
            "client.yaml",
            "name: mine\nversion: '2'\ncommand: [\(reference)]\nworker: true\nknownFailures: known.yaml\n")
        let before = folder.appendingPathComponent("before.json").path
        let pardoned = try run(
            ["run", "--case", "SSE-0[89]".replacingOccurrences(of: "[89]", with: "?"), "--client", client],
            environment: flaw)
        XCTAssertEqual(pardoned.exitCode, 0, pardoned.text)
        XCTAssertTrue(pardoned.text.contains("SSE-09  MUST  ") && pardoned.text.contains("(known)"))
        let stale = try run(
            [
                "run", "--case", "SSE-08", "--case", "SSE-09", "--json", before, "--known-failures", known,
                "--", reference,
            ])
        XCTAssertEqual(stale.exitCode, 1)
        XCTAssertTrue(
            stale.text.contains("SSE-09 is in the known failures (drops what has a comment) and doesn’t fail")
        )

        let worse = try run(["compare", before, json])
        XCTAssertEqual(worse.exitCode, 1)
        XCTAssertEqual(
            worse.text,
            "SSE-09  pass → fail  A comment in front of an event’s data doesn’t hide the data; fails now: text\n"
        )
        XCTAssertEqual(try run(["compare", json, before]).exitCode, 0)
        XCTAssertEqual(try run(["compare", json, known]).exitCode, 65)
        XCTAssertEqual(try run(["compare", json, "/no/such/file"]).exitCode, 66)
    }

    func test_mistakesInFiles_areToldWithTheirPlaces() throws {
        let suite = try file("suite.yaml", "suite: ABC\ntitle: t\ncases: [{id: ABC-01}]\n")
        let result = try run(["list", "--suite-file", suite])
        XCTAssertEqual(result.exitCode, 65)
        XCTAssertTrue(result.errors.hasPrefix("\(suite):3:9: a case needs “title”\n"), result.errors)
        let known = try file("known.yaml", "failurs: []")
        let wrong = try run(["run", "--known-failures", known, "--", "true"])
        XCTAssertEqual(wrong.exitCode, 65)
        XCTAssertEqual(
            wrong.errors, "\(known):1:1: known failures has no “failurs” (did you mean failures?)\n")
        let none = try run(["run", "--client", "/no/such/file"])
        XCTAssertEqual(none.exitCode, 66)
        XCTAssertEqual(
            none.errors, "gemini-mock: can't read /no/such/file: No such file or directory\n")
        XCTAssertEqual(try run(["run"]).exitCode, 64)
        let patience = try run(["run", "--patience", "0", "--", "true"])
        XCTAssertEqual(patience.exitCode, 64)
        XCTAssertTrue(
            patience.errors.contains(
                "The value '0' is invalid for '--patience <patience>': a number over 0, at most 1000"),
            patience.errors)
    }

    /// What the server is to do is read when it is started; with an address of its own in it, when that is known.
    func test_mistakesInACasesServer_areThoseOfItsFile() throws {
        for (name, reply) in [("plain", "{textt: a}"), ("late", "{textt: '{{otherBase}}'}")] {
            let suite = try file(
                "\(name).yaml",
                """
                suite: ABC
                title: t
                cases:
                  - id: ABC-01
                    title: t
                    severity: MUST
                    source: s
                    server: {stubs: [{name: n, when: {}, replies: [\(reply)]}]}
                    task: [{do: generate, text: a}]
                    checks: [{name: a, requests: 1}]

                """)
            for command in [["run", "--", "true"], ["serve", "--port", "0"]] {
                let result = try run(
                    [command[0], "--suite-file", suite, "--suite", "ABC"] + command.dropFirst())
                XCTAssertEqual(result.exitCode, 65, name)
                XCTAssertTrue(
                    result.errors.contains("\(suite):8:53: a reply has no “textt” (did you mean text?)\n"),
                    "\(name): \(result.errors)")
            }
        }
    }

    func test_whatAClientLacks_isKnown() throws {
        let result = try run(["run", "--lacks", "uploads", "--", "true"])
        XCTAssertEqual(result.exitCode, 64)
        XCTAssertTrue(
            result.errors.hasPrefix("gemini-mock: --lacks: “uploads” is none of generate, stream, "),
            result.errors)
        XCTAssertTrue(result.errors.hasSuffix("(did you mean upload?)\n"), result.errors)
    }

    /// Nobody writes to the pipe: who opens it as a file waits for ever.
    func test_whatIsNoFileIsRefused() throws {
        let pipe = folder.appendingPathComponent("pipe").path
        XCTAssertEqual(mkfifo(pipe, 0o600), 0)
        let commands = [
            ["report", pipe], ["compare", pipe, pipe], ["run", "--client", pipe],
            ["list", "--suite-file", pipe], ["run", "--known-failures", pipe, "--", "true"],
        ]
        for command in commands {
            let result = try run(command)
            XCTAssertEqual(result.exitCode, 66, "\(command)")
            XCTAssertEqual(result.errors, "gemini-mock: can't read \(pipe): it is no regular file\n")
        }
    }

    func test_aClientThatCannotBeStarted_isNoVerdictOnIt() throws {
        let result = try run(["run", "--case", "SSE-01", "--", "no-such-program"])
        XCTAssertEqual(result.exitCode, 1)
        XCTAssertTrue(result.text.hasPrefix("harness error  SSE-01"), result.text)
        XCTAssertTrue(result.text.contains("can't run no-such-program: No such file or directory"))
    }

    /// Ctrl-C reaches the judge alone: it ends its clients, and takes their files away.
    func test_anInterruptedRun_leavesNothingBehind() throws {
        let note = folder.appendingPathComponent("note").path
        let script = "echo $$ $GEMINI_MOCK_OUT > \(note).new; mv \(note).new \(note); sleep 1000 & wait"
        let judge = try ChildProcess(
            ServerProcess.executable,
            ["conformance", "run", "--case", "SSE-01", "--", "/bin/sh", "-c", script])
        let deadline = ContinuousClock.now + .seconds(60)
        while !FileManager.default.fileExists(atPath: note), ContinuousClock.now < deadline { usleep(5000) }
        let words = try String(contentsOfFile: note, encoding: .utf8).split(whereSeparator: \.isWhitespace)
        let group = try XCTUnwrap(words.first.flatMap { pid_t($0) })
        judge.send(signal: SIGINT)
        XCTAssertEqual(try judge.result().exitCode, 130)
        // Those that were killed are there until somebody has seen it.
        while isAlive(group), ContinuousClock.now < deadline { usleep(5000) }
        XCTAssertFalse(isAlive(group))
        let caseFolder = URL(fileURLWithPath: String(try XCTUnwrap(words.last))).deletingLastPathComponent()
            .path
        XCTAssertFalse(FileManager.default.fileExists(atPath: caseFolder))
    }

    private func isAlive(_ pid: pid_t) -> Bool {
        guard kill(pid, 0) == 0 else { return false }
        let status = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        return !status.contains(") Z ")
    }

    func test_serve_judgesWhatIsSent() throws {
        let server = try ChildProcess(
            ServerProcess.executable, ["conformance", "serve", "--port", "0", "--case", "REQ-0[67]"])
        XCTAssertEqual(try server.result().exitCode, 64)
        let right = try ChildProcess(
            ServerProcess.executable,
            ["conformance", "serve", "--port", "0", "--case", "REQ-06", "--case", "JSN-14"])
        let line = try right.line()
        let url = try XCTUnwrap(line.split(separator: " ").first)
        XCTAssertTrue(url.hasSuffix("/t/JSN-14"), line)
        XCTAssertEqual(try right.line(), "  count_tokens, model “gemini-3.5-flash”, text “How long is this?”")
        let asked = try ChildProcess.run(
            "curl",
            [
                "-sS", "-H", "x-goog-api-key: any", "-H", "Content-Type: application/json", "-d",
                #"{"contents":[{"parts":[{"text":"How long is this?"}]}]}"#,
                "\(url)/v1beta/models/gemini-3.5-flash:countTokens",
            ])
        XCTAssertTrue(asked.text.contains("31"), asked.text + asked.errors)
        right.send(signal: SIGINT)
        let result = try right.result()
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertTrue(result.text.hasSuffix("2 cases: 2 not observed\n"), result.text)
    }

    /// The README's adapter, as it stands there, with a client of twenty lines.
    func test_theReadmesAdapter_works() throws {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(
            contentsOf: repository.appendingPathComponent("Tests/Clients/README.md"), encoding: .utf8)
        let section = try XCTUnwrap(readme.range(of: "## In five minutes"))
        let start = try XCTUnwrap(
            readme.range(of: "```python\n", range: section.upperBound..<readme.endIndex))
        let end = try XCTUnwrap(readme.range(of: "```", range: start.upperBound..<readme.endIndex))
        let adapter = String(readme[start.upperBound..<end.lowerBound])
        XCTAssertLessThan(adapter.split(separator: "\n").count, 40)
        _ = try file("my_client.py", ConformanceCommandTests.client)
        let path = try file("my_adapter.py", adapter)
        let result = try run(
            ["run", "--case", "SSE-01", "--case", "SSE-29", "--case", "REQ-01", "--", "python3", path])
        XCTAssertEqual(result.exitCode, 0, result.text)
        XCTAssertTrue(result.text.contains("2 pass, 1 unsupported"), result.text)
    }

    private static let client = """
        import json, os, urllib.error, urllib.request

        class Error(Exception):
            pass

        class Chunk:
            pass

        def stream(model, text):
            url = os.environ["GEMINI_BASE_URL"] + f"/v1beta/models/{model}:streamGenerateContent?alt=sse"
            body = json.dumps({"contents": [{"parts": [{"text": text}]}]}).encode()
            fields = {"x-goog-api-key": os.environ["GEMINI_API_KEY"], "Content-Type": "application/json"}
            try:
                answer = urllib.request.urlopen(urllib.request.Request(url, body, fields))
            except urllib.error.HTTPError as failure:
                told = json.load(failure)["error"]
                error = Error(told["message"])
                error.code, error.status = told["code"], told["status"]
                raise error
            for line in answer:
                if line.startswith(b"data: "):
                    candidate = json.loads(line[6:])["candidates"][0]
                    chunk = Chunk()
                    chunk.text = candidate["content"]["parts"][0]["text"]
                    chunk.finish_reason = candidate.get("finishReason")
                    yield chunk
        """
}
