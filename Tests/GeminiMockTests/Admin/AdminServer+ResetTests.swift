// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// Everything is steered while everything is used.
final class AdminServerResetTests: AdminTestCase {
    /// A client's connection, for as many requests as it likes.
    private struct Guest: Sendable {
        let port: Int
        let number: Int

        func send(_ head: String, _ body: String = "", pause: Bool = false) throws -> RawAnswer {
            let client = try XCTUnwrap(RawClient(port: port))
            let fields =
                "Host: x\r\nx-goog-api-key: key-\(number % 7)\r\nContent-Length: \(body.utf8.count)\r\n"
            let half = body.index(body.startIndex, offsetBy: pause ? body.count / 2 : 0)
            client.send("\(head)\r\n\(fields)\r\n\(body[..<half])")
            if pause { sched_yield() }
            client.send(String(body[half...]))
            return try client.receiveAnswer()
        }

        func post(_ target: String, _ body: String) throws -> RawAnswer {
            try send("POST /v1beta/\(target) HTTP/1.1", body)
        }

        /// - Returns: answers that a client can't get, whatever is reset meanwhile.
        func use() throws -> [String] {
            let hello = #"{"contents": [{"parts": [{"text": "Hello there, how are you today?"}]}]}"#
            switch number % 3 {
            case 0: return try upload()
            case 1:
                let answer = try post("models/gemini-2.5-flash:streamGenerateContent?alt=sse", hello)
                return wrong(answer, [200]) + (answer.body.isEmpty ? ["an empty stream"] : [])
            default:
                let turn = try post(
                    "interactions", #"{"model": "gemini-3.5-flash", "input": "Hi", "background": true}"#)
                let asked = try send("GET /v1beta/interactions/\(turn.at("id") ?? "none") HTTP/1.1")
                return wrong(try post("models/gemini-2.5-flash:generateContent", hello), [200])
                    + wrong(turn, [200]) + wrong(asked, [200, 404])
            }
        }

        private func upload() throws -> [String] {
            let start = try send(
                "POST /upload/v1beta/files HTTP/1.1\r\nX-Goog-Upload-Protocol: resumable\r\n"
                    + "X-Goog-Upload-Command: start\r\nX-Goog-Upload-Header-Content-Type: text/plain")
            guard let url = start["x-goog-upload-url"], let path = url.range(of: "/upload/") else {
                return ["no upload: \(start.text)"]
            }
            let end = try send(
                "POST \(url[path.lowerBound...]) HTTP/1.1\r\nX-Goog-Upload-Command: upload, finalize\r\n"
                    + "X-Goog-Upload-Offset: 0", String(repeating: "0123456789", count: 2000), pause: true)
            let listed = try send("GET /v1beta/\(end.at("file/name") ?? "files/none") HTTP/1.1")
            return wrong(end, [200, 404]) + wrong(listed, [200, 403])
        }

        private func wrong(_ answer: RawAnswer, _ good: Set<Int>) -> [String] {
            good.contains(answer.status) ? [] : ["\(answer.status): \(answer.text)"]
        }
    }

    func test_fiftyClients_areServed_whileAllIsResetMovedAndLoaded() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try serve {
            $0.dataFolder = folder.path
            $0.streamInterval = .seconds(1)
        }
        let (group, wrong, running) = (DispatchGroup(), Monitor([String]()), Monitor(50))
        for number in 0..<50 {
            let guest = Guest(port: server.port, number: number)
            group.enter()
            Thread.detachNewThread {
                for _ in 0..<4 {
                    do {
                        let found = try guest.use()
                        wrong.withLock { $0 += found }
                    } catch {
                        wrong.withLock { $0.append("\(number): \(error)") }
                    }
                }
                running.withLock { $0 -= 1 }
                group.leave()
            }
        }
        let calls: [(String, String, String)] = [
            ("POST", "clock", #"{"advance": "10s", "freeze": true}"#),
            ("POST", "reset/state?tenant=key-1", ""),
            (
                "POST", "scenarios",
                #"{"name": "n", "stubs": [{"name": "s", "when": {"model": "gemini-2.5-flash"}, "replies": [{"text": "Loaded"}]}]}"#
            ),
            ("POST", "clock", #"{"resume": true}"#), ("GET", "tenants", ""), ("POST", "reset/state", ""),
            ("POST", "faults", #"{"fault": "sse-comment"}"#), ("GET", "metrics", ""), ("GET", "files", ""),
            ("POST", "clock", #"{"advance": "1h"}"#), ("GET", "uploads", ""), ("GET", "interactions", ""),
            ("POST", "reset/all", ""), ("GET", "scenarios", ""), ("GET", "findings", ""),
        ]
        while running.withLock({ $0 }) > 0 {
            for (method, path, body) in calls {
                let status = try admin(server, method, path, body).status
                XCTAssertTrue(status == 200 || status == 204, "\(status) of \(method) \(path)")
            }
        }
        group.wait()
        XCTAssertEqual(wrong.withLock { Array($0.prefix(5)) }, [])
        server.reset()
        XCTAssertEqual(server.admin.service.holdings, [:])
        XCTAssertTrue(server.admin.service.interactions.occupancy == (0, 0))
        XCTAssertTrue(
            eventually { (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) == [".lock"] },
            "nothing is left of what was under way")
        XCTAssertEqual(server.scenarios, [])
        XCTAssertTrue(eventually { server.liveObjects == (0, 0) }, "\(server.liveObjects)")
    }

    func test_inSwift_theSameIsDone() throws {
        let server = try serve()
        for tenant in ["alice", "bob"] { _ = try uploadWhole(server, as: tenant) }
        server.resetState(of: "nobody")
        server.resetState(of: "alice")
        XCTAssertEqual(server.admin.service.holdings.keys.map(\.label), ["bob"])
        server.resetState()
        XCTAssertEqual(server.admin.service.holdings, [:])
        XCTAssertEqual(server.journal.entries.count, 2)
        server.resetJournal()
        XCTAssertEqual(server.journal.entries.count, 0)
        server.freezeClock()
        server.reset()
        XCTAssertFalse(server.clockState.isFrozen)
    }

    func test_progress_isThatOfWhoeverIsNamed() throws {
        let server = try serve(
            MockScenario("s", stubs: [MockStub("x", replies: [.text("one"), .text("two")])]))
        XCTAssertEqual(try ask(server).said, "one")
        XCTAssertEqual(server.progress(of: key).first?.stubs.first?.uses, 1)
        XCTAssertEqual(server.progress(of: "nobody"), [])
        server.resetProgress(of: "nobody")
        XCTAssertEqual(try ask(server).said, "two")
        server.resetProgress(of: key)
        XCTAssertEqual(try ask(server).said, "one")
    }
}
