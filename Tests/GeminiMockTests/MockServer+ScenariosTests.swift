// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

/// What is steered while clients call.
final class MockServerScenariosTests: ScenarioTestCase {
    private func scenario(_ name: String, says text: String, to word: String = "") -> MockScenario {
        MockScenario(
            name,
            stubs: [
                MockStub(
                    "s", when: MockPattern(lastText: .contains(word)),
                    replies: [.text("\(text) 1"), .text("\(text) 2"), .text("\(text) 3")])
            ])
    }

    func test_aServerWithoutScenarios_playsWhatIsLoaded_andForgetsIt() throws {
        let server = try serve()
        let own = try ask(server).said
        XCTAssertEqual(try server.load([scenario("a", says: "Good day")]).names, ["a"])
        XCTAssertEqual(try (0..<2).map { _ in try ask(server).said }, ["Good day 1", "Good day 2"])
        XCTAssertEqual(server.scenarios.map(\.name), ["a"])
        server.resetProgress()
        XCTAssertEqual(try ask(server).said, "Good day 1")
        XCTAssertTrue(server.removeScenario("a"))
        XCTAssertFalse(server.removeScenario("a"))
        XCTAssertEqual(try ask(server).said, own)
        XCTAssertEqual(server.unmatchedRequests.count, 0)
        XCTAssertThrowsError(try server.load([MockScenario(parsing: "name: x", file: "POST")])) { error in
            XCTAssertEqual("\(error)", "POST:1:1: a scenario needs “stubs”")
        }
    }

    func test_theLibrary_growsWhileItRuns() throws {
        let server = try serve()
        XCTAssertEqual(try ask(server, key: "scenario:late").status, 400)
        try server.load([scenario("late", says: "Better")], for: .library)
        XCTAssertEqual(try ask(server, key: "scenario:late").said, "Better 1")
        XCTAssertEqual(try ask(server, key: "scenario:late:other").said, "Better 1")
        server.removeScenario("late")
        XCTAssertEqual(try ask(server, key: "scenario:late").status, 400)
    }

    func test_filesThatAreReadAgain_leaveWhatWasLoaded() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        addTeardownBlock { try FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("file.yaml")
        let write = { (text: String) in
            let stub = "{name: s, when: {lastText: file}, replies: [{text: \(text) 1}, {text: \(text) 2}]}"
            try "name: file\nstubs: [\(stub)]\n".write(to: file, atomically: false, encoding: .utf8)
        }
        try write("old")
        let server = try serve(MockScenario(path: folder.path))
        try server.load([scenario("loaded", says: "loaded", to: "loaded")])
        XCTAssertEqual(try ["file", "loaded"].map { try ask(server, $0).said }, ["old 1", "loaded 1"])
        XCTAssertEqual(server.reloadScenarios(), .unchanged)
        try write("newer")
        XCTAssertEqual(server.reloadScenarios(), .loaded(["file: “s” has changed"]))
        XCTAssertEqual(try ["file", "loaded"].map { try ask(server, $0).said }, ["newer 1", "loaded 2"])
        // What was loaded in a file's place stays there; the file is watched all the same.
        try server.load([scenario("file", says: "instead", to: "file")])
        try write("newest")
        XCTAssertEqual(server.reloadScenarios(), .loaded(["file: “s” has changed"]))
        XCTAssertEqual(try ["file", "loaded"].map { try ask(server, $0).said }, ["instead 1", "loaded 3"])
        XCTAssertTrue(server.removeScenario("file"))
        try write("the newest")
        XCTAssertEqual(server.reloadScenarios(), .loaded(["file: “s” has changed"]))
        XCTAssertEqual(try ask(server, "file").said, "the newest 1")
    }

    func test_anArmedFault_strikesAnyAnswer_once() throws {
        let server = try serve()
        let own = try ask(server).text
        try server.arm(.named("html-page"))
        XCTAssertEqual(try ask(server).status, 502)
        XCTAssertEqual(try ask(server).text, own)
        try server.load([scenario("a", says: "Good day", to: "x")])
        try server.arm(.named("html-page"), when: MockPattern(endpoint: ["generateContent"]), times: 2)
        XCTAssertEqual(try ask(server, "x").status, 502)
        XCTAssertEqual(
            server.armedFaults.map(\.description),
            ["1: html-page, 1 of 1 times", "2: html-page, 1 of 2 times"])
        XCTAssertEqual(server.unspentFaults, ["html-page, armed as 2, but 1 of 2 times"])
        XCTAssertEqual(try ask(server, "y").status, 502, "what no stub matches")
        XCTAssertEqual(try ask(server, "x").said, "Good day 2")
        let id = try server.arm(.named("reset")).id
        XCTAssertTrue(server.disarm(id))
        XCTAssertEqual(try ask(server, "x").said, "Good day 3")
        XCTAssertThrowsError(try server.arm(.named("rest")))
        XCTAssertThrowsError(try server.arm(.named("reset"), when: MockPattern(call: 1...1)))
        try server.arm(.named("reset"))
        server.disarmAll()
        XCTAssertEqual(server.armedFaults, [])
    }

    func test_anArmedFault_strikesRefusals_too() throws {
        let stub = MockStub(
            "s", when: MockPattern(lastText: .contains("x")), replies: [.text("a")], repeats: .fail)
        let server = try serve(MockScenario("n", settings: MockSettings(strict: true), stubs: [stub]))
        XCTAssertEqual(try ask(server, "y").status, 400)
        XCTAssertEqual(try ask(server, "x").status, 200)
        try server.arm(.named("html-page"), times: 2)
        XCTAssertEqual(try ask(server, "y").status, 502)
        XCTAssertEqual(try ask(server, "x").status, 502)
        XCTAssertEqual(try ask(server, "x").status, 400)
    }

    func test_anArmedFault_strikesTheStepsOfAnUpload() throws {
        let server = try serve()
        let started = try call(
            server, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Type: text/plain\r\n", Array("{}".utf8))
        let url = try XCTUnwrap(URLComponents(string: XCTUnwrap(started["x-goog-upload-url"])))
        let target = "\(url.path)?\(url.query ?? "")"
        let send = { (bytes: String) in
            try self.call(
                server, "POST", target,
                "X-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n", Array(bytes.utf8))
        }
        try server.arm(.named("upload-unavailable", after: .bytes(0), form: "silent"))
        XCTAssertEqual(try send("hello").status, 503)
        XCTAssertEqual(try send("hello").at("file/mimeType"), "text/plain")
        XCTAssertEqual(server.unspentFaults, [])
    }
}
