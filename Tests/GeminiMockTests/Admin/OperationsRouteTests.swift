// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

final class OperationsRouteTests: AdminTestCase {
    private func retries() throws -> MockServer {
        let stub = MockStub(
            "s",
            replies: [
                .error("rate-limit-exceeded", retryDelay: .milliseconds(1500)),
                .error("service-unavailable"), .text("x"),
            ])
        let server = try serve(MockScenario("s", stubs: [stub]))
        for text in ["Hi", "Hi", "Hi", "other"] { _ = try ask(server, text) }
        return server
    }

    func test_retries_areOneOperation() throws {
        let server = try retries()
        let list = try admin(server, "GET", "operations")
        XCTAssertEqual(list.at("operations/0/id"), "4")
        XCTAssertEqual(list.at("operations/1/id"), "1")
        XCTAssertEqual(list.at("operations/1/requests"), "3")
        XCTAssertEqual(list.at("operations/1/entries"), "[1,2,3]")
        XCTAssertEqual(list.at("operations/1/statuses"), "[429,503,200]")
        XCTAssertEqual(list.at("operations/1/endpoint"), "generateContent")
        XCTAssertEqual(try shown(server, "operations?requests=2", "operations/0/id"), "1")
        XCTAssertNil(try shown(server, "operations?requests=2", "operations/1"))
        XCTAssertEqual(try shown(server, "operations?endpoint=listModels", "operations"), "[]")
        XCTAssertEqual(try shown(server, "operations?tenant=nobody", "operations"), "[]")
    }

    func test_gaps_standBesideWhatWasAnnounced() throws {
        let server = try retries()
        XCTAssertTrue(eventually { server.journal.entries.allSatisfy { $0.timing.ending != nil } })
        let operation = try admin(server, "GET", "operations/1")
        XCTAssertNil(operation.at("entries/0/gap"))
        XCTAssertNotNil(operation.at("entries/1/gap").flatMap { Double($0) })
        XCTAssertEqual(operation.at("entries/1/announcedGap"), "1500")
        XCTAssertNil(operation.at("entries/2/announcedGap"))
        XCTAssertEqual(operation.at("entries/2/status"), "200")
        XCTAssertNil(operation.at("entries/3"))
    }

    func test_anUpload_tellsItsBytes() throws {
        let server = try serve()
        let start = try call(
            server, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Type: text/plain\r\nX-Goog-Upload-Header-Content-Length: 4\r\n"
        )
        let url = try XCTUnwrap(start["X-Goog-Upload-URL"])
        let target = try XCTUnwrap(url.firstRange(of: "/upload").map { String(url[$0.lowerBound...]) })
        _ = try call(
            server, "POST", target, "X-Goog-Upload-Command: query\r\nX-Goog-Upload-Offset: 0\r\n", [])
        _ = try call(
            server, "POST", target, "X-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n",
            Array("four".utf8))
        let answer = try admin(server, "GET", "operations/1")
        XCTAssertEqual(answer.at("entries/0/upload/command"), "start")
        XCTAssertNil(answer.at("entries/0/upload/from"))
        XCTAssertEqual(answer.at("entries/1/upload/command"), "query")
        XCTAssertEqual(answer.at("entries/1/upload/sizeReceived"), "0")
        XCTAssertEqual(answer.at("entries/2/upload/from"), "0")
        XCTAssertEqual(answer.at("entries/2/upload/to"), "4")
        XCTAssertEqual(answer.at("entries/2/upload/status"), "final")
        let id = try XCTUnwrap(target.firstRange(of: "upload_id=").map { String(target[$0.upperBound...]) })
        XCTAssertFalse(answer.text.contains(id.prefix(20)))
    }

    func test_pages_goOn() throws {
        let server = try serve()
        for _ in 0..<5 { _ = try get(server, "models") }
        let first = try admin(server, "GET", "operations?pageSize=2")
        XCTAssertEqual(first.at("operations/1/id"), "4")
        let token = try XCTUnwrap(first.at("nextPageToken"))
        _ = try get(server, "models")
        let second = try admin(server, "GET", "operations?pageSize=3&pageToken=\(token)")
        XCTAssertEqual(second.at("operations/0/id"), "3")
        XCTAssertNil(second.at("nextPageToken"))
    }

    func test_whatIsWrong_isRefused() throws {
        let server = try serve()
        try assertRefused(server, "GET", "operations/1", status: 404, saying: "no operation 1")
        try assertRefused(server, "GET", "operations/x", saying: "is a number")
        try assertRefused(server, "GET", "operations?request=2", saying: "did you mean requests?")
        try assertRefused(server, "GET", "operations?pageSize=x", saying: "whole number")
    }
}
