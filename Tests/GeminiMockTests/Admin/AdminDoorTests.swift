// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

/// Who gets in, and what those who don't are told: nothing.
final class AdminDoorTests: AdminTestCase {
    func test_aSlashAtTheEnd_isAnotherPath_andToldSo() throws {
        let server = try serve()
        for path in ["clock/", "reset/state/", "entries/", "operations/", "scenarios/", "tenants/"] {
            try assertRefused(
                server, "POST", path, status: 404, saying: "without the slash at the end there is one")
        }
        for path in ["nothing/", "clock//", "reset/"] {
            let answer = try admin(server, "GET", path)
            XCTAssertEqual(answer.status, 404)
            XCTAssertFalse(answer.text.contains("slash"), answer.text)
        }
        XCTAssertEqual(try admin(server, "GET", "").status, 200)
    }

    private static let key = "a-made-up-admin-key"

    private func send(
        _ server: MockServer, _ method: String, _ path: String, host: String = "localhost",
        _ fields: [String] = [], _ body: String = ""
    ) throws -> RawAnswer {
        let client = try XCTUnwrap(RawClient(port: server.port))
        let lines = ["Host: \(host)", "Content-Length: \(body.utf8.count)"] + fields
        client.send("\(method) \(path) HTTP/1.1\r\n\(lines.joined(separator: "\r\n"))\r\n\r\n\(body)")
        return try client.receiveAnswer(isToHEAD: method == "HEAD")
    }

    /// Those that tell or change most, with what they need.
    private static let calls = [
        ("GET", "/__admin/entries?view=full", ""), ("GET", "/__admin/events", ""),
        ("DELETE", "/__admin/entries", ""), ("POST", "/__admin/verify", #"{"when": {}}"#),
        ("GET", "/__admin/unmatched", ""), ("GET", "/__admin/nothing", ""), ("GET", "/__admin/", ""),
    ]

    private static let strangers: [(name: String, host: String, fields: [String])] = [
        ("another name of this machine", "attacker.example", []),
        ("a name that begins like one", "localhost.attacker.example", []),
        ("a page", "localhost", ["Origin: https://attacker.example"]),
        ("a page of this machine", "localhost", ["Origin: http://localhost:3000"]),
        ("a file", "localhost", ["Origin: null"]),
        ("an image of a page", "localhost", ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"]),
        ("a neighbour", "localhost", ["Sec-Fetch-Site: same-site"]),
    ]

    func test_strangers_readNothing_andChangeNothing() throws {
        for key in [nil, Self.key] {
            let server = try serve { $0.admin = key.map { .key($0) } ?? .thisMachine }
            _ = try ask(server, "A secret text")
            for stranger in Self.strangers {
                for (method, path, body) in Self.calls {
                    for wrong in [[], ["X-Gemini-Mock-Admin-Key: wrong"], ["Authorization: Bearer x"]] {
                        let answer = try send(
                            server, method, path, host: stranger.host, stranger.fields + wrong, body)
                        XCTAssertEqual(answer.status, 403, "\(stranger.name): \(method) \(path)")
                        XCTAssertFalse(answer.text.contains("secret"))
                        assertNoAllowance(answer)
                    }
                }
            }
            XCTAssertEqual(server.journal.entries.map(\.id), [1])
        }
    }

    private func assertNoAllowance(_ answer: RawAnswer, line: UInt = #line) {
        let names = answer.fields.map { $0.name.lowercased() }.filter { $0.hasPrefix("access-control") }
        XCTAssertEqual(names, [], line: line)
    }

    /// In a tenant's path the admin API isn't; what is like its path isn't it.
    func test_pathsThatAreLikeIt_areNoneOfIt() throws {
        let server = try serve()
        for path in [
            "/t/x/__admin/entries", "//__admin/entries", "/v1beta/__admin/entries", "/__ADMIN/entries",
            "/__admin%2Fentries",
        ] {
            XCTAssertEqual(try send(server, "GET", path).status, 404, path)
        }
        XCTAssertEqual(
            try send(server, "GET", "/__admin/" + String(repeating: "a/", count: 2000)).status, 404)
        for path in ["/__admin/entries/", "/__admin//entries", "/__admin/entries/../health", "/__admin/."] {
            XCTAssertNotEqual(try send(server, "GET", path).status, 200, path)
        }
        XCTAssertEqual(try send(server, "GET", "/%5F%5Fadmin/health").status, 200)
    }

    func test_otherMethods_areToldWhichThereAre() throws {
        let server = try serve()
        for method in ["PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "get"] {
            XCTAssertEqual(try send(server, method, "/__admin/verify").status, 405, method)
        }
        try assertRefused(server, "PUT", "entries", status: 405, saying: "GET, DELETE")
        XCTAssertEqual(try admin(server, "PUT", "entries")["Allow"], "GET, DELETE")
    }

    func test_off_itIsNone() throws {
        let server = try serve { $0.admin = .off }
        XCTAssertEqual(try send(server, "GET", "/__admin/health").status, 404)
    }

    // MARK: Pages with the key

    private let page = "Origin: https://dashboard.example"

    func test_withTheKey_aPageReadsAnswers_onesThatComeLaterToo() throws {
        let server = try serve { $0.admin = .key(Self.key) }
        for (method, path, body) in Self.calls where path != "/__admin/events" {
            for field in ["X-Gemini-Mock-Admin-Key: \(Self.key)", "Authorization: Bearer \(Self.key)"] {
                let answer = try send(server, method, path, host: "mock.example", [page, field], body)
                XCTAssertNotEqual(answer.status, 403, path)
                XCTAssertEqual(answer["access-control-allow-origin"], "https://dashboard.example", path)
                XCTAssertEqual(answer["vary"], "Origin", path)
                XCTAssertNil(answer["access-control-allow-credentials"])
            }
        }
        // Nobody else needs it.
        assertNoAllowance(try send(server, "GET", "/__admin/health"))
        assertNoAllowance(
            try send(server, "GET", "/__admin/health", ["X-Gemini-Mock-Admin-Key: \(Self.key)"]))
    }

    func test_preflights_areAnswered_whereThereIsAKey() throws {
        let asks = [
            page, "Access-Control-Request-Method: DELETE",
            "Access-Control-Request-Headers: x-gemini-mock-admin-key",
        ]
        let server = try serve { $0.admin = .key(Self.key) }
        let answer = try send(server, "OPTIONS", "/__admin/entries", host: "mock.example", asks)
        XCTAssertEqual(answer.status, 204)
        XCTAssertEqual(answer["access-control-allow-origin"], "https://dashboard.example")
        XCTAssertTrue(answer["access-control-allow-methods"]?.contains("DELETE") ?? false)
        let allowed = answer["access-control-allow-headers"]?.lowercased() ?? ""
        XCTAssertTrue(allowed.contains("x-gemini-mock-admin-key"), allowed)
        // It opens nothing by itself.
        XCTAssertEqual(try send(server, "GET", "/__admin/entries", [page]).status, 403)

        let keyless = try serve()
        let refused = try send(keyless, "OPTIONS", "/__admin/entries", asks)
        XCTAssertEqual(refused.status, 403)
        assertNoAllowance(refused)
    }

    /// A line break in it would be a field of its own.
    func test_originsThatAreNone_areNotEchoed() throws {
        let server = try serve { $0.admin = .key(Self.key) }
        let fields = ["Origin: a b", "X-Gemini-Mock-Admin-Key: \(Self.key)"]
        let answer = try send(server, "GET", "/__admin/health", fields)
        XCTAssertEqual(answer.status, 200)
        assertNoAllowance(answer)
    }

    func test_noAnswer_isKeptByABrowser() throws {
        let answer = try send(try serve(), "GET", "/__admin/health")
        XCTAssertEqual(answer["cache-control"], "no-store")
        XCTAssertEqual(answer["x-content-type-options"], "nosniff")
    }
}
