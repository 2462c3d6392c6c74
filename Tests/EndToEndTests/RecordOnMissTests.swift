// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import TestSupport
import XCTest

/// `serve --record-on-miss` before a second server that plays the upstream.
final class RecordOnMissTests: FolderTestCase {
    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"
    private var recording: String { folder + "/recording" }

    private func onMiss(_ upstream: ServerProcess, _ arguments: [String] = []) throws -> ServerProcess {
        try serve(["--record-on-miss", "--upstream", upstream.baseURL, "--to", recording] + arguments)
    }

    private func ask(
        _ server: ServerProcess, _ text: String, _ target: String = generate,
        _ fields: [(String, String)] = []
    ) throws -> RawAnswer {
        try server.exchange(
            "POST", target, [("x-goog-api-key", "made-up-key")] + fields,
            body: #"{"contents":[{"parts":[{"text":"\#(text)"}]}]}"#)
    }

    /// How many requests have come to a server.
    private func count(_ server: ServerProcess) throws -> Int {
        struct List: Decodable {
            struct Entry: Decodable {}
            let entries: [Entry]
        }
        let answer = try server.exchange("GET", "/__admin/entries?pageSize=1000")
        return try JSONDecoder().decode(List.self, from: Data(answer.body)).entries.count
    }

    private func recorded() throws -> [RecordedExchange] { try RecordingFolder(recording).read().exchanges }

    func test_misses_arePassedOnOnce_andRecorded() throws {
        let scenario = folder + "/stub.yaml"
        try "name: x\nstubs: [{name: a, when: {lastText: mine}, replies: [{text: From the stub}]}]\n".write(
            toFile: scenario, atomically: false, encoding: .utf8)
        let upstream = try serve("--seed", "7")
        let direct = try ask(upstream, "Hello")
        let server = try onMiss(upstream, ["--scenario", scenario])
        XCTAssertTrue(try ask(server, "mine").text.contains("From the stub"))
        XCTAssertEqual(try ask(server, "Hello").text, direct.text)
        // At once, and as often as one likes.
        for _ in 0..<3 { XCTAssertEqual(try ask(server, "Hello").text, direct.text) }
        XCTAssertEqual(try count(upstream), 2)
        // What isn't right, or isn't known here, is the upstream's affair.
        XCTAssertEqual(try server.exchange("POST", Self.generate, body: "{").status, 400)
        XCTAssertEqual(try server.exchange("GET", "/somewhere/else").status, 404)
        XCTAssertEqual(try count(upstream), 4)
        let result = try server.stop()
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertTrue(result.errors.contains("3 exchanges are new in \(recording)"), result.errors)
        XCTAssertEqual(
            try recorded().map(\.request.target), [Self.generate, Self.generate, "/somewhere/else"])
        try upstream.stop()

        let replay = try serve("--recording", recording, "--strict")
        XCTAssertEqual(try ask(replay, "Hello").text, direct.text)
        XCTAssertEqual(try ask(replay, "Good bye").status, 400)
    }

    func test_recordingThatIsThere_grows() throws {
        let upstream = try serve()
        let first = try onMiss(upstream)
        XCTAssertEqual(try ask(first, "one").status, 200)
        XCTAssertEqual(try first.stop().exitCode, 0)
        let second = try serve([
            "--record-on-miss", "--upstream", upstream.baseURL, "--recording", recording,
        ])
        for text in ["one", "two"] { XCTAssertEqual(try ask(second, text).status, 200) }
        XCTAssertEqual(try second.stop().exitCode, 0)
        XCTAssertEqual(try recorded().count, 2)
        XCTAssertEqual(try count(upstream), 2)
        // Nothing new leaves it as it is.
        let third = try onMiss(upstream)
        XCTAssertEqual(try ask(third, "one").status, 200)
        XCTAssertEqual(try third.stop().exitCode, 0)
        XCTAssertEqual(try recorded().count, 2)
        XCTAssertEqual(try count(upstream), 2)
    }

    func test_whatIsForThisServer_staysHere() throws {
        let upstream = try serve()
        let server = try onMiss(upstream)
        let answer = try ask(
            server, "Hello", "/t/mine\(Self.generate)?key=secret-key-of-a-caller",
            [("X-Gemini-Mock-Tenant", "mine"), ("X-Other", "1")])
        // Two keys: that isn't recorded, since keys don't count.
        XCTAssertEqual(answer.status, 400, answer.text)
        XCTAssertEqual(
            try server.exchange(
                "POST", "/t/mine\(Self.generate)?key=secret-key-of-a-caller",
                [("X-Gemini-Mock-Tenant", "mine")],
                body: #"{"contents":[{"parts":[{"text":"Hello"}]}]}"#
            ).status, 200)
        XCTAssertEqual(try server.stop().exitCode, 0)
        let request = try XCTUnwrap(try recorded().last?.request)
        XCTAssertEqual(request.target, Self.generate + "?key=REDACTED")
        XCTAssertFalse(request.fields.contains { $0.name.lowercased().hasPrefix("x-gemini-mock") })
        XCTAssertEqual(try ChildProcess.run(ServerProcess.executable, ["scan", recording]).exitCode, 0)
    }

    /// Else a client that tries again, or waits, would get the same for ever.
    func test_whatIsOfItsTime_isntGivenAgain() throws {
        let scenario = folder + "/busy.yaml"
        try """
        name: busy
        stubs:
          - name: busy
            when: {lastText: busy}
            replies: [{body: {error: {code: 503}}, status: 503}, {text: Now}]

        """.write(toFile: scenario, atomically: false, encoding: .utf8)
        let upstream = try serve("--scenario", scenario)
        let server = try onMiss(upstream)
        XCTAssertEqual(try ask(server, "busy").status, 503)
        XCTAssertTrue(try ask(server, "busy").text.contains("Now"))

        let created = try server.exchange(
            "POST", "/v1beta/interactions",
            body: #"{"model":"gemini-3.5-flash","input":"Hello","background":true}"#)
        let turn = try XCTUnwrap(
            JSONSerialization.jsonObject(with: Data(created.body)) as? [String: Any])
        let target = "/v1beta/interactions/\(try XCTUnwrap(turn["id"] as? String))"
        func status() throws -> String? {
            let answer = try server.exchange("GET", target)
            return (try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])?["status"]
                as? String
        }
        XCTAssertNotEqual(try status(), "completed")
        _ = try upstream.exchange("POST", "/__admin/clock", body: #"{"advance": "1h"}"#)
        XCTAssertTrue(eventually { (try? status()) == "completed" })
        XCTAssertEqual(try server.stop().exitCode, 0)
        XCTAssertEqual(try recorded().first?.answer.status, 200)
        XCTAssertTrue(try recorded().contains { $0.request.target == target })
    }

    func test_journal_tellsWhoHasAnswered() throws {
        let upstream = try serve()
        let server = try onMiss(upstream)
        _ = try ask(server, "Hello")
        let entries = try server.exchange("GET", "/__admin/entries").text
        XCTAssertTrue(entries.contains(#""upstream""#), entries)
        let entry = try server.exchange("GET", "/__admin/entries/1").text
        XCTAssertTrue(entry.contains(#""finishReason": "STOP""#), entry)
        try upstream.stop()
        let answer = try ask(server, "Good bye")
        XCTAssertEqual(answer.status, 502)
        XCTAssertTrue(answer.text.contains("No answer came from \(upstream.baseURL)"), answer.text)
    }

    func test_realRun_isRecorded_andReplayed() throws {
        let python = try PythonEnvironment()
        let sound = folder + "/sound.wav"
        try Data(count: 20 << 20).write(to: URL(fileURLWithPath: sound))
        let upstream = try serve("--gzip")
        let server = try onMiss(upstream)
        let seen = try python.run(
            "recorded_run.py", [server.baseURL, sound, "--advance", upstream.baseURL + "/__admin/clock"])
        XCTAssertEqual(seen.exitCode, 0, seen.errors)
        XCTAssertEqual(try server.stop().exitCode, 0)
        try upstream.stop()
        let replay = try serve("--recording", recording, "--strict")
        let again = try python.run("recorded_run.py", [replay.baseURL, sound])
        XCTAssertEqual(again.exitCode, 0, again.errors)
        XCTAssertEqual(again.text, seen.text)
    }

    func test_armedFaults_strikeWhatIsPassedOn_andArentRecorded() throws {
        let upstream = try serve("--seed", "7")
        let direct = try ask(upstream, "Hello")
        let server = try onMiss(upstream)
        let armed = try server.exchange(
            "POST", "/__admin/faults", body: #"{"fault": "html-page"}"#)
        XCTAssertEqual(armed.status, 200, armed.text)
        let struck = try ask(server, "Hello")
        XCTAssertEqual(struck.status, 502, struck.text)
        XCTAssertTrue(struck.text.contains("<html"), struck.text)
        XCTAssertEqual(try ask(server, "Hello").text, direct.text)
        XCTAssertEqual(try count(upstream), 2)
        XCTAssertEqual(try server.stop().exitCode, 0)
        XCTAssertEqual(try recorded().map(\.answer.status), [200])
    }

    func test_badUsage_isTold() throws {
        func exitCode(_ arguments: String...) throws -> Int32 {
            try ChildProcess.run(ServerProcess.executable, ["serve", "--port", "0"] + arguments).exitCode
        }
        XCTAssertEqual(try exitCode("--record-on-miss", "--to", recording), 64)
        XCTAssertEqual(try exitCode("--record-on-miss", "--upstream", "http://localhost"), 64)
        XCTAssertEqual(try exitCode("--record-on-miss", "--upstream", "localhost", "--to", recording), 64)
        XCTAssertEqual(
            try exitCode("--record-on-miss", "--upstream", "http://localhost", "--to", recording, "--strict"),
            64)
        XCTAssertEqual(try exitCode("--upstream", "http://localhost"), 64)
        XCTAssertEqual(
            try exitCode("--record-on-miss", "--upstream", "http://localhost", "--to", "/dev/null/x"), 73)
    }
}
