// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `serve` with scenario files.
extension CommandLineTests {
    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"

    private func file(_ text: String) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        addTeardownBlock { try? FileManager.default.removeItem(at: file) }
        return file
    }

    private func serveAlone(_ arguments: String...) throws -> ChildProcess.Result {
        try ChildProcess.run(
            ServerProcess.executable, ["serve", "--port", "0"] + arguments, within: .seconds(30))
    }

    private func said(_ server: ServerProcess, _ text: String = "Hello") throws -> String {
        let answer = try server.exchange(
            "POST", CommandLineTests.generate, body: #"{"contents":[{"parts":[{"text":"\#(text)"}]}]}"#)
        let candidates = (answer.json as? [String: Any])?["candidates"] as? [[String: Any]]
        let parts = (candidates?.first?["content"] as? [String: Any])?["parts"] as? [[String: Any]]
        return parts?.first?["text"] as? String ?? answer.text
    }

    // MARK: Bad usage

    func test_serve_tellsAllProblems_andExits65_whenAScenarioIsBad() throws {
        let bad = try file("name: n\nstubs: [{name: s, when: {modle: x}, replies: [{error: quota}]}]\n")
        let good = try file("name: good\nstubs: [{name: s, replies: [{text: x}]}]\n")
        let result = try serveAlone("--scenario", good.path, "--scenario", bad.path)
        XCTAssertEqual(result.exitCode, 65)
        XCTAssertEqual(result.text, "")
        let lines = result.errors.split(separator: "\n").map { String($0) }
        XCTAssertEqual(lines.count, 2, result.errors)
        XCTAssertEqual(lines.first, "\(bad.path):2:26: when has no “modle” (did you mean model?)")
        XCTAssertTrue(lines.last?.hasPrefix("\(bad.path):2:") ?? false, result.errors)
        XCTAssertTrue(lines.last?.contains("“quota”") ?? false, result.errors)
    }

    func test_serve_exits65_whenAScenarioIsNotThere() throws {
        let path = "/nowhere/\(UUID().uuidString).yaml"
        let result = try serveAlone("--scenario", path)
        XCTAssertEqual(result.exitCode, 65)
        XCTAssertTrue(result.errors.hasPrefix("\(path): "), result.errors)
        XCTAssertEqual(result.text, "")
    }

    func test_serve_exits64_whenAnOptionNeedsAScenario() throws {
        for option in ["--strict", "--watch"] {
            let result = try serveAlone(option)
            XCTAssertEqual(result.exitCode, 64, option)
            XCTAssertTrue(result.errors.contains("\(option) "), result.errors)
            XCTAssertTrue(result.errors.contains("without --scenario"), result.errors)
        }
    }

    // MARK: While it runs

    func test_serve_playsSeveralFiles_andRefusesTheRest_whenStrict() throws {
        let stub = { (word: String) in
            "name: \(word)\nstubs: [{name: \(word), when: {lastText: \(word)}, replies: [{text: a \(word)}]}]\n"
        }
        let server = try serve(
            "--scenario", try file(stub("tulip")).path, "--scenario", try file(stub("rose")).path, "--strict")
        XCTAssertEqual(try said(server, "rose"), "a rose")
        XCTAssertEqual(try said(server, "tulip"), "a tulip")
        let refused = try server.exchange(
            "POST", CommandLineTests.generate, body: #"{"contents":[{"parts":[{"text":"violet"}]}]}"#)
        XCTAssertEqual(refused.status, 400)
        XCTAssertTrue(refused.text.contains("no stub of the scenario matches"), refused.text)
        XCTAssertEqual(server.errorText, "", "what is refused is told to the client")
    }

    func test_serve_tellsRequiredStubsThatNobodyUsed_andFaultsThatNeverStruck_atItsEnd() throws {
        let file = try file(
            """
            name: n
            stubs:
              - {name: used, required: true, when: {lastText: Hello}, replies: [{text: x}]}
              - {name: unused, required: true, when: {lastText: Bye}, replies: [{text: x}]}
              - {name: optional, replies: [{text: y, faults: [{fault: reset, times: 1}]}]}

            """)
        let server = try serve("--scenario", file.path)
        XCTAssertEqual(try said(server), "x")
        let result = try server.stop()
        XCTAssertEqual(result.exitCode, 0)
        XCTAssertEqual(
            result.errors,
            "gemini-mock: never used, though required: “unused” (\(file.path):4)\n"
                + "gemini-mock: never struck: reset of “optional” (\(file.path):5)\n")
    }

    func test_serve_readsScenariosAgain_whenTheyChange() throws {
        func scenario(_ word: String) -> Data {
            Data("name: n\nstubs: [{name: s, replies: [{text: \(word)}]}]\n".utf8)
        }
        let file = try file(String(decoding: scenario("old"), as: UTF8.self))
        let server = try serve("--scenario", file.path, "--watch")
        XCTAssertEqual(try said(server), "old")

        try scenario("newer").write(to: file, options: .atomic)
        let changed = "gemini-mock: scenarios read again: n: “s” has changed\n"
        XCTAssertTrue(eventually { server.errorText == changed }, server.errorText)
        XCTAssertEqual(try said(server), "newer")

        try Data("name: n\nstubs: [{name: s, replies: [{txt: x}]}]\n".utf8).write(to: file, options: .atomic)
        let kept = "gemini-mock: scenarios stay as they were, because of the above\n"
        XCTAssertTrue(eventually { server.errorText.hasSuffix(kept) }, server.errorText)
        XCTAssertTrue(server.errorText.contains("“txt” (did you mean text?)"), server.errorText)
        XCTAssertEqual(try said(server), "newer")

        try scenario("newest").write(to: file, options: .atomic)
        XCTAssertTrue(eventually { server.errorText.hasSuffix(changed) && server.errorText != changed })
        XCTAssertEqual(try said(server), "newest")
    }
}
