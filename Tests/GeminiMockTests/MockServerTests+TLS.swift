// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMock
import TestSupport
import XCTest

/// A server that speaks HTTP and HTTPS.
final class MockServerTLSTests: ScenarioTestCase {
    private func serve(_ change: (inout MockServer.Configuration) -> Void = { _ in }) throws -> MockServer {
        var settings = MockServer.Configuration()
        settings.certificate = TLSCertificate(
            certificate: TestCertificate.shared.certificate, key: TestCertificate.shared.key)
        change(&settings)
        let server = try MockServer.start(settings)
        addTeardownBlock { server.stop() }
        return server
    }

    private func connect(_ server: MockServer) throws -> RawClient {
        let port = try XCTUnwrap(URL(string: try XCTUnwrap(server.tlsBaseURL))?.port)
        return try XCTUnwrap(RawClient(port: port, tls: RawClient.anyTLS))
    }

    private func start(_ client: RawClient, _ fields: String = "") throws -> String? {
        client.send(
            "POST /upload/v1beta/files HTTP/1.1\r\nHost: mock.example:1234\r\nx-goog-api-key: k\r\n"
                + "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Length: 3\r\nX-Goog-Upload-Header-Content-Type: text/plain\r\n"
                + "\(fields)Content-Length: 2\r\n\r\n{}")
        return try client.receiveAnswer()["x-goog-upload-url"]
    }

    func test_baseURLs_areTwo() throws {
        let server = try serve()
        XCTAssertTrue(server.baseURL.hasPrefix("http://127.0.0.1:"))
        XCTAssertTrue(server.tlsBaseURL?.hasPrefix("https://127.0.0.1:") == true)
        let plain = try MockServer.start()
        defer { plain.stop() }
        XCTAssertNil(plain.tlsBaseURL)
    }

    func test_uploadAddress_leadsBackTheWayTheRequestCame() throws {
        let server = try serve()
        let way = "://mock.example:1234/upload/v1beta/files?upload_id="
        XCTAssertTrue(try start(connect(server))?.hasPrefix("https" + way) == true)
        let plain = try XCTUnwrap(RawClient(port: server.port))
        XCTAssertTrue(try start(plain)?.hasPrefix("http" + way) == true)
        // A proxy before us says how it was called.
        XCTAssertTrue(
            try start(connect(server), "X-Forwarded-Proto: http\r\n")?.hasPrefix("http" + way) == true)
    }

    func test_state_isOne() throws {
        let server = try serve()
        let secure = try connect(server)
        let target = try XCTUnwrap(try start(secure).flatMap { URL(string: $0) })
        let plain = try XCTUnwrap(RawClient(port: server.port))
        plain.send(
            "POST \(target.path)?\(target.query ?? "") HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Offset: 0\r\n"
                + "X-Goog-Upload-Command: upload, finalize\r\nContent-Length: 3\r\n\r\nabc")
        XCTAssertEqual(try plain.receiveAnswer().status, 200)
        secure.send("GET /v1beta/files HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\n\r\n")
        XCTAssertTrue(try secure.receiveAnswer().text.contains("\"sizeBytes\": \"3\""))
    }

    func test_stop_endsOpenStreams() throws {
        let server = try serve { $0.streamInterval = .seconds(600) }
        let body = #"{"contents":[{"parts":[{"text":"Hello there, how are you today?"}]}]}"#
        let clients = try (0..<20).map { _ in try connect(server) }
        for client in clients {
            client.send(
                "POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: x\r\n"
                    + "x-goog-api-key: k\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            _ = try client.receive(upTo: "data: ")
        }
        XCTAssertTrue(eventually { server.waitingConnections == 20 })
        server.stop()
        XCTAssertTrue(server.liveObjects == (0, 0), "\(server.liveObjects)")
        withExtendedLifetime(clients) {}
    }

    func test_certificateProblems_areTold() {
        XCTAssertThrowsError(try serve { $0.certificate = TLSCertificate(certificate: [], key: []) }) {
            XCTAssertEqual(($0 as? MockServerError)?.certificateProblem, .unusable)
        }
        XCTAssertThrowsError(
            try serve { $0.certificate = TLSCertificate(certificateFile: "/no/such", keyFile: "/no/such") }
        ) {
            XCTAssertEqual(($0 as? MockServerError)?.certificateProblem, .unreadable)
            XCTAssertEqual(($0 as? MockServerError)?.isAddressInUse, false)
        }
    }
}
