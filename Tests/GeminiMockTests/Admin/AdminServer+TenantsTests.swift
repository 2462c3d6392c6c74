// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class AdminServerTenantsTests: AdminTestCase {
    /// Each as another client brings it.
    private let secrets = (0..<4).map { "made-up-credential-\($0)" }

    /// What all calls tell that need no id.
    private func told(_ server: MockServer) throws -> [(path: String, text: String)] {
        let paths = AdminRouteTable.all.filter { $0.method == "GET" && !$0.path.contains("{") }.map(\.path)
        return try paths.filter { $0 != "events" }.map { path in
            let answer = try admin(server, "GET", path)
            XCTAssertEqual(answer.status, 200, path)
            return (path, answer.text)
        }
    }

    func test_noCall_tellsACredential_thatAClientBrought() throws {
        let stub = MockStub("never", when: MockPattern(lastText: .equals("never")), replies: [.text("x")])
        let server = try serve(MockScenario("s", stubs: [stub]))
        let fields = [
            ("x-goog-api-key: \(secrets[0])\r\n", ""), ("", "?key=\(secrets[1])"),
            ("Authorization: Bearer \(secrets[2])\r\nx-goog-user-project: pro\r\n", ""),
            ("", "?access_token=\(secrets[3])"),
        ]
        var uploads: [String] = []
        for (field, query) in fields {
            let send = { (target: String, more: String, body: String) in
                try self.send(
                    server,
                    "POST \(target)\(query) HTTP/1.1\r\nHost: x\r\n\(field)\(more)"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
            XCTAssertEqual(
                try send(
                    "/upload/v1beta/files", "X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain\r\n",
                    "hi"
                ).status, 200)
            let started = try send(
                "/upload/v1beta/files",
                "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n", "")
            let address = try XCTUnwrap(started["x-goog-upload-url"])
            uploads.append(
                String(try XCTUnwrap(address.components(separatedBy: "upload_id=").last).prefix(110)))
            XCTAssertEqual(
                try send("/v1beta/interactions", "", #"{"model": "gemini-3.5-flash", "input": "Hi"}"#).status,
                200)
            XCTAssertEqual(
                try send(
                    "/v1beta/models/gemini-2.5-flash:generateContent", "",
                    #"{"contents": [{"parts": [{"text": "Hi"}]}]}"#
                ).status, 200)
        }
        let told = try told(server)
        XCTAssertTrue(told.contains { $0.path == "tenants" && $0.text.contains("project:pro") })
        for (path, text) in told {
            for secret in secrets + uploads {
                XCTAssertFalse(text.contains(secret), "\(path) tells \(secret)")
            }
        }
    }

    func test_aKey_isNotTold_whereNobodyHasIt() throws {
        let server = try serve()
        for (method, path) in [
            ("GET", "tenants/\(secrets[0])"), ("DELETE", "tenants/\(secrets[0])"),
            ("GET", "files/\(secrets[0])/x"), ("DELETE", "files/\(secrets[0])/x"),
        ] {
            let answer = try admin(server, method, path)
            XCTAssertEqual(answer.status, 404)
            XCTAssertFalse(answer.text.contains(secrets[0]), answer.text)
        }
    }

    func test_whatIsNobodys_isNoTenant() throws {
        let server = try serve()
        let answer = try send(server, head("/upload/v1beta/files?upload_id=unknown", "query"))
        XCTAssertEqual(answer.status, 404)
        _ = try call(server, "GET", "/v1beta/models", key: "")
        XCTAssertEqual(server.journal.entries.count, 2)
        XCTAssertEqual(try shown(server, "tenants", "tenants"), "[]")
    }
}
