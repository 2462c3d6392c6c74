// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

/// What tests of the admin API share: its calls, each over a socket.
class AdminTestCase: ScenarioTestCase {
    /// A call of the admin API from this machine.
    func admin(_ server: MockServer, _ method: String, _ path: String, _ body: String = "") throws
        -> RawAnswer
    {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "\(method) /__admin/\(path) HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try client.receiveAnswer()
    }

    /// What stands at a path of the answer to a `GET`.
    func shown(_ server: MockServer, _ path: String, _ at: String, line: UInt = #line) throws -> String? {
        let answer = try admin(server, "GET", path)
        XCTAssertEqual(answer.status, 200, answer.text, line: line)
        return answer.at(at)
    }

    /// That a call is refused, with a message that has these words.
    func assertRefused(
        _ server: MockServer, _ method: String, _ path: String, _ body: String = "", status: Int = 400,
        saying words: String, line: UInt = #line
    ) throws {
        let answer = try admin(server, method, path, body)
        XCTAssertEqual(answer.status, status, answer.text, line: line)
        XCTAssertEqual(answer.at("error/status"), String(status), line: line)
        let message = answer.at("error/message") ?? ""
        XCTAssertTrue(message.contains(words), message, line: line)
    }
}
