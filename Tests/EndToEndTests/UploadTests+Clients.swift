// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// As each client uploads.
extension UploadTests {
    /// CORE 2.4, 1.5: google-genai for Python repeats the start's fields with each chunk, labels bytes as JSON, and sends
    /// no key with them.
    func test_pythonClient_uploads20MiB() throws {
        let server = try serve("--api-keys", "made-up-key")
        let connection = try UploadConnection(server.port)
        let size = 20 << 20
        let upload = [
            ("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Header-Content-Length", "\(size)"),
            ("X-Goog-Upload-Header-Content-Type", "audio/mpeg"), ("X-Goog-Upload-File-Name", "a.mp3"),
        ]
        let usual = [
            ("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("Content-Type", "application/json"),
        ]
        let started = try connection.send(
            "/upload/v1/files",
            usual + upload + [
                UploadConnection.key, ("X-Goog-Upload-Command", "start"),
                ("user-agent", "google-genai-sdk/3.4.0 gl-python/3.11.7"),
            ], body: #"{"file": {"mime_type": "audio/mpeg", "size_bytes": \#(size)}}"#.utf8
        )
        let url = try XCTUnwrap(started["x-goog-upload-url"])
        for (offset, count) in [(0, 8 << 20), (8 << 20, 8 << 20), (16 << 20, 4 << 20)] {
            let isLast = offset + count == size
            let answer = try connection.send(
                url,
                usual + upload + [
                    ("X-Goog-Upload-Command", isLast ? "upload, finalize" : "upload"),
                    ("X-Goog-Upload-Offset", "\(offset)"), ("User-Agent", "python-httpx2/2.16.2"),
                ], body: chunk(UInt8(ascii: "{"), count: count)
            )
            XCTAssertEqual(answer["x-goog-upload-status"], isLast ? "final" : "active", answer.text)
            if isLast {
                XCTAssertEqual(try UploadedFile(answer).size, size)
            } else {
                XCTAssertEqual(answer.text, "")
            }
        }
    }

    /// CORE 2.2, 2.4: @google/genai sends the size as a string, and the key with each chunk.
    func test_javaScriptClient_uploads() throws {
        let connection = try connect()
        let own = [
            UploadConnection.key, ("User-Agent", "google-genai-sdk/2.18.0 gl-node/v22.20.0"),
            ("sec-fetch-mode", "cors"), ("accept-language", "*"), ("X-Goog-Upload-File-Name", "sample.mp3"),
        ]
        let size = UploadConnection.granularity + 1
        let started = try connection.send(
            "/upload/v1beta/files",
            own + [
                ("Content-Type", "application/json"), ("X-Goog-Upload-Protocol", "resumable"),
                ("X-Goog-Upload-Command", "start"), ("X-Goog-Upload-Header-Content-Length", "\(size)"),
                ("X-Goog-Upload-Header-Content-Type", "audio/mp3"),
            ],
            body:
                #"{"file":{"mimeType":"audio/mp3","name":"files/from-js","displayName":"Ü","sizeBytes":"\#(size)"}}"#
                .utf8
        )
        let url = try XCTUnwrap(started["x-goog-upload-url"])
        var answer = try connection.send(
            url, own + [("X-Goog-Upload-Command", "upload"), ("X-Goog-Upload-Offset", "0")], body: chunk(7))
        XCTAssertEqual(answer["x-goog-upload-status"], "active")
        answer = try connection.send(
            url,
            own + [
                ("X-Goog-Upload-Command", "upload, finalize"),
                ("X-Goog-Upload-Offset", "\(UploadConnection.granularity)"),
            ], body: [7])
        let file = try UploadedFile(answer)
        XCTAssertEqual(file.name, "files/from-js")
        XCTAssertEqual(file["displayName"], "Ü")
        XCTAssertEqual(file.size, size)
        XCTAssertEqual(answer["x-goog-upload-status"], "final")
    }

    /// CORE 2.4: in a browser the client must be let see where to send the bytes.
    func test_webClient_maySeeTheAddress() throws {
        let connection = try connect()
        let answer = try connection.send(
            "/upload/v1beta/files",
            [
                UploadConnection.key, ("Origin", "https://page.example"), ("X-Goog-Upload-Command", "start"),
                ("X-Goog-Upload-Protocol", "resumable"),
            ])
        XCTAssertEqual(answer["access-control-allow-origin"], "https://page.example")
        let exposed = (answer["access-control-expose-headers"] ?? "").lowercased().split(separator: ",")
        for name in ["x-goog-upload-url", "x-goog-upload-status"] {
            XCTAssertTrue(exposed.contains(Substring(name)), "\(exposed)")
        }
    }

    /// CORE 2.4: Go's client finds the end only when there is nothing left, and then sends an empty last chunk.
    func test_goClient_uploadsWholeChunks_withEmptyEnd() throws {
        let connection = try connect()
        for count in [0, 1, 2] {
            let size = count * UploadConnection.granularity
            let fields = [
                UploadConnection.key, ("Content-Type", "application/json"),
                ("User-Agent", "google-genai-sdk/1.69.0 gl-go/go1.25"),
                ("X-Goog-Upload-Protocol", "resumable"),
                ("X-Goog-Upload-Header-Content-Type", "audio/mpeg"),
                ("X-Goog-Upload-Header-Content-Length", "\(size)"), ("X-Goog-Upload-File-Name", "a.mp3"),
            ]
            let started = try connection.send(
                "/upload/v1beta/files", fields + [("X-Goog-Upload-Command", "start")],
                body: "{\"file\":{\"mimeType\":\"audio/mpeg\"}}\n".utf8)
            let url = try XCTUnwrap(started["x-goog-upload-url"])
            for index in 0..<count {
                let offset = ("X-Goog-Upload-Offset", "\(index * UploadConnection.granularity)")
                let answer = try connection.send(
                    url, fields + [("X-Goog-Upload-Command", "upload"), offset], body: chunk(UInt8(index)))
                XCTAssertEqual(answer["x-goog-upload-status"], "active", answer.text)
                // Must be an object or nothing.
                XCTAssertEqual(answer.text, "")
            }
            let last = try connection.send(
                url,
                fields + [("X-Goog-Upload-Command", "upload, finalize"), ("X-Goog-Upload-Offset", "\(size)")])
            XCTAssertEqual(last["x-goog-upload-status"], "final", last.text)
            XCTAssertEqual(try UploadedFile(last).size, size)
        }
    }

    /// CORE 2.2: from a reader, Go's client knows no length.
    func test_goClient_uploadsUnknownLength() throws {
        let connection = try connect()
        let url = try connection.start(#"{"file":{"mimeType":"audio/mpeg"}}"#)
        XCTAssertEqual(
            try connection.go(url, "upload", at: 0, chunk(1))["x-goog-upload-status"], "active")
        let last = try connection.go(url, "upload, finalize", at: UploadConnection.granularity, [1, 2, 3])
        XCTAssertEqual(try UploadedFile(last).size, UploadConnection.granularity + 3)
    }

    /// CORE 2.2, 2.4, 1.5: what the guide's shell commands send, on a Mac, too: `wc` pads its number there.
    func test_curl_uploads() throws {
        let connection = try connect()
        let started = try connection.send(
            "/upload/v1beta/files",
            [
                ("User-Agent", "curl/8.14.1"), ("Accept", "*/*"), UploadConnection.key,
                ("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", "start"),
                ("X-Goog-Upload-Header-Content-Length", "      13  "),
                ("X-Goog-Upload-Header-Content-Type", "audio/mpeg"), ("Content-Type", "application/json"),
            ], body: "{'file': {'display_name': 'AUDIO'}}".utf8)
        let url = try XCTUnwrap(started["x-goog-upload-url"])
        let answer = try connection.send(
            url,
            [
                ("User-Agent", "curl/8.14.1"), ("Accept", "*/*"), ("X-Goog-Upload-Offset", "0"),
                ("X-Goog-Upload-Command", "upload, finalize"),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ], body: UploadTests.sound)
        let file = try UploadedFile(answer)
        XCTAssertEqual(file["mimeType"], "audio/mpeg")
        XCTAssertEqual(file["displayName"], "AUDIO")
        XCTAssertEqual(file["sha256Hash"], UploadTests.hash)
    }

    /// CORE 2.7: one body of two parts.
    func test_multipart_uploads() throws {
        let connection = try connect()
        let metadata =
            "--B7\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
            + "{\"file\":{\"displayName\":\"parts\"}}\r\n--B7\r\nContent-Type: audio/mpeg\r\n\r\n"
        let body = Array(metadata.utf8) + UploadTests.sound + Array("\r\n--B7--".utf8)
        for (target, fields) in [
            ("/upload/v1beta/files", [("X-Goog-Upload-Protocol", "multipart")]),
            ("/upload/v1beta/files?uploadType=multipart", []), ("/upload/v1beta/files", []),
        ] {
            let answer = try connection.send(
                target,
                [UploadConnection.key, ("Content-Type", "multipart/related; boundary=B7")] + fields,
                body: body)
            let file = try UploadedFile(answer)
            XCTAssertEqual(file["displayName"], "parts")
            XCTAssertEqual(file["mimeType"], "audio/mpeg")
            XCTAssertEqual(file["sha256Hash"], UploadTests.hash)
            XCTAssertEqual(answer["x-goog-upload-status"], "final")
        }
    }

    /// CORE 2.7: base64 content is what pages and Dart's client send.
    func test_multipart_takesBase64() throws {
        let connection = try connect()
        let body =
            "\r\n--B7\r\nContent-Type: application/json\r\n\r\n{}\r\n--B7\r\nContent-Type: audio/mpeg\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nSUQzIGFuZCBzbyBvbg==\r\n--B7--"
        let answer = try connection.send(
            "/upload/v1beta/files",
            [
                UploadConnection.key, ("X-Goog-Upload-Protocol", "multipart"),
                ("Content-Type", "multipart/related; boundary=\"B7\""),
            ], body: body.utf8)
        XCTAssertEqual(try UploadedFile(answer)["sha256Hash"], UploadTests.hash)
    }

    /// CORE 2.8: the body is the bytes.
    func test_raw_uploads() throws {
        let connection = try connect()
        for (target, fields) in [
            ("/upload/v1beta/files", [("X-Goog-Upload-Protocol", "raw"), ("Content-Type", "audio/mpeg")]),
            ("/upload/v1beta/files?uploadType=media", [("Content-Type", "audio/mpeg")]),
            (
                "/upload/v1beta/files",
                [
                    ("X-Goog-Upload-Protocol", "raw"), ("X-Goog-Upload-Header-Content-Type", "audio/mpeg"),
                    ("Content-Type", "application/octet-stream"), ("X-Goog-Upload-File-Name", "a.mp3"),
                ]
            ),
        ] {
            let answer = try connection.send(target, [UploadConnection.key] + fields, body: UploadTests.sound)
            let file = try UploadedFile(answer)
            XCTAssertEqual(file["mimeType"], "audio/mpeg", target)
            XCTAssertEqual(file["sha256Hash"], UploadTests.hash)
            XCTAssertEqual(answer["x-goog-upload-status"], "final")
        }
    }
}
