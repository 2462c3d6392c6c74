// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

final class EntriesRouteTests: AdminTestCase {
    /// The ids that a query finds.
    private func ids(_ server: MockServer, _ query: String, line: UInt = #line) throws -> String? {
        let answer = try admin(server, "GET", "entries?\(query)")
        XCTAssertEqual(answer.status, 200, answer.text, line: line)
        let entries = (answer.json as? [String: Any])?["entries"] as? [[String: Any]]
        return entries?.map { "\($0["id"] ?? "?")" }.joined(separator: " ")
    }

    private func server() throws -> MockServer {
        let hi = MockStub("hi", when: MockPattern(lastText: .equals("Hi")), replies: [.text("Hello")])
        let limit = MockStub(
            "limit", when: MockPattern(lastText: .equals("Again")), replies: [.error("rate-limit-exceeded")])
        let server = try serve(MockScenario("greetings", stubs: [hi, limit]))
        _ = try ask(server, "Hi")
        _ = try ask(server, "Ho", model: "gemini-3.5-flash", key: "another-key")
        _ = try get(server, "models")
        _ = try get(server, "nothing")
        server.advanceClock(by: .seconds(3600))
        _ = try ask(server, "Again")
        return server
    }

    func test_filters_find() throws {
        let server = try server()
        for (query, found) in [
            ("", "5 4 3 2 1"), ("order=oldest", "1 2 3 4 5"), ("endpoint=generateContent", "5 2 1"),
            ("model=gemini-3*", "2"), ("tenant=another-key", "2"), ("status=200", "3 2 1"),
            ("status=4xx", "5 4"), ("status=429", "5"), ("method=get", "4 3"), ("path=/v1beta/m*", "5 3 2 1"),
            ("operation=4", "4"), ("unmatched=true", "3 2"), ("unmatched=false", "5 4 1"),
            ("source=stub", "5 1"), ("source=builtIn", "4 3 2"), ("source=none", ""), ("stub=hi", "1"),
            ("scenario=greetings", "5 1"), ("scenario=other", ""), ("text=Hello", "1"),
            ("text=%22Ho%22", "2"),
            ("after=3", "5 4"), ("before=3", "2 1"), ("after=1&before=4&order=oldest", "2 3"),
            ("since=2026-08-19T15:00:00Z", "5"), ("until=2026-08-19T15:00:00Z", "4 3 2 1"),
            ("endpoint=generateContent&status=2xx", "2 1"), ("pageSize=2", "5 4"),
        ] {
            XCTAssertEqual(try ids(server, query), found, query)
        }
        let label = try XCTUnwrap(server.journal.entry(2)?.tenant)
        XCTAssertEqual(try ids(server, "tenant=\(label)"), "2")
    }

    func test_aMethodThatIsNone_isAMistake_notAnEmptyList() throws {
        let server = try server()
        for call in ["entries", "operations"] {
            let answer = try admin(server, "GET", "\(call)?endpoint=generateContents")
            XCTAssertEqual(answer.status, 400, call)
            XCTAssertTrue(answer.text.contains("did you mean generateContent?"), answer.text)
        }
    }

    func test_anEntry_isALinesWorth() throws {
        let server = try server()
        let answer = try admin(server, "GET", "entries?order=oldest")
        XCTAssertEqual(answer.at("entries/0/operation"), "1")
        XCTAssertEqual(answer.at("entries/0/time"), "2026-08-19T14:34:12.000000Z")
        XCTAssertEqual(answer.at("entries/0/endpoint"), "generateContent")
        XCTAssertEqual(answer.at("entries/0/model"), "gemini-2.5-flash")
        XCTAssertEqual(answer.at("entries/0/path"), "/v1beta/models/gemini-2.5-flash:generateContent")
        XCTAssertEqual(answer.at("entries/0/source"), "stub")
        XCTAssertEqual(answer.at("entries/0/stub/name"), "hi")
        XCTAssertEqual(answer.at("entries/0/stub/scenario"), "greetings")
        XCTAssertEqual(answer.at("entries/3/status"), "404")
        XCTAssertNil(answer.at("entries/3/endpoint"))
        XCTAssertNil(answer.at("entries/0/request"))
        XCTAssertEqual(answer.at("kept"), "5")
        XCTAssertEqual(answer.at("forgotten"), "0")
        XCTAssertEqual(
            try shown(server, "entries?view=full&order=oldest", "entries/0/request/parsed/lastText"), "Hi")
    }

    // MARK: Pages

    func test_pages_goOnWhereTheyWere_whileEntriesComeAndGo() throws {
        let server = try serve { $0.journalLimits.entries = 6 }
        for _ in 0..<6 { _ = try get(server, "models") }
        for (order, pages) in [("newest", ["6 5", "4 3"]), ("oldest", ["3 4", "5 6"])] {
            let first = try admin(server, "GET", "entries?pageSize=2&order=\(order)")
            let token = try XCTUnwrap(first.at("nextPageToken"))
            XCTAssertEqual(try ids(server, "pageSize=2&order=\(order)"), pages[0])
            if order == "newest" { for _ in 0..<2 { _ = try get(server, "models") } }
            XCTAssertEqual(try ids(server, "pageSize=2&order=\(order)&pageToken=\(token)"), pages[1])
        }
        XCTAssertEqual(try ids(server, "pageToken=n4"), "3")
        XCTAssertNil(try admin(server, "GET", "entries?pageToken=n4").at("nextPageToken"))
        XCTAssertEqual(try ids(server, "order=oldest&pageToken=o999"), "")
        XCTAssertEqual(try ids(server, "pageToken=n1"), "")
        try assertRefused(server, "GET", "entries?pageToken=o4", saying: "same order")
        try assertRefused(server, "GET", "entries?pageToken=x", saying: "nextPageToken")
    }

    /// All pages together are all entries, once each, also where most are passed over.
    func test_manyPages_areAll() throws {
        let server = try serve()
        for index in 0..<600 { _ = try get(server, index % 100 == 7 ? "nothing" : "models") }
        var (found, token): ([String], String?) = ([], "")
        while let last = token {
            let query = "status=404&pageSize=1&pageToken=\(last)"
            found += [try ids(server, query) ?? ""]
            token = try admin(server, "GET", "entries?\(query)").at("nextPageToken")
        }
        XCTAssertEqual(found, ["508", "408", "308", "208", "108", "8"])
    }

    // MARK: Resets

    func test_delete_forgetsAll() throws {
        let server = try server()
        XCTAssertEqual(try admin(server, "DELETE", "entries").status, 204)
        XCTAssertEqual(try ids(server, ""), "")
        XCTAssertEqual(try shown(server, "entries", "kept"), "0")
        _ = try get(server, "models")
        XCTAssertEqual(try ids(server, ""), "6")
        try assertRefused(server, "DELETE", "entries?tenant=x", saying: "no parameter “tenant”")
    }

    // MARK: Refusals

    func test_whatIsWrong_isToldWithWhatWouldBeRight() throws {
        let server = try serve()
        for (query, words) in [
            ("endpiont=x", "did you mean endpoint?"), ("status=9", "a status such as 429, or 5xx"),
            ("status=6xx", "429"), ("unmatched=yes", "“unmatched” can't be “yes”"),
            ("source=stubs", "did you mean stub?"), ("order=new", "did you mean newest?"),
            ("pageSize=0", "1 to 1000"), ("pageSize=1001", "1 to 1000"), ("after=-1", "whole number"),
            ("after=99999999999999999999", "whole number"), ("since=yesterday", "2026-11-21T08:30:00Z"),
            ("view=all", "can't be “all”"), ("status=200&status=404", "twice"), ("operation=0", "from 1 on"),
        ] {
            try assertRefused(server, "GET", "entries?\(query)", saying: words)
        }
    }
}
