// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

/// The server is no way to other files and no way to other servers.
extension MockServerTests {
    private func post(_ server: MockServer, _ target: String, _ body: String, _ fields: String = "") throws
        -> RawAnswer
    {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "POST \(target) HTTP/1.1\r\n\(HostileRequest.usual)\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        return try client.receiveAnswer()
    }

    func test_names_leadToNoOtherFile() throws {
        let place = try makeFolder()
        let folder = place + "/data"
        try "secret".write(toFile: place + "/secret", atomically: true, encoding: .utf8)
        var settings = MockServer.Configuration()
        settings.dataFolder = folder
        let server = try MockServer.start(settings)
        defer { server.stop() }
        let multipart = "X-Goog-Upload-Protocol: multipart\r\nContent-Type: multipart/related; boundary=B\r\n"
        for name in [
            "..", ".", "../secret", "files/../secret", "files/../../secret", "/etc/passwd", "a/b", "a%2fb",
            "..%2fsecret",
            "a\\u0000b", "..\\\\secret", ".lock", "1.part", "a.json", "~", "a~b", "\\u202e",
            String(repeating: "a", count: 300),
        ] {
            let metadata = #"{"file": {"name": "\#(name)", "displayName": "../../secret"}}"#
            let answer = try post(
                server, "/upload/v1beta/files", "--B\r\n\r\n\(metadata)\r\n--B\r\n\r\nbytes\r\n--B--",
                multipart)
            XCTAssertEqual(answer.status, 400, "\(name): \(answer.text)")
        }
        for target in [
            "../secret", "..%2fsecret", "..%5csecret", ".lock", "%2e%2e/secret", "..%252fsecret", "secret%00",
        ] {
            for method in ["GET", "DELETE"] {
                let client = try XCTUnwrap(RawClient(port: server.port))
                client.send("\(method) /v1beta/files/\(target) HTTP/1.1\r\n\(HostileRequest.usual)\r\n")
                let answer = try client.receiveAnswer()
                XCTAssertTrue([403, 404].contains(answer.status), "\(method) \(target): \(answer.status)")
                XCTAssertFalse(answer.text.contains("secret\n"), answer.text)
            }
        }
        XCTAssertEqual(
            try FileManager.default.contentsOfDirectory(atPath: place).sorted(), ["data", "secret"])
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [".lock"])
        XCTAssertEqual(try String(contentsOfFile: place + "/secret", encoding: .utf8), "secret")
    }

    func test_addressesInRequests_areNotAsked() throws {
        let (server, other) = (try MockServer.start(), try MockServer.start())
        defer {
            server.stop()
            other.stop()
        }
        let address = "http://127.0.0.1:\(other.port)/v1beta/models"
        let contents =
            #"[{"role": "user", "parts": [{"fileData": {"fileUri": "\#(address)", "mimeType": "image/png"}}, {"text": "\#(address)"}]}]"#
        for method in ["generateContent", "streamGenerateContent?alt=sse", "countTokens"] {
            XCTAssertEqual(
                try post(server, "\(HostileRequest.model):\(method)", #"{"contents": \#(contents)}"#).status,
                200)
        }
        let fields =
            "Referer: \(address)\r\nOrigin: \(address)\r\nX-Forwarded-Host: 127.0.0.1:\(other.port)\r\n"
        _ = try post(
            server, "\(HostileRequest.model):generateContent",
            #"{"contents": \#(contents), "tools": [{"urlContext": {}}, {"googleSearch": {}}]}"#, fields)
        _ = try post(
            server, "/v1beta/interactions",
            #"{"model": "gemini-3.5-flash", "input": [{"type": "image", "uri": "\#(address)", "mime_type": "image/png"}]}"#
        )
        _ = try post(
            server, "/upload/v1beta/files", #"{"file": {"uri": "\#(address)", "source": "\#(address)"}}"#,
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n")
        // Nor is it a proxy.
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            "GET \(address) HTTP/1.1\r\nHost: 127.0.0.1:\(other.port)\r\nx-goog-api-key: made-up\r\n\r\n")
        _ = try client.receiveAnswer()
        XCTAssertEqual(other.journal.entries.count, 0)
        XCTAssertEqual(other.openConnections, 0)
        XCTAssertGreaterThan(server.journal.entries.count, 5)
    }
}
