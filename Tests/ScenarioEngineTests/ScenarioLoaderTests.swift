// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import ScenarioEngine

final class ScenarioLoaderTests: XCTestCase {
    private var folder = URL(fileURLWithPath: "/")

    override func setUpWithError() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    private func lint(_ paths: String...) -> ScenarioLoader.Outcome {
        ScenarioLoader(paths.map { MockScenario(path: $0) }, vocabulary: ScenarioExamples.vocabulary).load()
    }

    func test_aFolder_standsForItsScenarios_byName() throws {
        try write("b.yaml", "name: n")
        try write("a.yml", "[]")
        try write("c.json", ScenarioExamples.frame)
        for name in ["d.schema.json", "README.md", ".hidden.yaml"] { try write(name, "[]") }
        let lint = lint(folder.path)
        XCTAssertEqual(
            lint.problems.map(\.description),
            [
                "\(folder.path)/a.yml:1:1: a scenario must be a map, found a list",
                "\(folder.path)/b.yaml:1:1: a scenario needs “stubs”",
            ])
        XCTAssertEqual(lint.fileCount, 3)
        XCTAssertTrue(lint.hasErrors)
        XCTAssertTrue(lint.unreadable.isEmpty)
    }

    func test_twoScenariosOfOneName_areTold_whereTheSecondStands() throws {
        let text = { (top: String, name: String) in
            "# \(top)\nname: \(name)\nstubs: [{name: s, replies: [{text: a}]}]\n"
        }
        try write("a.yaml", text("", "one"))
        try write("b.yaml", text("\n", "one"))
        try write("c.yaml", text("", "two"))
        let paths = ["a", "b", "c"].map { MockScenario(path: "\(folder.path)/\($0).yaml") }
        for (sources, library) in [(paths, []), ([], paths), ([paths[0]], Array(paths[1...]))] {
            let outcome = ScenarioLoader(sources, library: library, vocabulary: ScenarioExamples.vocabulary)
                .load()
            XCTAssertEqual(
                outcome.problems.map(\.description),
                [
                    "\(folder.path)/b.yaml:3:7: two scenarios are called “one”, the first in \(folder.path)/a.yaml:2"
                ])
            XCTAssertNil(outcome.repertoire)
        }
    }

    /// One file of a library's folder may be what is played for everybody.
    func test_aFileThatIsPlayed_isNoSecondOneInTheLibrary() throws {
        for name in ["a", "b"] {
            try write("\(name).yaml", "name: \(name)\nstubs: [{name: s, replies: [{text: a}]}]\n")
        }
        let outcome = ScenarioLoader(
            [MockScenario(path: "\(folder.path)/../\(folder.lastPathComponent)/b.yaml")],
            library: [MockScenario(path: folder.path)], vocabulary: ScenarioExamples.vocabulary
        ).load()
        XCTAssertEqual(outcome.problems, [])
        XCTAssertEqual(outcome.repertoire?.usual.names, ["b"])
        XCTAssertEqual(outcome.repertoire?.names, ["b", "a"])
    }

    func test_aFile_isReadWhateverItsName() throws {
        try write("scenario", ScenarioExamples.frame)
        let lint = lint("\(folder.path)/scenario")
        XCTAssertEqual(lint.problems, [])
        XCTAssertFalse(lint.hasErrors)
        XCTAssertEqual(lint.fileCount, 1)
    }

    func test_whatCannotBeRead_isTold_andTheRestIsRead() throws {
        try write("a.yaml", "[]")
        let lint = lint("\(folder.path)/none", "\(folder.path)/a.yaml")
        XCTAssertEqual(lint.unreadable.map(\.path), ["\(folder.path)/none"])
        XCTAssertEqual(lint.unreadable.map(\.reason), ["No such file or directory"])
        XCTAssertEqual(lint.problems.count, 1)
    }

    func test_aFolderWithoutScenarios_isTold() {
        XCTAssertEqual(lint(folder.path).unreadable.map(\.reason), ["no scenario file is in this folder"])
    }

    func test_anEndlessFile_isReadUpToTheLimit() throws {
        let bytes = try ScenarioFolder.bytes(of: "/dev/zero", limit: 100_000)
        XCTAssertEqual(bytes.count, 100_001)
    }
}
