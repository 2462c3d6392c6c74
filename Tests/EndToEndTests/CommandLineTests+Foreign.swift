// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `import` and `export`.
extension CommandLineTests {
    private static let cassette = """
        interactions:
        - request:
            body: '{"contents":[]}'
            headers:
              x-goog-api-key: [AIzaSyA0123456789abcdefghijklmnopqrstuv]
            method: POST
            uri: https://generativelanguage.googleapis.com/v1beta/models/m:generateContent
          response:
            body: {string: '{"a": 1}'}
            headers: {content-type: [application/json]}
            status: {code: 200}
        - request:
            body: null
            headers: {}
            method: GET
            uri: https://example.com/secret
          response:
            body: {string: 'no'}
            headers: {}
            status: {code: 200}
        version: 1

        """

    /// A folder with `a.yaml` in it.
    private func folder(_ text: String = cassette) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "foreign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        addTeardownBlock { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appendingPathComponent("a.yaml"))
        return folder.path
    }

    private func run(_ arguments: String...) throws -> ChildProcess.Result {
        try ChildProcess.run(ServerProcess.executable, arguments, within: .seconds(30))
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    func test_import_thenExport_andBack() throws {
        let folder = try folder()
        let first = try run("import", "\(folder)/a.yaml", "--to", "\(folder)/rec/one")
        XCTAssertEqual(first.exitCode, 0, first.errors)
        XCTAssertEqual(first.text, "")
        XCTAssertEqual(
            first.errors,
            """
            gemini-mock: 1 skipped: to example.com, which is no host of the API; --host takes them
            gemini-mock: 1 exchange: redacted in 1 place
            gemini-mock: 1 exchange: when the answer came isn't known, so its replay doesn't wait
            gemini-mock: 1 exchange is in \(folder)/rec/one

            """)
        XCTAssertEqual(try mode("\(folder)/rec/one/recording.json"), 0o600)
        XCTAssertEqual(try run("lint", "\(folder)/rec").exitCode, 0)
        XCTAssertEqual(try run("scan", "\(folder)/rec").exitCode, 0)

        let again = try run("import", "\(folder)/a.yaml", "--to", "\(folder)/rec/one", "--all-hosts")
        XCTAssertEqual(again.exitCode, 73)
        let replaced = try run(
            "import", "\(folder)/a.yaml", "--to", "\(folder)/rec/one", "--host", "example.com", "--replace")
        XCTAssertEqual(replaced.exitCode, 0, replaced.errors)
        XCTAssertTrue(replaced.errors.contains("2 exchanges are in"), replaced.errors)

        let har = "\(folder)/a.har"
        XCTAssertEqual(try run("export", "--har", "\(folder)/rec", "--to", har).exitCode, 0)
        XCTAssertEqual(try mode(har), 0o600)
        XCTAssertEqual(try run("export", "--har", "\(folder)/rec", "--to", har).exitCode, 73)
        XCTAssertEqual(
            try run("export", "--har", "\(folder)/rec").text, try String(contentsOfFile: har, encoding: .utf8)
        )
        XCTAssertEqual(try run("import", har, "--to", "\(folder)/back/one").exitCode, 0)
        XCTAssertEqual(
            try String(contentsOfFile: "\(folder)/back/one/recording.json", encoding: .utf8),
            try String(contentsOfFile: "\(folder)/rec/one/recording.json", encoding: .utf8))
    }

    func test_import_badUsage_exitsAsItIsTold() throws {
        let folder = try folder("a: [1\n")
        let broken = try run("import", "\(folder)/a.yaml", "--to", "\(folder)/rec")
        XCTAssertEqual(broken.exitCode, 65)
        XCTAssertTrue(broken.text.hasPrefix("\(folder)/a.yaml:2:1: not readable as YAML: "), broken.text)
        XCTAssertEqual(try run("import", "/nowhere", "--to", "\(folder)/rec").exitCode, 66)
        XCTAssertEqual(try run("import", "\(folder)/a.yaml").exitCode, 64)
        try Data("interactions: []\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/a.yaml"))
        let none = try run("import", "\(folder)/a.yaml", "--to", "\(folder)/rec")
        XCTAssertEqual(none.exitCode, 65)
        XCTAssertEqual(none.errors, "gemini-mock: nothing was imported\n")
        XCTAssertFalse(FileManager.default.fileExists(atPath: "\(folder)/rec"))
        XCTAssertEqual(try run("export", "\(folder)").exitCode, 64)
        XCTAssertEqual(try run("export", "--har", folder).exitCode, 66)
    }
}
