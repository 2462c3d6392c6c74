// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import TestSupport
import XCTest

/// `run`: a command with a server of its own.
final class RunCommandTests: XCTestCase {
    private func run(
        _ command: [String], _ options: [String] = [], environment: [String: String?] = [:]
    ) throws -> ChildProcess.Result {
        try ChildProcess.run(
            ServerProcess.executable, ["run"] + options + ["--"] + command,
            environment: RunCommandTests.clean.merging(environment) { _, new in new }, within: .seconds(60))
    }

    private func shell(
        _ script: String, _ options: [String] = [], environment: [String: String?] = [:]
    ) throws -> ChildProcess.Result {
        try run(["sh", "-c", script], options, environment: environment)
    }

    /// What may be set where the tests run.
    private static let clean: [String: String?] = Dictionary(
        uniqueKeysWithValues: [
            "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE",
            "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "PYTHONPATH",
        ].map { ($0, nil) })

    private func temporaryPath(_ end: String) -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path + end
        addTeardownBlock { try? FileManager.default.removeItem(atPath: path) }
        return path
    }

    private func file(_ text: String, _ end: String = ".yaml") throws -> String {
        let path = temporaryPath(end)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private static let scenario = """
        name: n
        stubs:
          - {name: greeting, required: true, when: {lastText: Hello}, replies: [{text: "Good day"}]}
          - {name: "<cut>", when: {lastText: Bye}, replies: [{text: y, faults: [{fault: sse-lf, times: 1}]}]}

        """

    /// A shell command that asks the model.
    private func ask(_ text: String, stream: Bool = false) throws -> String {
        try needsCurl()
        let method = stream ? "streamGenerateContent?alt=sse" : "generateContent"
        return #"curl -s "$GEMINI_MOCK_URL/v1beta/models/gemini-2.5-flash:\#(method)" "#
            + #"-H "x-goog-api-key: $GEMINI_API_KEY" -d '{"contents":[{"parts":[{"text":"\#(text)"}]}]}'"#
    }

    private func needsCurl() throws {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
    }

    // MARK: What the command gets

    func test_environment_pointsClientsAtTheServer() throws {
        let result = try shell(
            #"echo "$GOOGLE_GEMINI_BASE_URL $GEMINI_MOCK_URL"; echo "$GEMINI_API_KEY $GOOGLE_API_KEY"; "#
                + #"echo "$GOOGLE_GENAI_USE_VERTEXAI-$NO_PROXY-$UNTOUCHED""#,
            environment: ["GOOGLE_GENAI_USE_VERTEXAI": "1", "UNTOUCHED": "a=b"])
        XCTAssertEqual(result.exitCode, 0)
        XCTAssertEqual(result.errors, "", "quiet")
        let url = try XCTUnwrap(result.text.firstMatch(of: #/http://127\.0\.0\.1:\d+/#)?.output)
        XCTAssertEqual(result.text, "\(url) \(url)\nmade-up-key made-up-key\n--a=b\n")
    }

    func test_environment_keepsAGoodKey() throws {
        let keys = #"echo "$GEMINI_API_KEY $GOOGLE_API_KEY""#
        for (options, environment, key) in [
            ([], ["GEMINI_API_KEY": "mine"], "mine"),
            ([], ["GEMINI_API_KEY": "mine", "GOOGLE_API_KEY": "first"], "first"),
            ([], ["GEMINI_API_KEY": ""], "made-up-key"),
            (["--api-keys", "b,a"], ["GEMINI_API_KEY": "mine"], "a"),
            (["--api-keys", "b,a"], ["GEMINI_API_KEY": "b", "GOOGLE_API_KEY": "bad"], "b"),
            (["--api-keys", "b,a"], ["GEMINI_API_KEY": "scenario:n:1"], "scenario:n:1"),
        ] as [([String], [String: String?], String)] {
            XCTAssertEqual(try shell(keys, options, environment: environment).text, "\(key) \(key)\n")
        }
    }

    func test_environment_keepsClientsFromProxies() throws {
        let names = #"echo "$NO_PROXY $no_proxy""#
        XCTAssertEqual(
            try shell(names, environment: ["HTTP_PROXY": "http://proxy.example"]).text,
            "127.0.0.1 127.0.0.1\n")
        XCTAssertEqual(
            try shell(names, environment: ["all_proxy": "http://proxy.example", "NO_PROXY": "a,b"]).text,
            "a,b,127.0.0.1 a,b,127.0.0.1\n")
    }

    func test_standardStreams_andLimits_areUntouched() throws {
        let input = try file("tulip\nrose\n", ".txt")
        let result = try ChildProcess.run(
            "sh",
            [
                "-c", #""$0" run -- sh -c 'cat; echo error >&2; ulimit -n' <"$1"; ulimit -n"#,
                ServerProcess.executable, input,
            ])
        let lines = result.text.split(separator: "\n")
        XCTAssertEqual(lines.prefix(2), ["tulip", "rose"])
        XCTAssertEqual(lines.count, 4)
        XCTAssertEqual(lines.dropFirst(2).first, lines.last, "the limit of descriptors is as it was")
        XCTAssertEqual(result.errors, "error\n")
    }

    func test_arguments_areGivenAsTheyAre() throws {
        let result = try run(["printf", "%s|", "--help", "--", "a b", "--strict", ""])
        XCTAssertEqual(result.text, "--help|--|a b|--strict||")
    }

    // MARK: How it ends

    func test_exitCode_isTheCommandsOwn() throws {
        for code in [0, 1, 3, 255] { XCTAssertEqual(try shell("exit \(code)").exitCode, Int32(code)) }
        for signal in [SIGKILL, SIGTERM, SIGSEGV] {
            let result = try shell("ulimit -c 0; kill -\(signal) $$")
            XCTAssertEqual(result.exitCode, 128 + signal)
            XCTAssertEqual(result.errors, "")
        }
    }

    func test_exitCode_is127or126_whenTheCommandCantBeRun() throws {
        let missing = try run(["no-such-program"])
        XCTAssertEqual(missing.exitCode, 127)
        XCTAssertEqual(missing.errors, "gemini-mock: can't run no-such-program: No such file or directory\n")
        XCTAssertEqual(missing.text, "")
        let file = try file("echo hello\n", ".txt")
        let plain = try run([file])
        XCTAssertEqual(plain.exitCode, 126)
        XCTAssertEqual(plain.errors, "gemini-mock: can't run \(file): Permission denied\n")
    }

    func test_nothingIsRun_whenTheServerCantStart() throws {
        let bad = try file("name: n\nstubs: [{name: s, replies: [{txt: x}]}]\n")
        for (options, code) in [
            (["--scenario", bad], 65), (["--api-keys", "@/nowhere/keys"], 66),
            (["--data-dir", "/dev/null/folder"], 69), (["--strict"], 64), (["--port", "1"], 64),
        ] as [([String], Int32)] {
            let result = try shell("echo hello", options)
            XCTAssertEqual(result.exitCode, code, "\(options): \(result.errors)")
            XCTAssertEqual(result.text, "", "\(options)")
            XCTAssertFalse(result.errors.isEmpty)
        }
        XCTAssertEqual(try ChildProcess.run(ServerProcess.executable, ["run"]).exitCode, 64)
        XCTAssertEqual(try ChildProcess.run(ServerProcess.executable, ["run", "--"]).exitCode, 64)
    }

    func test_signals_arePassedOn() throws {
        for (name, signal) in [
            ("INT", SIGINT), ("TERM", SIGTERM), ("HUP", SIGHUP), ("QUIT", SIGQUIT), ("USR1", SIGUSR1),
        ] {
            // The shell waits in `read`, which a trap interrupts; nobody ever writes.
            let script =
                "trap 'echo caught \(name); exit 7' \(name); exec 3<>\"$0\"; echo ready; while :; do read x <&3; done"
            let pipe = temporaryPath(".pipe")
            XCTAssertEqual(mkfifo(pipe, 0o600), 0)
            let process = try ChildProcess(
                ServerProcess.executable, ["run", "--", "sh", "-c", script, pipe])
            XCTAssertEqual(try process.line(), "ready")
            process.send(signal: signal)
            let result = try process.result(within: .seconds(30))
            XCTAssertEqual(result.text, "caught \(name)\n")
            XCTAssertEqual(result.exitCode, 7, name)
            XCTAssertEqual(result.errors, "")
        }
    }

    /// A key pressed at a terminal reaches both programs; the command isn't to get it a second time.
    func test_interrupt_ofATerminal_reachesTheCommandOnce() throws {
        guard ChildProcess.find("python3") != nil else {
            throw RequiredClient.isMissing("there is no python3")
        }
        let command = """
            import os, signal
            count = 0
            def interrupted(*_):
                global count
                count += 1
                print("interrupted", flush=True)
            def asked(*_):
                print(f"count={count}.", flush=True)
                os._exit(5)
            signal.signal(signal.SIGINT, interrupted)
            signal.signal(signal.SIGUSR1, asked)
            print("ready", flush=True)
            while True: signal.pause()
            """
        // What is passed on is so in the order of the signals' numbers: SIGUSR1 behind a second SIGINT.
        let terminal = """
            import os, pty, signal, sys
            program, command = sys.argv[1:]
            pid, terminal = pty.fork()
            if pid == 0: os.execv(program, [program, "run", "--", "python3", "-c", command])
            said = b""
            def until(word):
                global said
                while word not in said: said += os.read(terminal, 4096)
            until(b"ready")
            # Two at once would count as one: the program is to go on only when the command has seen the first.
            os.kill(pid, signal.SIGSTOP)
            os.waitpid(pid, os.WUNTRACED)
            os.write(terminal, b"\\x03")
            until(b"interrupted")
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, signal.SIGUSR1)
            until(b".")
            print(said.decode().split("count=")[1].split(".")[0])
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        let result = try ChildProcess.run(
            "python3", ["-c", terminal, ServerProcess.executable, command], within: .seconds(60))
        XCTAssertEqual(result.text, "1\n5\n", result.errors)
    }

    func test_signals_endACommandThatDoesntCatchThem() throws {
        let process = try ChildProcess(
            ServerProcess.executable, ["run", "--", "sh", "-c", "echo $$; exec sleep 600"])
        let pid = try XCTUnwrap(Int32(try process.line()))
        process.send(signal: SIGTERM)
        XCTAssertEqual(try process.result(within: .seconds(30)).exitCode, 128 + SIGTERM)
        XCTAssertEqual(kill(pid, 0), -1, "it is gone")
    }

    // MARK: What went wrong

    func test_nothingIsPrinted_whenAllIsWell() throws {
        let scenario = try file(RunCommandTests.scenario)
        let report = temporaryPath(".xml")
        let result = try shell(
            "\(try ask("Hello")); \(try ask("Bye", stream: true))",
            ["--scenario", scenario, "--junit", report])
        XCTAssertEqual(result.exitCode, 0)
        XCTAssertTrue(result.text.contains("Good day"), result.text)
        XCTAssertEqual(result.errors, "")
        XCTAssertEqual(
            try String(contentsOfFile: report, encoding: .utf8),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="gemini-mock" tests="4" failures="0" errors="0" skipped="0">
                <testcase classname="gemini-mock" name="unmatched requests"/>
                <testcase classname="gemini-mock" name="required stubs"/>
                <testcase classname="gemini-mock" name="faults"/>
                <testcase classname="gemini-mock" name="recorded exchanges"/>
              </testsuite>
            </testsuites>

            """)
    }

    func test_whatWentWrong_isToldAndReported() throws {
        let scenario = try file(RunCommandTests.scenario)
        let report = temporaryPath(".xml")
        let result = try shell(
            "\(try ask("a \\u0007<&>")) >/dev/null", ["--scenario", scenario, "--junit", report])
        XCTAssertEqual(result.exitCode, 70)
        let lines = result.errors.split(separator: "\n").map { String($0) }
        XCTAssertEqual(lines.count, 3, result.errors)
        let request =
            "POST /v1beta/models/gemini-2.5-flash:generateContent; the nearest is “greeting” (\(scenario):3): "
        XCTAssertTrue(
            lines.first?.hasPrefix("gemini-mock: matched no stub: \(request)") ?? false, result.errors)
        XCTAssertEqual(
            lines.dropFirst(),
            [
                "gemini-mock: never used, though required: “greeting” (\(scenario):3)",
                "gemini-mock: never struck: sse-lf of “<cut>” (\(scenario):4)",
            ])
        let text = try String(contentsOfFile: report, encoding: .utf8)
        let miss = try XCTUnwrap(text.firstMatch(of: /3\): (✗.*)<\/failure>/)?.output.1)
        XCTAssertTrue(miss.hasSuffix("&lt;&amp;&gt;”"), text)
        XCTAssertEqual(
            text,
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="gemini-mock" tests="4" failures="3" errors="0" skipped="0">
                <testcase classname="gemini-mock" name="unmatched requests">
                  <failure message="1 matched no stub">\(request)\(miss)</failure>
                </testcase>
                <testcase classname="gemini-mock" name="required stubs">
                  <failure message="1 never used, though required">“greeting” (\(scenario):3)</failure>
                </testcase>
                <testcase classname="gemini-mock" name="faults">
                  <failure message="1 never struck">sse-lf of “&lt;cut&gt;” (\(scenario):4)</failure>
                </testcase>
                <testcase classname="gemini-mock" name="recorded exchanges"/>
              </testsuite>
            </testsuites>

            """)
        XCTAssertFalse(text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        let folder = URL(fileURLWithPath: report).deletingLastPathComponent().path
        let name = URL(fileURLWithPath: report).lastPathComponent
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(name) }
        XCTAssertEqual(left, [name], "no part of a report is left")
    }

    func test_whatWentWrong_isTold_butTheCommandsExitCodeCounts() throws {
        let result = try shell("exit 3", ["--scenario", try file(RunCommandTests.scenario)])
        XCTAssertEqual(result.exitCode, 3)
        XCTAssertTrue(result.errors.contains("never used, though required: “greeting”"), result.errors)
    }

    func test_onlyTheFirstOfMany_areTold() throws {
        try needsCurl()
        let stub = "name: n\nstubs: [{name: s, when: {lastText: never}, replies: [{text: x}]}]\n"
        let result = try shell(
            "for page in 1 2 3 4 5 6 7 8; do "
                + #"curl -s "$GEMINI_MOCK_URL/v1beta/models?pageSize=$page&key=made-up-secret" >/dev/null; done"#,
            ["--scenario", try file(stub), "--strict"])
        XCTAssertEqual(result.exitCode, 70)
        let lines = result.errors.split(separator: "\n")
        XCTAssertEqual(lines.count, 6, result.errors)
        XCTAssertEqual(lines.last, "gemini-mock: matched no stub: 3 more")
        XCTAssertTrue(lines.first?.contains("?pageSize=1&key=REDACTED;") ?? false, result.errors)
        XCTAssertFalse(result.errors.contains("made-up-secret"))
    }

    func test_recordings_areReplayed_andWhatIsUnusedIsTold() throws {
        let exchanges = ["Hello", "Bye"].map { text in
            RecordedExchange(
                request: RecordedRequest(
                    method: "POST", target: "/v1beta/models/gemini-2.5-flash:generateContent",
                    body: RecordedBody(Array(#"{"contents": [{"parts": [{"text": "\#(text)"}]}]}"#.utf8))),
                answer: RecordedAnswer(status: 200, body: RecordedBody(Array("to \(text)".utf8))))
        }
        let path = temporaryPath("")
        try RecordingFolder(path).write(Recording(name: "greeting", exchanges: exchanges))
        let some = try shell(try ask("Hello"), ["--recording", path, "--strict"])
        XCTAssertEqual(some.text, "to Hello")
        XCTAssertEqual(some.exitCode, 70)
        XCTAssertEqual(
            some.errors,
            "gemini-mock: recorded, but never used: POST /v1beta/models/gemini-2.5-flash:generateContent "
                + "(recording greeting, exchange 2)\n")
        let allowed = try shell(try ask("Bye"), ["--recording", path, "--strict", "--allow-unused"])
        XCTAssertEqual([allowed.text, allowed.errors], ["to Bye", ""])
        XCTAssertEqual(allowed.exitCode, 0)
        let miss = try shell(try ask("Other"), ["--recording", path, "--strict", "--allow-unused"])
        XCTAssertEqual(miss.exitCode, 70)
        XCTAssertTrue(miss.text.contains("NO_RECORDING_MATCHES"), miss.text)
        XCTAssertEqual(try shell("true", ["--recording", "\(path)/nowhere"]).exitCode, 65)
        XCTAssertEqual(try shell("true", ["--replay-speed", "1"]).exitCode, 64)
        XCTAssertEqual(try shell("true", ["--recording", path, "--replay-speed", "-1"]).exitCode, 64)
    }

    func test_exitCode_is73_whenOnlyTheReportCantBeWritten() throws {
        for (code, expected) in [(0, 73), (3, 3)] as [(Int, Int32)] {
            let result = try shell("exit \(code)", ["--junit", "/nowhere/report.xml"])
            XCTAssertEqual(result.exitCode, expected)
            XCTAssertEqual(
                result.errors, "gemini-mock: can't write /nowhere/report.xml: No such file or directory\n")
        }
    }

    // MARK: A client

    func test_googleGenAI_findsTheServer() throws {
        let python = try PythonEnvironment().interpreter
        let program = """
            from google import genai
            client = genai.Client()
            print(client.models.generate_content(model='gemini-2.5-flash', contents='Hello').text)
            """
        let stub =
            "name: n\nstubs: [{name: s, required: true, when: {lastText: Hello}, replies: [{text: Good day}]}]\n"
        let result = try run([python, "-c", program], ["--scenario", try file(stub), "--strict"])
        XCTAssertEqual(result.text, "Good day\n", result.errors)
        XCTAssertEqual(result.exitCode, 0, result.errors)
    }

    // MARK: Help

    func test_help_tellsExitCodes() throws {
        let help = try ChildProcess.run(ServerProcess.executable, ["run", "--help"])
        XCTAssertEqual(help.exitCode, 0)
        let exitCodes = ["128", "127", "126", "70", "73", "64", "65", "66", "69"]
        let options = [
            "--scenario", "--library", "--recording", "--replay-speed", "--allow-unused", "--strict",

            "--seed", "--api-keys", "--model", "--models-only", "--admin-key", "--no-admin", "--journal",
            "--max-request-bytes", "--max-file-bytes", "--data-dir", "--validation", "--check-deadlines",
            "--stream-interval", "--gzip", "--junit", "--log-level", "--intercept", "--tls", "--tls-cert",
            "--tls-key",
            "--tls-name",
            "--tls-port", "--max-connections", "--max-tenant-requests",
        ]
        for word in exitCodes + options + [
            "GEMINI_MOCK_URL", "GEMINI_MOCK_TLS_URL", "GOOGLE_GEMINI_BASE_URL",
        ] {
            XCTAssertTrue(help.text.contains(word), "no \(word)")
        }
        let told = help.text.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.output.1) }
        XCTAssertEqual(told.sorted(), (options + ["--version"]).sorted(), "a new option? add it here")
    }
}
