// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import TestSupport
import XCTest

/// Cassettes that others have recorded: each exchange imports, lints clean and replays byte for byte.
///
/// They lie outside the project, in the folder that `GEMINI_MOCK_MATERIAL` names; without it this is a named skip.
final class ImportedCassettesTests: ScenarioTestCase {
    private func files() throws -> [String] {
        guard let material = ProcessInfo.processInfo.environment["GEMINI_MOCK_MATERIAL"],
            let found = FileManager.default.enumerator(atPath: material + "/cassettes")
        else {
            let sentence = "ImportedCassettesTests: GEMINI_MOCK_MATERIAL names no folder with cassettes/"
            Skips.note(sentence)
            throw XCTSkip(sentence)
        }
        let suffixes = [".yaml", ".yml", ".json", ".har"]
        return found.compactMap { $0 as? String }.filter { name in suffixes.contains { name.hasSuffix($0) } }
            .sorted().map { "\(material)/cassettes/\($0)" }
    }

    func test_eachExchange_imports_lints_andReplays() throws {
        let files = try files()
        XCTAssertGreaterThan(files.count, 70)
        let outer = FileManager.default.temporaryDirectory.appendingPathComponent(
            "cassettes-\(UUID().uuidString)")
        addTeardownBlock { try? FileManager.default.removeItem(at: outer) }
        var count = 0
        for (number, file) in files.enumerated() {
            var taken = RecordingImport(hosts: nil)
            XCTAssertNoThrow(try taken.read(file), file)
            XCTAssertEqual(taken.exchanges.count, try exchangesIn(file), file)
            let folder = RecordingFolder("\(outer.path)/\(number)")
            try folder.create(Recording(name: folder.name, exchanges: taken.exchanges), replaces: false)
            XCTAssertEqual(RecordingCheck(folders: [folder]).problems.map(\.description), [], file)
            XCTAssertEqual(try folder.read().exchanges, taken.exchanges, file)
            try assertReplays(folder)
            try assertComesBack(taken.exchanges, by: "\(outer.path)/\(number).har")
            count += taken.exchanges.count
        }
        XCTAssertGreaterThan(count, 110)
    }

    /// By way of HAR.
    private func assertComesBack(_ exchanges: [RecordedExchange], by file: String) throws {
        let text = HARWriter.text(
            of: [Recording(name: "n", exchanges: exchanges)], version: "1", redaction: Redaction())
        try HARWriter.write(text, to: file, replaces: false)
        var taken = RecordingImport()
        try taken.read(file)
        XCTAssertEqual(taken.exchanges, exchanges, file)
    }

    /// Counted without reading them: each has an address.
    private func exchangesIn(_ file: String) throws -> Int {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let starts = file.hasSuffix("json") ? [#"        "url": "#] : ["    uri: "]
        return lines.count { line in starts.contains { line.hasPrefix($0) } }
    }

    /// What a cassette says of a body's length is true of what is imported, wherever it has the bytes.
    func test_lengthsAreThoseThatWereSent() throws {
        var count = 0
        for file in try files() where file.hasSuffix(".yml") || file.contains("llm-gemini") {
            var taken = RecordingImport(hosts: nil)
            try taken.read(file)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let lengths = text.lowercased().matches(of: #/content-length:\n *- '([0-9]+)'/#).compactMap {
                Int($0.output.1)
            }
            let bodies = taken.exchanges.flatMap { [$0.request.body.length, $0.answer.body.length] }
            for length in lengths { XCTAssertTrue(bodies.contains(length), "\(length) in \(file)") }
            count += lengths.count
        }
        XCTAssertGreaterThan(count, 15)
    }
}
