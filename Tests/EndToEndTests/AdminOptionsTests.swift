// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Who may use the admin API of a server that was started on the command line, and what it keeps.
final class AdminOptionsTests: ServerTestCase {
    private static let key = "a-made-up-admin-key"

    private func serveAlone(_ arguments: String...) throws -> ChildProcess.Result {
        try ChildProcess.run(
            ServerProcess.executable, ["serve", "--port", "0"] + arguments, within: .seconds(30))
    }

    private func file(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt")
        try Data(text.utf8).write(to: file)
        addTeardownBlock { try? FileManager.default.removeItem(at: file) }
        return file.path
    }

    /// As a page would ask.
    private func status(_ server: ServerProcess, key: String?) throws -> Int {
        let fields =
            [("Origin", "https://page.example")] + (key.map { [("X-Gemini-Mock-Admin-Key", $0)] } ?? [])
        return try server.exchange("GET", "/__admin/health", fields).status
    }

    func test_adminKey_letsInWhoBringsIt_andIsNeverPrinted() throws {
        for argument in [Self.key, "@\(try file("\(Self.key)\n"))"] {
            let server = try serve("--admin-key", argument, "--log-level", "debug")
            XCTAssertEqual(try status(server, key: Self.key), 200)
            XCTAssertEqual(try status(server, key: "wrong"), 403)
            XCTAssertEqual(try status(server, key: nil), 403)
            let result = try server.stop()
            XCTAssertFalse(result.errors.contains(Self.key), result.errors)
            XCTAssertFalse(server.line.contains(Self.key))
        }
        let server = try serve()
        XCTAssertEqual(try status(server, key: Self.key), 403)
        XCTAssertEqual(try server.exchange("GET", "/__admin/health").status, 200)
    }

    func test_noAdmin_isNone() throws {
        XCTAssertEqual(try serve("--no-admin").exchange("GET", "/__admin/health").status, 404)
    }

    func test_journal_isAsLargeAsIsSaid() throws {
        for (count, kept) in [("2", 2), ("0", 0)] {
            let server = try serve("--journal", count)
            for _ in 0..<3 { _ = try server.exchange("GET", "/v1beta/models") }
            let answer = try server.exchange("GET", "/__admin/entries")
            let entries = (answer.json as? [String: Any])?["entries"] as? [Any]
            XCTAssertEqual(entries?.count, kept)
        }
    }

    func test_badUsage_exits64_andAMissingFile66() throws {
        for arguments in [["--journal", "-1"], ["--admin-key", ""], ["--admin-key", "k", "--no-admin"]] {
            let result = try ChildProcess.run(
                ServerProcess.executable, ["serve", "--port", "0"] + arguments, within: .seconds(30))
            XCTAssertEqual(result.exitCode, 64, "\(arguments)")
        }
        let two = try serveAlone("--admin-key", "@\(try file("first-secret\nsecond-secret\n"))")
        XCTAssertEqual(two.exitCode, 64)
        XCTAssertFalse(two.errors.contains("secret"), two.errors)
        XCTAssertEqual(try serveAlone("--admin-key", "@/no/such/file").exitCode, 66)
    }
}
