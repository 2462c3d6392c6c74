// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What people and scripts see of the program: lines, exit codes, options.
final class CommandLineTests: ServerTestCase {
    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"
    private static let hello = #"{"contents":[{"parts":[{"text":"Hello"}]}]}"#

    private func run(_ arguments: String...) throws -> ChildProcess.Result {
        try ChildProcess.run(ServerProcess.executable, arguments)
    }

    // MARK: What it is told

    /// A shell's variable that isn't set must not become the folder at the root.
    func test_emptyArguments_areRefused() throws {
        for (arguments, words) in [
            (["lint", ""], "An argument is empty"), (["redact", "x", ""], "An argument is empty"),
            (["record", "--upstream", "http://127.0.0.1:1", "--to", ""], "The value of --to is empty"),
            (["serve", "--scenario="], "The value of --scenario is empty"),
        ] {
            let result = try ChildProcess.run(ServerProcess.executable, arguments)
            XCTAssertEqual(result.exitCode, 64, "\(arguments)")
            XCTAssertTrue(result.errors.contains("\(words). Is a variable not set?"), result.errors)
        }
        // What is behind -- is the command's own.
        let result = try run("run", "--", "sh", "-c", "test -z \"$1\"", "sh", "")
        XCTAssertEqual(result.exitCode, 0, result.errors)
    }

    func test_numbersThatCantBe_areRefused_withThoseThatCan() throws {
        for (arguments, words) in [
            (
                ["serve", "--port", "70000"],
                "'70000' is invalid for '--port <port>': a whole number from 0 to 65535"
            ),
            (["serve", "--port", "http"], "a whole number from 0 to 65535"),
            (["serve", "--tls-port", "65536"], "a whole number from 0 to 65535"),
            (["serve", "--proxy-port", "65536"], "a whole number from 0 to 65535"),
            (["serve", "--seed", "1.5"], "a whole number from 0 to 18446744073709551615"),
            (["serve", "--max-connections", "0"], "a whole number from 1 to 9223372036854775807"),
            (["serve", "--max-tenant-requests", "0"], "a whole number from 1 to 9223372036854775807"),
            (["serve", "--max-request-bytes", "20M"], "a whole number from 1 to 9223372036854775807"),
            (["serve", "--max-file-bytes", "0"], "a whole number from 1 to 9223372036854775807"),
            (["serve", "--stream-interval", "86400000001"], "a whole number from 0 to 86400000000"),
            (["serve", "--journal", "x"], "a whole number from 0 to 9223372036854775807"),
            (["serve", "--replay-speed", "inf"], "a number, 0 or more"),
            (["record", "--port", "65536", "--upstream", "http://x", "--to", "x"], "from 0 to 65535"),
            (["verify", "--timeout", "0", "--upstream", "http://x", "x"], "a whole number from 1 to 86400"),
            (["conformance", "run", "--jobs", "257"], "a whole number from 1 to 256"),
            (["conformance", "run", "--retries", "11"], "a whole number from 0 to 10"),
            (["conformance", "serve", "--port", "65536"], "a whole number from 0 to 65535"),
        ] {
            let result = try ChildProcess.run(ServerProcess.executable, arguments)
            XCTAssertEqual(result.exitCode, 64, "\(arguments)")
            XCTAssertTrue(result.errors.contains(words), result.errors)
        }
    }

    func test_help_tellsTheDefaultsOfNumbers() throws {
        for (command, defaults) in [
            (["serve"], [8787, 0, 20_971_520, 2_147_483_648, 65_536, 16_384, 0, 10_000, 0]),
            (["verify"], [60]), (["conformance", "run"], [0]), (["conformance", "serve"], [8788]),
        ] {
            let help = try ChildProcess.run(ServerProcess.executable, command + ["--help"]).text
            let told = help.split { $0.isWhitespace }.joined(separator: " ").matches(
                of: #/\(default: (\d+)\)/#)
            XCTAssertEqual(told.map { Int($0.1) ?? -1 }.sorted(), defaults.sorted(), help)
        }
    }

    /// Also what is found only when it runs.
    func test_badUsage_isToldWithTheUsageOfThatCommand() throws {
        for (arguments, command) in [
            (["errors", "no-such-name"], "errors"), (["lint", ""], "lint"),
            (["serve", "--scenario="], "serve"),
            (["serve", "--port", "0", "--record-on-miss", "--upstream", "http://x"], "serve"),
            (["conformance", "run", "--client", ""], "conformance run"), (["run"], "run"),
            (["", "run"], ""),
        ] {
            let result = try ChildProcess.run(ServerProcess.executable, arguments)
            XCTAssertEqual(result.exitCode, 64, "\(arguments)")
            let name = "gemini-mock\(command.isEmpty ? "" : " \(command)")"
            let lines = result.errors.split(separator: "\n")
            XCTAssertEqual(lines.count, 3, result.errors)
            XCTAssertTrue(lines.first?.hasPrefix("Error: ") ?? false, result.errors)
            XCTAssertTrue(lines.dropFirst().first?.hasPrefix("Usage: \(name) ") ?? false, result.errors)
            XCTAssertEqual(lines.last, "  See '\(name) --help' for more information.")
        }
    }

    /// Nobody writes to it, and a server holds its signals back while it reads.
    func test_aNamedPipe_isNotWaitedFor() throws {
        let pipe = makePath(".yaml")
        XCTAssertEqual(mkfifo(pipe, 0o600), 0)
        let result = try run("serve", "--port", "0", "--scenario", pipe)
        XCTAssertEqual(result.exitCode, 65, result.errors)
        XCTAssertTrue(result.errors.contains(pipe), result.errors)
    }

    // MARK: What it prints

    func test_serve_printsOneLineOfJSON_whenAskedTo() throws {
        let server = try serve()
        let (port, pid, version) = (server.port, server.process.pid, server.ready.version)
        XCTAssertEqual(
            server.line,
            #"{"baseURL":"http://127.0.0.1:\#(port)","port":\#(port),"pid":\#(pid),"version":"\#(version)"}"#
        )
        XCTAssertNotNil(server.ready.version.wholeMatch(of: /\d+\.\d+\.\d+.*/))
        _ = try server.exchange("POST", CommandLineTests.generate, body: CommandLineTests.hello)
        let result = try server.stop()
        XCTAssertEqual(result.text, "", "nothing but the ready line goes to standard output")
        XCTAssertEqual(result.errors, "", "at the usual log level, nothing is worth a line")
    }

    func test_serve_tellsURLAndVariables_whenNotAskedForJSON() throws {
        let server = try ChildProcess(ServerProcess.executable, ["serve", "--port", "0"])
        let first = try server.line()
        let url = try XCTUnwrap(first.firstMatch(of: #/http://127\.0\.0\.1:\d+/#)?.output)
        XCTAssertTrue(first.hasPrefix("gemini-mock "), first)
        XCTAssertEqual(try server.line(), "export GOOGLE_GEMINI_BASE_URL=\(url) GEMINI_API_KEY=any-key")
        server.send(signal: SIGTERM)
        XCTAssertEqual(try server.result().text, "")
    }

    func test_serve_tellsAGoodKey_whenOnlySomeAreGood() throws {
        let server = try ChildProcess(
            ServerProcess.executable, ["serve", "--port", "0", "--api-keys", "made-up-b,made-up-a"])
        _ = try server.line()
        XCTAssertTrue(try server.line().hasSuffix(" GEMINI_API_KEY=made-up-a"))
    }

    func test_serve_listensOnTheGivenHost() throws {
        let server = try serve("--host", "localhost")
        XCTAssertEqual(server.baseURL, "http://localhost:\(server.port)")
    }

    func test_serve_logsRequestsWithoutKeys_whenAskedForDebug() throws {
        let server = try serve("--log-level", "debug")
        _ = try server.exchange("GET", "/v1beta/models?key=made-up-secret", [])
        let result = try server.stop()
        XCTAssertTrue(result.errors.contains("GET /v1beta/models"), result.errors)
        XCTAssertFalse(result.errors.contains("made-up-secret"), result.errors)
        XCTAssertEqual(result.text, "")
    }

    // MARK: Scenario files

    func test_lint_tellsAllProblemsOnStandardOutput_andExits65() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.yaml")
        func lint(_ text: String) throws -> ChildProcess.Result {
            try Data(text.utf8).write(to: file)
            return try run("lint", folder.path)
        }

        let bad = try lint("name: 1\nstubs: [{name: s, replies: [{txt: x}]}]\n")
        XCTAssertEqual(bad.exitCode, 65)
        XCTAssertEqual(
            bad.text.split(separator: "\n").map { $0.dropFirst(file.path.count) },
            [
                ":1:7: expected a text, found the number 1: put it in quotes",
                ":2:29: a reply needs one of text, thought, calls, json, parts, builtIn, body, error, file or interaction",
                ":2:30: a reply has no “txt” (did you mean text?)",
            ])
        XCTAssertEqual(bad.errors, "")

        let warned = try lint(
            "name: n\nstubs: [{name: s, replies: [{text: x}]}, {name: t, replies: [{text: x}]}]\n")
        XCTAssertEqual(warned.exitCode, 0)
        XCTAssertTrue(warned.text.contains(":2:42: warning: no request reaches the stub “t”"), warned.text)

        let good = try lint("name: n\nstubs: [{name: s, replies: [{text: x}]}]\n")
        XCTAssertEqual(good.exitCode, 0)
        XCTAssertEqual(good.text, "")
        XCTAssertEqual(try run("lint", file.path + "x").exitCode, 66)
        XCTAssertEqual(try run("lint").exitCode, 64)
    }

    // MARK: How it ends

    func test_serve_exits0_whenInterrupted() throws {
        for signal in [SIGINT, SIGTERM] {
            XCTAssertEqual(try serve().stop(signal: signal).exitCode, 0, "after signal \(signal)")
        }
    }

    func test_serve_exits0_whileAStreamIsOpen() throws {
        let server = try serve("--stream-interval", "3600000")
        let client = try XCTUnwrap(RawClient(port: server.port))
        let body = CommandLineTests.hello
        client.send(
            """
            POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=made-up-key HTTP/1.1\r
            Host: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
            """
        )
        XCTAssertFalse(try client.receive(upTo: "data: ").isEmpty)
        XCTAssertEqual(try server.stop().exitCode, 0)
    }

    func test_serve_exits69_whenPortIsTaken() throws {
        let server = try serve()
        let second = try run("serve", "--port", "\(server.port)")
        XCTAssertEqual(second.exitCode, 69)
        XCTAssertEqual(second.text, "")
        XCTAssertTrue(second.errors.hasPrefix("gemini-mock: "), second.errors)
        XCTAssertTrue(second.errors.contains("\(server.port)"), second.errors)
        XCTAssertEqual(second.errors.filter(\.isNewline).count, 1, "one sentence: \(second.errors)")
    }

    func test_serve_exits69_whenHostIsNotOfThisMachine() throws {
        // An address for documentation (RFC 5737).
        let result = try run("serve", "--port", "0", "--host", "192.0.2.1")
        XCTAssertEqual(result.exitCode, 69)
        XCTAssertTrue(result.errors.contains("192.0.2.1"), result.errors)
    }

    func test_serve_exits64_whenUsedBadly() throws {
        let badUses = [
            ["--no-such-option"], ["--port", "70000"], ["--port", "-1"], ["--port", "http"],
            ["--max-request-bytes", "0"], ["--stream-interval", "-1"], ["--models-only"], ["--api-keys", ""],
            ["--api-keys", ", ,"], ["--validation", "lax"], ["--log-level", "loud"], ["--seed", "-1"],
            ["surplus"],
        ]
        for arguments in badUses {
            // Port 0 first: should one of them be accepted, a taken port must not be what ends it.
            let result = try ChildProcess.run(ServerProcess.executable, ["serve", "--port", "0"] + arguments)
            XCTAssertEqual(result.exitCode, 64, "\(arguments): \(result.errors)")
            XCTAssertEqual(result.text, "", "\(arguments)")
            XCTAssertTrue(result.errors.contains("Error: "), "\(arguments): \(result.errors)")
        }
    }

    func test_program_exits64_whenSubcommandIsUnknown() throws {
        XCTAssertEqual(try run("no-such-command").exitCode, 64)
    }

    // MARK: Keys

    func test_apiKeys_areTheOnlyGoodOnes() throws {
        let server = try serve("--api-keys", "made-up-1, made-up-2")
        XCTAssertEqual(try status(of: "made-up-1", on: server), 200)
        XCTAssertEqual(try status(of: "made-up-2", on: server), 200)
        XCTAssertEqual(try status(of: "made-up-3", on: server), 400)
        XCTAssertEqual(try status(of: "made-up-1, made-up-2", on: server), 400)
    }

    func test_apiKeys_areReadFromAFile_withOneALine() throws {
        let file = try makeFile("made-up-1\n\n  made-up-2 \r\nmade-up-3".utf8, ".txt")
        let server = try serve("--api-keys", "@\(file)")
        for key in ["made-up-1", "made-up-2", "made-up-3"] {
            XCTAssertEqual(try status(of: key, on: server), 200, key)
        }
        XCTAssertEqual(try status(of: "made-up-4", on: server), 400)
    }

    func test_apiKeys_exit66_whenFileIsMissing() throws {
        let path = "/no/such/made-up-file"
        let result = try run("serve", "--port", "0", "--api-keys", "@\(path)")
        XCTAssertEqual(result.exitCode, 66)
        XCTAssertTrue(result.errors.contains(path), result.errors)
        XCTAssertTrue(result.errors.contains("No such file"), result.errors)
    }

    func test_apiKeys_exit64_whenFileHasNone() throws {
        XCTAssertEqual(
            try run("serve", "--port", "0", "--api-keys", "@\(try makeFile("\n \n".utf8, ".txt"))").exitCode,
            64)
    }

    private func status(of key: String, on server: ServerProcess) throws -> Int {
        try server.exchange("GET", "/v1beta/models", [("x-goog-api-key", key)]).status
    }

    // MARK: Models

    func test_model_addsNamesToTheBuiltInOnes() throws {
        let server = try serve("--model", "tuned-*", "--model", "my-model")
        XCTAssertEqual(try status(ofModel: "tuned-for-birds", on: server), 200)
        XCTAssertEqual(try status(ofModel: "my-model", on: server), 200)
        XCTAssertEqual(try status(ofModel: "gemini-2.5-flash", on: server), 200)
        XCTAssertEqual(try status(ofModel: "your-model", on: server), 404)
    }

    func test_modelsOnly_leavesNothingElse() throws {
        let server = try serve("--models-only", "--model", "my-model", "--model", "gemini-2.5-*")
        XCTAssertEqual(try status(ofModel: "my-model", on: server), 200)
        XCTAssertEqual(try status(ofModel: "gemini-2.5-pro", on: server), 200)
        XCTAssertEqual(try status(ofModel: "gemini-3.5-flash", on: server), 404)
        let list = try XCTUnwrap(try server.exchange("GET", "/v1beta/models").json as? [String: Any])
        let names = try XCTUnwrap(list["models"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        XCTAssertTrue(names.contains("models/my-model"), "\(names)")
        XCTAssertTrue(
            names.allSatisfy { $0 == "models/my-model" || $0.hasPrefix("models/gemini-2.5-") }, "\(names)")
    }

    private func status(ofModel model: String, on server: ServerProcess) throws -> Int {
        try server.exchange("POST", "/v1beta/models/\(model):generateContent", body: CommandLineTests.hello)
            .status
    }

    // MARK: Other options

    func test_seed_decidesTheBytes() throws {
        let servers = try ["7", "7", "8"].map { try serve("--seed", $0) }
        let answers = try servers.map {
            try $0.exchange("POST", CommandLineTests.generate, body: CommandLineTests.hello)
        }
        XCTAssertEqual(answers[0].body, answers[1].body)
        XCTAssertEqual(stable(answers[0].fields), stable(answers[1].fields))
        let ids = answers.map { ($0.json as? [String: Any])?["responseId"] as? String }
        XCTAssertNotNil(ids[0])
        XCTAssertNotEqual(ids[0], ids[2])
    }

    private func stable(_ fields: [(name: String, value: String)]) -> [String] {
        fields.filter { !["Date", "Server-Timing"].contains($0.name) }.map { "\($0.name): \($0.value)" }
    }

    func test_maxRequestBytes_isTheLargestBody() throws {
        let server = try serve("--max-request-bytes", "100")
        let fitting = CommandLineTests.hello.padding(toLength: 100, withPad: " ", startingAt: 0)
        XCTAssertEqual(try server.exchange("POST", CommandLineTests.generate, body: fitting).status, 200)
        let refused = try server.exchange("POST", CommandLineTests.generate, body: fitting + " ")
        XCTAssertEqual(refused.status, 400)
        XCTAssertTrue(
            refused.text.contains("Request payload size exceeds the limit: 100 bytes."), refused.text)
    }

    func test_validation_isStrictUnlessTold() throws {
        let wrong = #"{"contents": [{"parts": [{"text": "hi"}]}], "temperature": 1}"#
        for (options, status, isTold) in [
            ([], 400, false), (["--validation", "strict"], 400, false),
            (["--validation", "warn"], 200, true),
            (["--validation", "off"], 200, false),
        ] {
            let server = try serve(options)
            XCTAssertEqual(
                try server.exchange("POST", CommandLineTests.generate, body: wrong).status, status,
                "\(options)")
            let errors = try server.stop().errors
            XCTAssertEqual(
                errors.contains(#"Unknown name "temperature": Cannot find field."#), isTold, errors)
        }
    }

    func test_checkDeadlines_refusesShortOnes() throws {
        let fields = [("x-goog-api-key", "made-up-key"), ("X-Server-Timeout", "4")]
        for (options, status) in [([], 200), (["--check-deadlines"], 400)] {
            let server = try serve(options)
            let answer = try server.exchange(
                "POST", CommandLineTests.generate, fields, body: CommandLineTests.hello)
            XCTAssertEqual(answer.status, status, answer.text)
        }
    }

    func test_streamInterval_liesBetweenEvents() throws {
        let server = try serve("--stream-interval", "30")
        let start = ContinuousClock.now
        let answer = try server.exchange(
            "POST", "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            body: CommandLineTests.hello
        )
        let waits = answer.text.components(separatedBy: "\r\n\r\n").count - 2
        XCTAssertGreaterThanOrEqual(waits, 2)
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(30) * waits)
    }

    // MARK: Errors

    func test_errors_listsAllOrShowsOne() throws {
        let list = try run("errors")
        XCTAssertEqual(list.exitCode, 0)
        XCTAssertGreaterThanOrEqual(list.text.split(separator: "\n").count, 45)
        XCTAssertTrue(list.text.contains("quota-per-minute "), list.text)
        let one = try run("errors", "model-overloaded")
        XCTAssertEqual(one.exitCode, 0)
        XCTAssertTrue(one.text.contains(#""status": "UNAVAILABLE""#), one.text)
        let none = try run("errors", "nothing")
        XCTAssertEqual(none.exitCode, 64)
        XCTAssertTrue(none.errors.contains("nothing"), none.errors)
    }

    // MARK: Help

    func test_help_mentionsEveryOption() throws {
        let help = try run("serve", "--help")
        XCTAssertEqual(help.exitCode, 0)
        let options = [
            "--host", "--port", "--seed", "--api-keys", "--model", "--models-only", "--max-request-bytes",
            "--max-file-bytes", "--data-dir", "--validation", "--check-deadlines", "--stream-interval",
            "--gzip", "--admin-key", "--no-admin", "--journal", "--log-level", "--json", "--scenario",
            "--library", "--recording", "--replay-speed", "--strict", "--watch", "--tls-cert",
            "--tls-key", "--tls-port", "--max-connections", "--max-tenant-requests", "--record-on-miss",
            "--upstream", "--to", "--upstream-ca",
            "--inject-key", "--pattern", "--secret-file", "--tls", "--tls-name", "--proxy", "--proxy-port",
        ]
        for option in options + ["--version", "--help"] {
            XCTAssertTrue(
                help.text.contains("\(option) ") || help.text.contains("\(option)\n"), "no \(option)")
        }
        XCTAssertEqual(
            try optionNames(of: "serve"), options.sorted() + ["--help", "--version"],
            "a new option? add it here")
        let overview = try run("--help").text
        for word in ["serve", "--version", "--help"] { XCTAssertTrue(overview.contains(word), "no \(word)") }
    }

    /// The options that the argument parser itself lists: the command's own, sorted, then its general ones.
    private func optionNames(of subcommand: String) throws -> [String] {
        let dump = try run("--experimental-dump-help")
        let root = try XCTUnwrap(try JSONSerialization.jsonObject(with: Data(dump.output)) as? [String: Any])
        let command = try XCTUnwrap(root["command"] as? [String: Any])
        let children = try XCTUnwrap(command["subcommands"] as? [[String: Any]])
        let child = try XCTUnwrap(children.first { $0["commandName"] as? String == subcommand })
        let names = try XCTUnwrap(child["arguments"] as? [[String: Any]]).map { argument in
            "--" + ((argument["preferredName"] as? [String: Any])?["name"] as? String ?? "?")
        }
        let general = ["--help", "--version"]
        return names.filter { !general.contains($0) }.sorted()
            + names.filter { general.contains($0) }.sorted()
    }

    func test_version_isTheServersOwn() throws {
        let server = try serve()
        XCTAssertEqual(try run("--version").text, server.ready.version + "\n")
    }
}
