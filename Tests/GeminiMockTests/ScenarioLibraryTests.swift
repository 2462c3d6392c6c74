// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMockXCTest
import TestSupport
import XCTest

@testable import GeminiMock

/// Every file of `Scenarios` is a good one, stands in the README there, and does what its name says.
final class ScenarioLibraryTests: ScenarioTestCase {
    /// How files are played, by their names. Each is played from its beginning, on a server of its own.
    typealias Plays = [String: (MockServer) throws -> Void]

    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: ScenarioTestCase.library.path)
                .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()
        }
    }

    private func path(_ name: String) -> String {
        ScenarioTestCase.library.appendingPathComponent("\(name).yaml").path
    }

    /// Plays each twice: for all keys, as with `serve --scenario`; then out of the whole library, for keys that name it.
    private func play(_ plays: Plays) throws {
        for (name, play) in plays {
            key = "made-up"
            try check(name, play, serve(MockScenario(path: path(name))))
            key = "scenario:\(name):made-up"
            try check(
                name, play, serve { $0.library = [MockScenario(path: ScenarioTestCase.library.path)] })
        }
    }

    private func check(_ name: String, _ play: (MockServer) throws -> Void, _ server: MockServer) {
        do {
            try play(server)
        } catch {
            XCTFail("\(name) with \(key): \(error)")
        }
        // Of the library those count that somebody has asked for.
        XCTAssertAllStubsUsed(server, "\(name) with \(key)")
        XCTAssertAllFaultsSpent(server, "\(name) with \(key)")
        server.stop()
    }

    /// Another key that plays the same.
    func otherKey(_ end: String) -> String {
        (key.split(separator: ":").dropLast() + [end[...]]).joined(separator: ":")
    }

    // MARK: All of them

    func test_allFiles_lintClean() {
        let check = ScenarioCheck(paths: [ScenarioTestCase.library.path])
        XCTAssertEqual(check.problems, [])
        XCTAssertGreaterThanOrEqual(check.fileCount, 55)
    }

    func test_everyFile_hasATest() throws {
        let played = [
            refusals, answers, functions, files, interactions, brokenStreams, wholeStreams, brokenAnswers,
            interactionStreams, uploads,
        ].flatMap(\.keys).sorted()
        XCTAssertEqual(played, try names)
    }

    func test_everyFile_saysItsNameAndWhatItIsFor() throws {
        for name in try names {
            let lines = try String(contentsOfFile: path(name), encoding: .utf8).components(separatedBy: "\n")
            XCTAssertEqual(lines[0], "# yaml-language-server: $schema=scenario.schema.json", name)
            XCTAssertEqual(lines[1], "name: \(name)")
            XCTAssertEqual(lines[2], "description: >-", name)
            XCTAssertTrue(lines.allSatisfy { $0.count <= 120 }, "\(name) has a line that is too long")
        }
    }

    func test_everyFile_isInTheReadme() throws {
        let readme = try String(
            contentsOf: ScenarioTestCase.library.appendingPathComponent("README.md"), encoding: .utf8)
        let rows = readme.components(separatedBy: "\n").filter { $0.hasPrefix("| [") }
        XCTAssertEqual(rows.count, try names.count)
        for name in try names {
            XCTAssertTrue(rows.contains { $0.hasPrefix("| [\(name)](\(name).yaml) |") }, name)
        }
    }

    func test_allFiles_canBeLoadedTogether() throws {
        let server = try serve(MockScenario(path: ScenarioTestCase.library.path))
        XCTAssertEqual(server.scenarioNames.sorted(), try names)
    }

    // MARK: What they do

    func test_refusals() throws { try play(refusals) }
    func test_answers() throws { try play(answers) }
    func test_functions() throws { try play(functions) }
    func test_files() throws { try play(files) }
    func test_interactions() throws { try play(interactions) }
    func test_brokenStreams() throws { try play(brokenStreams) }
    func test_wholeStreams() throws { try play(wholeStreams) }
    func test_brokenAnswers() throws { try play(brokenAnswers) }
    func test_interactionStreams() throws { try play(interactionStreams) }
    func test_uploads() throws { try play(uploads) }
}
