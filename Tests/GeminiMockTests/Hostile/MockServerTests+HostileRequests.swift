// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock
@testable import GeminiService

/// Requests that no good client sends: what comes of each, and that the next one is served.
extension MockServerTests {
    func test_hostileRequests_haveTheirOutcome_andTheNextOneIsServed() throws {
        let server = try MockServer.start()
        defer { server.stop() }
        XCTAssertGreaterThan(HostileRequest.all.count, 80)
        for request in HostileRequest.all where request.outcome != .waits {
            let client = try XCTUnwrap(RawClient(port: server.port), request.name)
            client.send(request.bytes)
            if request.bytes.suffix(HostileRequest.next.utf8.count) != Array(HostileRequest.next.utf8)[...] {
                client.shutDown()
            }
            check(HostileAnswers(try client.receiveWhatComes()), request)
            XCTAssertTrue(
                try ask(server, HostileRequest.next).hasPrefix("HTTP/1.1 200 "), "after \(request.name)")
        }
        XCTAssertTrue(eventually { server.openConnections == 0 && server.liveObjects == (0, 0) })
    }

    func test_requestsThatDontComeToTheirEnd_areEndedByTheTimeOut() throws {
        let server = try MockServer(MockServer.Configuration(), endpoints: EndpointTable(), idleTimeout: 1)
        defer { server.stop() }
        let head = "POST \(HostileRequest.model):countTokens HTTP/1.1\r\n\(HostileRequest.usual)"
        let unfinished =
            [
                HostileRequest("nothing", "", .waits),
                HostileRequest("half a line", "GET /v1beta", .waits),
                HostileRequest("half a head", "GET / HTTP/1.1\r\nHost: x\r\n", .waits),
                HostileRequest("half a body", "\(head)Content-Length: 39\r\n\r\nhalf", .waits),
                HostileRequest("no chunk", "\(head)Transfer-Encoding: chunked\r\n\r\n", .waits),
                HostileRequest("half a chunk", "\(head)Transfer-Encoding: chunked\r\n\r\n27\r\nhalf", .waits),
                HostileRequest(
                    "half an upload",
                    "POST /upload/v1beta/files HTTP/1.1\r\n\(HostileRequest.usual)X-Goog-Upload-Protocol: raw\r\n"
                        + "Content-Length: 5000\r\n\r\nhalf", .waits),
            ] + HostileRequest.all.filter { $0.outcome == .waits }
        let clients = try (unfinished + unfinished.map(\.halfClosed)).map { request in
            let client = try XCTUnwrap(RawClient(port: server.port), request.name)
            client.send(request.bytes)
            if request.isHalfClosed { client.shutDown() }
            return (request, client)
        }
        for (request, client) in clients {
            XCTAssertEqual(String(decoding: try client.receiveWhatComes(), as: UTF8.self), "", request.name)
        }
        XCTAssertTrue(eventually { server.openConnections == 0 && server.liveObjects == (0, 0) })
        XCTAssertTrue(try ask(server, HostileRequest.next).hasPrefix("HTTP/1.1 200 "))
    }

    func test_clientsThatEndTheirSide_getTheirAnswers() throws {
        let server = try MockServer.start()
        defer { server.stop() }
        let (post, stream) = (
            HostileRequest.post("Content-Length: 39\r\n"),
            HostileRequest.post("Content-Length: 39\r\n").replacingOccurrences(
                of: "countTokens", with: "streamGenerateContent?alt=sse")
        )
        for request in [HostileRequest.get(""), post, stream, HostileRequest.next] {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(request)
            client.shutDown()
            let answers = HostileAnswers(try client.receiveWhatComes())
            XCTAssertEqual(answers.statuses, request == HostileRequest.next ? [200] : [200, 200])
            XCTAssertTrue(answers.isNextLast)
        }
    }

    /// The same head as for GET, without a body, and the connection stays in step.
    func test_HEAD_isWhatGETIs_onEveryRoute() throws {
        let server = try MockServer.start()
        defer { server.stop() }
        let paths = [
            "/v1beta/models", "/v1beta/models?pageSize=2", HostileRequest.model, "/v1beta/models/none",
            "/v1beta/files", "/v1beta/files/none", "/v1beta/files/none:download", "/v1beta/interactions/none",
            "/v1beta/agents/a", "/upload/v1beta/files", "\(HostileRequest.model):generateContent", "/",
            "/none",
            "/__admin/", "/__admin/health", "/__admin/ready", "/__admin/entries", "/__admin/metrics",
            "/__admin/openapi.yaml", "/__admin/none", "/__admin/verify",
        ]
        for path in paths {
            let heads = try ["GET", "HEAD"].map { method in
                let client = try XCTUnwrap(RawClient(port: server.port))
                client.send(
                    "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: made-up\r\n\r\n\(HostileRequest.next)"
                )
                let answer = try client.receiveAnswer(isToHEAD: method == "HEAD")
                let next = HostileAnswers(try client.receiveWhatComes())
                XCTAssertEqual(next.statuses, [200], "\(method) \(path)")
                XCTAssertTrue(next.isNextLast, "\(method) \(path)")
                let changing = ["date", "server-timing", "content-length"]
                return ["\(answer.status)"]
                    + answer.fields.filter { !changing.contains($0.name.lowercased()) }.map {
                        "\($0.name): \($0.value)"
                    }
            }
            XCTAssertEqual(heads[0], heads[1], path)
        }
    }

    // MARK: Checks

    private func check(_ answers: HostileAnswers, _ request: HostileRequest, line: UInt = #line) {
        let said = "\(request.name): \(answers.text.suffix(400))"
        switch request.outcome {
        case .served(let statuses):
            XCTAssertEqual(answers.statuses, statuses + [200], said, line: line)
            XCTAssertTrue(answers.isNextLast, said, line: line)
            XCTAssertTrue(answers.areOurs, said, line: line)
        case .servedAndClosed(let statuses):
            XCTAssertEqual(answers.statuses, statuses, said, line: line)
        case .refused:
            XCTAssertEqual(answers.statuses, [400], said, line: line)
            XCTAssertTrue(answers.areOurs, said, line: line)
            XCTAssertTrue(answers.text.contains("Connection: close\r\n"), said, line: line)
        case .library(let status):
            XCTAssertEqual(answers.statuses, [status], said, line: line)
            XCTAssertFalse(answers.areOurs, said, line: line)
        case .libraryTwice(let status):
            XCTAssertEqual(answers.statuses, [status, status], said, line: line)
            XCTAssertFalse(answers.areOurs, said, line: line)
        case .closed: XCTAssertEqual(answers.text, "", said, line: line)
        case .waits: XCTFail(said, line: line)
        }
    }
}

/// All that has come on a connection.
private struct HostileAnswers {
    let text: String
    private let pieces: [String]

    init(_ bytes: [UInt8]) {
        text = String(decoding: bytes, as: UTF8.self)
        pieces = text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { "HTTP/1.1 \($0)" }
    }

    var statuses: [Int] { pieces.map { Int($0.dropFirst(9).prefix(3)) ?? 0 } }

    /// Whether the last one is the answer to `HostileRequest.next`.
    var isNextLast: Bool {
        pieces.last.map {
            $0.hasPrefix("HTTP/1.1 200 ") && $0.contains("\"name\": \"models/gemini-3.5-flash\"")
        } ?? false
    }

    /// Whether all that says "no" is the API's error or the front end's page.
    var areOurs: Bool {
        zip(pieces, statuses).allSatisfy { piece, status in
            status < 400 || piece.contains("\"code\": \(status)")
                || piece.contains("<title>Error \(status) (")
                || piece.contains("Content-Type: application/json") && piece.hasSuffix("\r\n\r\n")
        }
    }
}
