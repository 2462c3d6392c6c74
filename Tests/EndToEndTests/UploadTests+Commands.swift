// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Commands and refusals.
extension UploadTests {
    /// CORE 2.5.
    func test_query_tellsHowMuchHasArrived() throws {
        let connection = try connect()
        let url = try connection.start()
        func received() throws -> String? {
            let answer = try connection.go(url, "query")
            XCTAssertEqual(answer.status, 200)
            XCTAssertEqual(answer["x-goog-upload-status"], "active")
            return answer["x-goog-upload-size-received"]
        }
        XCTAssertEqual(try received(), "0")
        _ = try connection.go(url, "UPLOAD", at: 0, chunk(1))
        XCTAssertEqual(try received(), "8388608")
        let final = try connection.go(url, "upload,finalize", at: UploadConnection.granularity, [2])
        let again = try connection.go(url, "query")
        XCTAssertEqual(again["x-goog-upload-status"], "final")
        XCTAssertEqual(again.text, final.text)
    }

    /// CORE 2.5: a connection that breaks loses nothing that has arrived.
    func test_upload_goesOn_whereABrokenConnectionEnded() throws {
        let server = try serve()
        let connection = try UploadConnection(server.port)
        let url = try connection.start(announcing: 2 * UploadConnection.granularity)
        var broken = RawClient(port: server.port)
        let path = try UploadConnection.path(of: url)
        broken?.send(
            "POST \(path) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n"
                + "Content-Length: \(2 * UploadConnection.granularity)\r\n\r\n")
        broken?.send(chunk(1, count: 100_000))
        broken = nil
        var received = 0
        XCTAssertTrue(
            eventually {
                let answer = try? connection.go(url, "query")
                received = answer?["x-goog-upload-size-received"].flatMap { Int($0) } ?? 0
                return received == 100_000
            }, "\(received) bytes are there")
        let rest = chunk(1, count: 2 * UploadConnection.granularity - received)
        let file = try UploadedFile(connection.go(url, "upload, finalize", at: received, rest))
        XCTAssertEqual(file.size, 2 * UploadConnection.granularity)
    }

    func test_finalize_mayComeAlone() throws {
        let connection = try connect()
        let url = try connection.start()
        _ = try connection.go(url, "upload", at: 0, chunk(1))
        XCTAssertEqual(try UploadedFile(connection.go(url, "finalize")).size, UploadConnection.granularity)
    }

    func test_cancel_endsTheUpload() throws {
        let connection = try connect()
        let url = try connection.start()
        let answer = try connection.go(url, "cancel")
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer["x-goog-upload-status"], "cancelled")
        XCTAssertEqual(try connection.go(url, "upload, finalize", at: 0, [1]).status, 400)
        XCTAssertEqual(try connection.get("/v1beta/files").text, "{}\n")
    }

    /// CORE 2.6, seen: plain text.
    func test_finishedUpload_hasBeenTerminated() throws {
        let connection = try connect()
        let url = try connection.start()
        _ = try connection.go(url, "upload, finalize", at: 0, [1])
        for (command, offset) in [("upload, finalize", 0), ("upload", 1), ("cancel", nil)] as [(String, Int?)]
        {
            let answer = try connection.go(url, command, at: offset)
            XCTAssertEqual(answer.status, 400, command)
            XCTAssertEqual(answer.reason, "Bad Request")
            XCTAssertEqual(answer.text, "Upload has already been terminated.")
            XCTAssertEqual(answer["x-goog-upload-status"], "final")
            XCTAssertTrue(answer["content-type"]?.hasPrefix("text/plain") ?? false)
        }
        XCTAssertEqual(try connection.get("/v1beta/files").json.map { "\($0)".contains("name") }, true)
    }

    /// CORE 2.6: clients then ask where it stands, and go on.
    func test_wrongOffset_isRefused_andTheUploadGoesOn() throws {
        let connection = try connect()
        let url = try connection.start()
        for offset in ["1", "-1", "x", "", "99999999999999999999999"] {
            let answer = try connection.send(
                url, [("X-Goog-Upload-Command", "upload, finalize"), ("X-Goog-Upload-Offset", offset)],
                body: [1])
            XCTAssertEqual(answer.status, 400, offset)
            XCTAssertEqual(answer["x-goog-upload-status"], "active", offset)
        }
        XCTAssertEqual(try connection.go(url, "upload", at: 0, [1]).status, 400, "not whole chunks")
        XCTAssertEqual(try UploadedFile(connection.go(url, "upload, finalize", at: 0, [1])).size, 1)
    }

    func test_otherLengthThanAnnounced_isRefused() throws {
        let connection = try connect()
        for body in [[], [1], [1, 2, 3]] as [[UInt8]] {
            let url = try connection.start(announcing: 2)
            let answer = try connection.go(url, "upload, finalize", at: 0, body)
            XCTAssertEqual(answer.status, 400, "\(body)")
            XCTAssertEqual(answer["x-goog-upload-status"], "final", "\(body)")
            let again = try connection.go(url, "upload, finalize", at: 0, [1, 2])
            XCTAssertEqual(again.text, "Upload has already been terminated.")
        }
        XCTAssertEqual(try connection.get("/v1beta/files").text, "{}\n")
    }

    func test_unknownUpload_isRefused() throws {
        let connection = try connect()
        for id in ["", "x", "AJ" + String(repeating: "a", count: 108), "..%2f..%2fetc"] {
            let url = "/upload/v1beta/files?upload_id=\(id)&upload_protocol=resumable"
            for command in ["upload, finalize", "query", "cancel"] {
                let answer = try connection.go(url, command, at: 0, [1])
                XCTAssertEqual(answer.status, 404, "\(id) \(command): \(answer.text)")
                XCTAssertNil(answer["x-goog-upload-url"])
            }
        }
    }

    /// The API's own errors are JSON, and the upload server passes them on (CORE 2.2).
    func test_start_isRefusedInJSON() throws {
        let server = try serve("--api-keys", "made-up-key", "--max-file-bytes", "1000")
        let connection = try UploadConnection(server.port)
        func refusal(_ fields: UploadConnection.Fields, _ body: String = "{}") throws -> [String: Any] {
            let answer = try connection.send(
                "/upload/v1beta/files",
                fields + [("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", "start")],
                body: body.utf8)
            XCTAssertNil(answer["x-goog-upload-url"])
            XCTAssertEqual(answer["x-goog-upload-status"], "final")
            return try XCTUnwrap((answer.json as? [String: Any])?["error"] as? [String: Any], answer.text)
        }
        let key = UploadConnection.key
        XCTAssertEqual(try refusal([])["status"] as? String, "PERMISSION_DENIED")
        XCTAssertEqual(
            try refusal([("x-goog-api-key", "other")])["message"] as? String,
            "API key not valid. Please pass a valid API key.")
        XCTAssertEqual(try refusal([key], "{'file'")["status"] as? String, "INVALID_ARGUMENT")
        XCTAssertEqual(
            try refusal([key], "{file: {name: 'files/-a'}}")["status"] as? String, "INVALID_ARGUMENT")
        XCTAssertEqual(
            try refusal([key, ("X-Goog-Upload-Header-Content-Length", "1001")])["status"] as? String,
            "INVALID_ARGUMENT")
    }

    func test_bodiesThatAreTooLarge_areRefused() throws {
        let server = try serve("--max-file-bytes", "1000")
        let connection = try UploadConnection(server.port)
        let body = chunk(1, count: 1001)
        let raw = try connection.send(
            "/upload/v1beta/files", [UploadConnection.key, ("X-Goog-Upload-Protocol", "raw")], body: body)
        XCTAssertEqual(raw.status, 400, raw.text)
        let parts = Array("--B\r\n\r\n{}\r\n--B\r\n\r\n".utf8) + body + Array("\r\n--B--".utf8)
        let multipart = try connection.send(
            "/upload/v1beta/files",
            [
                UploadConnection.key, ("X-Goog-Upload-Protocol", "multipart"),
                ("Content-Type", "multipart/related; boundary=B"),
            ], body: parts)
        XCTAssertEqual(multipart.status, 400, multipart.text)
        let url = try connection.start()
        XCTAssertEqual(try connection.go(url, "upload, finalize", at: 0, body).status, 400)
        XCTAssertEqual(try connection.get("/v1beta/files").text, "{}\n")
    }

    /// A client that asks first sends nothing of what would be refused anyway.
    func test_refusedUploads_areNotWaitedFor() throws {
        let server = try serve("--api-keys", "made-up-key", "--max-file-bytes", "100000000")
        for (key, length, protocols) in [
            ("made-up-other", 50_000_000, "raw"), ("made-up-other", 50_000_000, "multipart"),
            ("made-up-key", 200_000_000, "raw"),
        ] {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(
                "POST /upload/v1beta/files HTTP/1.1\r\nHost: x\r\nx-goog-api-key: \(key)\r\nX-Goog-Upload-Protocol: "
                    + "\(protocols)\r\nContent-Type: multipart/related; boundary=B\r\nExpect: 100-continue\r\n"
                    + "Content-Length: \(length)\r\n\r\n")
            let head = try RawAnswer(head: client.receive(upTo: "\r\n\r\n"))
            XCTAssertEqual(head.status, 400, "\(key), \(protocols)")
            XCTAssertEqual(head["x-goog-upload-status"], "final")
        }
    }

    func test_chunkedBodies_areUnderstood() throws {
        let connection = try connect()
        let path = try UploadConnection.path(of: connection.start(announcing: 13))
        for head in [
            "POST \(path) HTTP/1.1\r\nX-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n",
            "POST /upload/v1/files?key=k HTTP/1.1\r\nX-Goog-Upload-Protocol: raw\r\nContent-Type: audio/mpeg\r\n",
        ] {
            let client = try XCTUnwrap(RawClient(port: connection.port))
            client.send(
                "\(head)Host: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nID3\r\na\r\n and so on\r\n0\r\n\r\n"
            )
            XCTAssertEqual(try UploadedFile(client.receiveAnswer())["sha256Hash"], UploadTests.hash)
        }
    }

    /// CORE 3.3: of another key's files nothing is told.
    func test_files_areTheKeysOwn() throws {
        let server = try serve()
        let connection = try UploadConnection(server.port)
        let url = try connection.start()
        let name = try UploadedFile(connection.go(url, "upload, finalize", at: 0, [1])).name
        let other = [("x-goog-api-key", "made-up-other")]
        for (method, path) in [("GET", name), ("DELETE", name), ("GET", "\(name):download?alt=media")] {
            XCTAssertEqual(try connection.send("/v1beta/\(path)", other, method: method).status, 403, path)
        }
        XCTAssertEqual(try connection.send("/v1beta/files", other, method: "GET").text, "{}\n")
        XCTAssertEqual(try connection.get("/v1beta/\(name):download?alt=media").status, 400)
        let deleted = try connection.send("/v1beta/\(name)", [UploadConnection.key], method: "DELETE")
        XCTAssertEqual(deleted.text, "{}\n")
        XCTAssertEqual(try connection.get("/v1beta/\(name)").status, 403)
    }

    func test_dataDir_keepsFiles_fromOneServerToTheNext() throws {
        let folder = makePath()
        let first = try serve("--data-dir", folder)
        var connection = try UploadConnection(first.port)
        let url = try connection.start("{file: {name: 'files/kept', displayName: 'Ü \"'}}")
        let file = try UploadedFile(connection.go(url, "upload, finalize", at: 0, UploadTests.sound))
        XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/kept")), Data(UploadTests.sound))
        // One that is never finished leaves nothing.
        _ = try connection.go(connection.start(), "upload", at: 0, chunk(1))
        try first.stop()
        let second = try serve("--data-dir", folder)
        connection = try UploadConnection(second.port)
        XCTAssertEqual(
            try UploadedFile(connection.get("/v1beta/files/kept")).json as NSDictionary,
            file.json as NSDictionary)
        _ = try connection.send("/v1beta/files/kept", [UploadConnection.key], method: "DELETE")
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [".lock"])
    }
}
