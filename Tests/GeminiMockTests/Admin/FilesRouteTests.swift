// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class FilesRouteTests: AdminTestCase {
    func test_files_areTold_withWhoHasThem() throws {
        let server = try serve()
        let id = try uploadWhole(server, as: "alice")
        let answer = try admin(server, "GET", "files")
        XCTAssertEqual(answer.at("files/0/name"), "files/\(id)")
        XCTAssertEqual(answer.at("files/0/tenant"), "alice")
        XCTAssertEqual(answer.at("files/0/mimeType"), "text/plain")
        XCTAssertEqual(answer.at("files/0/sizeBytes"), "10")
        XCTAssertEqual(
            answer.at("files/0/sha256"), "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882")
        XCTAssertEqual(answer.at("files/0/state"), "ACTIVE")
        XCTAssertEqual(answer.at("files/0/created"), "2026-08-19T14:34:12.000000000Z")
        XCTAssertEqual(answer.at("files/0/expires"), "2026-08-21T14:34:12.000000000Z")
        XCTAssertNil(answer.at("files/0/displayName"))
        XCTAssertNil(answer.at("files/1"))
        XCTAssertNil(answer.at("nextPageToken"))
        server.advanceClock(by: .seconds(48 * 3600))
        XCTAssertEqual(try shown(server, "files", "files"), "[]")
    }

    func test_aTenant_isNamed_byNameLabelKeyOrProject() throws {
        let server = try serve()
        _ = try uploadWhole(server, as: "alice")
        _ = try upload(server, "text/plain")
        _ = try call(
            server, "POST", "/upload/v1beta/files?access_token=tok", key: "",
            "X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain\r\nx-goog-user-project: pro\r\n")
        let labels = try XCTUnwrap(
            (admin(server, "GET", "files").json as? [String: [[String: Any]]])?["files"]?
                .compactMap { $0["tenant"] as? String })
        XCTAssertEqual(labels.count, 3)
        XCTAssertEqual(labels[0], "project:pro")
        XCTAssertEqual(labels[2], "alice")
        XCTAssertNotNil(labels[1].wholeMatch(of: /key:[0-9a-f]{12}/))
        for (name, label) in [
            ("alice", "alice"), ("made-up", labels[1]), (labels[1], labels[1]), ("pro", "project:pro"),
            ("project:pro", "project:pro"),
        ] {
            XCTAssertEqual(try shown(server, "files?tenant=\(name)", "files/0/tenant"), label, name)
            XCTAssertNil(try shown(server, "files?tenant=\(name)", "files/1"), name)
        }
        XCTAssertEqual(try shown(server, "files?tenant=nobody", "files"), "[]")
    }

    func test_pages_haveEachFileOnce() throws {
        let server = try serve()
        let ids = try (0..<5).map { try uploadWhole(server, as: $0 % 2 == 0 ? "alice" : "bob") }
        var (seen, token, pages) = ([String](), "", 0)
        repeat {
            let page = try admin(server, "GET", "files?pageSize=2&pageToken=\(token)")
            seen += (0..<2).compactMap { page.at("files/\($0)/name") }
            token = page.at("nextPageToken") ?? ""
            pages += 1
        } while !token.isEmpty && pages < 9
        XCTAssertEqual(seen, ids.reversed().map { "files/\($0)" })
        XCTAssertEqual(pages, 3)
        let own = try admin(server, "GET", "files?tenant=bob&pageSize=1")
        XCTAssertEqual(own.at("files/0/name"), "files/\(ids[3])")
        let rest = try admin(
            server, "GET", "files?tenant=bob&pageToken=\(try XCTUnwrap(own.at("nextPageToken")))")
        XCTAssertEqual(rest.at("files/0/name"), "files/\(ids[1])")
        XCTAssertNil(rest.at("nextPageToken"))
        for (query, words) in [
            ("pageSize=0", "from 1 to 1000"), ("pageSize=x", "from 1 to 1000"),
            ("pageToken=x", "No list has given"), ("pagesize=1", "did you mean pageSize"),
        ] {
            try assertRefused(server, "GET", "files?\(query)", saying: words)
        }
    }

    func test_oneFile_isTold_andTakenAway() throws {
        let server = try serve()
        let id = try uploadWhole(server, as: "alice")
        XCTAssertEqual(try shown(server, "files/alice/\(id)", "sizeBytes"), "10")
        try assertRefused(server, "GET", "files/alice/other", status: 404, saying: "alice has no such file")
        try assertRefused(server, "GET", "files/bob/\(id)", status: 404, saying: "No such tenant")
        try assertRefused(server, "DELETE", "files/alice/other", status: 404, saying: "no such file")
        XCTAssertEqual(try admin(server, "DELETE", "files/alice/\(id)").status, 204)
        XCTAssertEqual(try call(server, as: "alice", "GET", "/v1beta/files/\(id)").status, 403)
        try assertRefused(server, "DELETE", "files/alice/\(id)", status: 404, saying: "no such file")
    }

    func test_credentialsInNames_areNotShown() throws {
        let server = try serve()
        let secret = "AIza" + String(repeating: "Sy0-", count: 8) + "abc"
        let body =
            "--b\r\nContent-Type: application/json\r\n\r\n"
            + #"{"file": {"display_name": "my \#(secret)"}}"#
            + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"
        let answer = try post(
            server, "/upload/v1beta/files", body,
            "X-Goog-Upload-Protocol: multipart\r\nContent-Type: multipart/related; boundary=b\r\n")
        XCTAssertEqual(answer.at("file/displayName"), "my \(secret)")
        XCTAssertEqual(try shown(server, "files", "files/0/displayName"), "my REDACTED")
    }

    func test_tenants_areKnownAgain_afterARestart() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try serve { $0.dataFolder = folder.path }
        _ = try uploadWhole(first, as: "alice")
        _ = try upload(first, "text/plain")
        first.stop()
        let second = try serve { $0.dataFolder = folder.path }
        XCTAssertNotNil(try shown(second, "files?tenant=alice", "files/0"))
        XCTAssertNotNil(try shown(second, "files?tenant=made-up", "files/0"))
        XCTAssertNil(try shown(second, "files?tenant=made-up", "files/1"))
    }
}
