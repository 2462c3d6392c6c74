// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

final class EventsRouteTests: AdminTestCase {
    /// A stream that has begun.
    private func watch(_ server: MockServer, _ query: String = "", lastID: String? = nil) throws -> RawClient
    {
        let client = try XCTUnwrap(RawClient(port: server.port))
        let field = lastID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        client.send("GET /__admin/events\(query) HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n")
        let head = try RawAnswer(head: client.receive(upTo: "\r\n\r\n"))
        XCTAssertEqual(head.status, 200)
        XCTAssertEqual(head["content-type"], "text/event-stream")
        _ = try client.receive(upTo: "as they come\n\n")
        return client
    }

    private struct Event {
        let name: String
        let id: String
        let data: BodyValue
    }

    /// The next event, chunk sizes and comments passed over.
    private func next(_ client: RawClient) throws -> Event {
        while true {
            let text = String(decoding: try client.receive(upTo: "\n\n"), as: UTF8.self)
            let lines = text.split(whereSeparator: \.isNewline)
            guard let data = lines.first(where: { $0.hasPrefix("data: ") }) else {
                guard !text.isEmpty else { throw XCTSkip("the stream has ended") }
                continue
            }
            func value(_ name: String) -> String {
                lines.first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) } ?? ""
            }
            let json = try JSONSerialization.jsonObject(with: Data(data.dropFirst("data: ".count).utf8))
            return Event(name: value("event: "), id: value("id: "), data: BodyValue(value: json))
        }
    }

    func test_entries_comeAsTheyAreMade_andWhenTheyEnd() throws {
        let server = try serve()
        server.freezeClock()
        _ = try get(server, "models")
        XCTAssertTrue(eventually { server.journal.entry(1)?.timing.ending != nil })
        let client = try watch(server)
        _ = try ask(server, "Hi")
        let entry = try next(client)
        XCTAssertEqual(entry.name, "entry")
        XCTAssertEqual(entry.data.at("id"), "2")
        XCTAssertEqual(entry.data.at("endpoint"), "generateContent")
        XCTAssertNil(entry.data.at("request"))
        let ended = try next(client)
        XCTAssertEqual(ended.name, "ended")
        XCTAssertEqual(ended.data.at("id"), "2")
        XCTAssertEqual(ended.data.at("ending"), "complete")
    }

    func test_whoComesBack_missesNothing() throws {
        let server = try serve()
        let ids: [String] = try {
            let client = try watch(server)
            _ = try get(server, "models")
            return [try next(client).id, try next(client).id]
        }()
        _ = try get(server, "nothing")
        XCTAssertTrue(eventually { server.journal.entry(2)?.timing.ending != nil })
        let behindBoth = try watch(server, lastID: ids[1])
        XCTAssertEqual(try next(behindBoth).data.at("id"), "2")
        // Between the entry and its end.
        let between = try watch(server, lastID: ids[0])
        var seen: [String] = []
        for _ in 0..<3 {
            let event = try next(between)
            seen.append("\(event.name) \(event.data.at("id") ?? "")")
        }
        XCTAssertEqual(seen.sorted(), ["ended 1", "ended 2", "entry 2"])
    }

    /// Ids are those of another server: all that there is is new.
    func test_anUnknownID_beginsAtTheBeginning() throws {
        let server = try serve()
        _ = try get(server, "models")
        XCTAssertEqual(try next(watch(server, lastID: "999999.1")).data.at("id"), "1")
    }

    func test_after_andFilters_choose() throws {
        let server = try serve()
        for name in ["models", "nothing", "models", "nothing"] { _ = try get(server, name) }
        let client = try watch(server, "?after=1&status=404&view=full")
        let entry = try next(client)
        XCTAssertEqual(entry.data.at("id"), "2")
        XCTAssertEqual(entry.data.at("request/method"), "GET")
        XCTAssertEqual(try next(client).data.at("id"), "4")
    }

    func test_manyEntries_comeAll() throws {
        let server = try serve()
        for _ in 0..<300 { _ = try get(server, "models") }
        let client = try watch(server, "?after=0")
        var ids: [String] = []
        while ids.count < 300 {
            let event = try next(client)
            if event.name == "entry" { ids.append(event.data.at("id") ?? "") }
        }
        XCTAssertEqual(ids, (1...300).map(String.init))
    }

    /// They need no thread: other calls are answered meanwhile. A client that leaves gives its place back.
    func test_streams_areBounded() throws {
        let server = try serve()
        var clients = try (0..<EntryWatchers.most).map { _ in try watch(server) }
        try assertRefused(server, "GET", "events", status: 503, saying: "32 such streams")
        clients.removeLast()
        XCTAssertTrue(
            eventually {
                guard let client = RawClient(port: server.port) else { return false }
                client.send("GET /__admin/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                return (try? RawAnswer(head: client.receive(upTo: "\r\n\r\n")))?.status == 200
            })
        _ = try get(server, "models")
        XCTAssertEqual(try next(clients[0]).data.at("id"), "1")
        XCTAssertEqual(try next(clients[30]).data.at("id"), "1")
    }

    func test_credentials_areInNoEvent() throws {
        let server = try serve()
        let client = try watch(server, "?view=full")
        key = "a-made-up-key-of-some-length"
        _ = try ask(server, "My key is \(key)")
        let event = try next(client)
        XCTAssertEqual(event.data.at("id"), "1")
        XCTAssertFalse("\(event.data)".contains(key))
    }

    func test_whatIsWrong_isRefused() throws {
        let server = try serve()
        try assertRefused(server, "GET", "events?tennant=x", saying: "did you mean tenant?")
        try assertRefused(server, "GET", "events?view=x", saying: "view")
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("GET /__admin/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: x\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().status, 400)
    }
}
