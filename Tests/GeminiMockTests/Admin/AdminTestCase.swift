// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
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

    /// A call of the API by a tenant with a name of its own.
    func call(
        _ server: MockServer, as tenant: String, _ method: String, _ path: String, _ fields: String = "",
        _ body: String = ""
    ) throws -> RawAnswer {
        try call(server, method, "/t/\(tenant)\(path)", fields, Array(body.utf8))
    }

    /// Begins a resumable upload of 10 bytes.
    ///
    /// - Returns: the path that its bytes go to.
    func startUpload(_ server: MockServer, as tenant: String) throws -> String {
        let answer = try call(
            server, as: tenant, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Length: 10\r\nX-Goog-Upload-Header-Content-Type: text/plain\r\n"
        )
        let url = try XCTUnwrap(answer["x-goog-upload-url"], answer.text)
        return String(url[try XCTUnwrap(url.range(of: "/t/")).lowerBound...])
    }

    /// The head of a request that brings bytes to an upload.
    func head(_ path: String, _ command: String, at offset: Int = 0, length: Int = 0) -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Command: \(command)\r\n"
            + "X-Goog-Upload-Offset: \(offset)\r\nContent-Length: \(length)\r\n\r\n"
    }

    func send(_ server: MockServer, _ text: String) throws -> RawAnswer {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(text)
        return try client.receiveAnswer()
    }

    /// Uploads a text of 10 bytes in one request.
    func uploadWhole(_ server: MockServer, as tenant: String, _ fields: String = "") throws -> String {
        let answer = try call(
            server, as: tenant, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain\r\n\(fields)", "0123456789")
        return String(try XCTUnwrap(answer.at("file/name"), answer.text).dropFirst("files/".count))
    }

    /// A turn of the Interactions API by a tenant with a name of its own.
    ///
    /// - Returns: its id.
    func takeTurn(_ server: MockServer, as tenant: String, _ members: String = "") throws -> String {
        let answer = try call(
            server, as: tenant, "POST", "/v1beta/interactions", "",
            #"{"model": "gemini-3.5-flash", "input": "Hello"\#(members)}"#)
        return try XCTUnwrap(answer.at("id"), answer.text)
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
