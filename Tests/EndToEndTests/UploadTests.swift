// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What clients send to the upload server, byte for byte over a plain socket (CORE 2).
final class UploadTests: ServerTestCase {
    private static let sound = Array("ID3 and so on".utf8)
    /// SHA-256 of `sound`, in hex and then in base64 (CORE 3.1).
    private static let hash =
        "OTAzYjBjMGEyNDI5MDI4YTI2YjY5YmYxY2Y0MDVmZDM0NDk1YTUwNzM0OGQ2ZWMxNGM1NjM4MzE5MDM2YzhiMA=="

    private func connect() throws -> UploadConnection {
        let server = try serve()
        return try UploadConnection(server.port)
    }

    private func chunk(_ byte: UInt8, count: Int = UploadConnection.granularity) -> [UInt8] {
        [UInt8](repeating: byte, count: count)
    }

    /// The fields that the upload server may choose are left out.
    private func names(_ answer: RawAnswer) -> [String] { answer.fields.map(\.name) }
}

// MARK: - The wire

extension UploadTests {
    /// CORE 2.2, recorded.
    func test_start_answersInRecordedOrder() throws {
        let connection = try connect()
        let answer = try connection.send(
            "/upload/v1beta/files",
            [
                UploadConnection.key, ("X-Goog-Upload-Protocol", "resumable"),
                ("X-Goog-Upload-Command", "start"), ("X-Goog-Upload-Header-Content-Length", "5"),
                ("X-Goog-Upload-Header-Content-Type", "audio/mpeg"), ("Content-Type", "application/json"),
            ], body: #"{"file":{"display_name":"AUDIO"}}"#.utf8
        )
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.text, "")
        let id = try XCTUnwrap(answer["X-GUploader-UploadID"])
        XCTAssertNotNil(id.wholeMatch(of: /[A-Za-z0-9_-]{100,120}/), id)
        let url =
            "http://127.0.0.1:\(connection.port)/upload/v1beta/files?upload_id=\(id)&upload_protocol=resumable"
        let recorded = [
            ("X-GUploader-UploadID", id), ("X-Goog-Upload-Status", "active"), ("X-Goog-Upload-URL", url),
            ("X-Goog-Upload-Control-URL", url), ("X-Goog-Upload-Chunk-Granularity", "8388608"),
            ("X-Goog-Upload-Header-Content-Type", "application/json; charset=UTF-8"),
            ("X-Goog-Upload-Header-Vary", "Origin"), ("X-Goog-Upload-Header-Vary", "Referer"),
            ("X-Goog-Upload-Header-Vary", "X-Origin"),
        ]
        let found = answer.fields.filter { $0.name.hasPrefix("X-G") }
        XCTAssertEqual(found.map(\.name), recorded.map(\.0))
        XCTAssertEqual(found.map(\.value), recorded.map(\.1))
        XCTAssertEqual(answer["content-type"], "text/plain; charset=utf-8")
        XCTAssertEqual(answer["content-length"], "0")
        XCTAssertEqual(answer["server"], "UploadServer")
        let rest = names(answer).filter { !$0.hasPrefix("X-G") }
        XCTAssertEqual(rest.sorted(), ["Content-Length", "Content-Type", "Date", "Server"])
    }

    /// CORE 2.3 and 3.1, recorded: members, their order, their formats.
    func test_finalize_answersWithRecordedBytes() throws {
        let connection = try connect()
        let url = try connection.start(
            "{'file': {'display_name': 'AUDIO'}}", announcing: 13,
            [("X-Goog-Upload-Header-Content-Type", "audio/mpeg")])
        let answer = try connection.go(url, "upload, finalize", at: 0, UploadTests.sound)
        XCTAssertEqual(answer["x-goog-upload-status"], "final")
        XCTAssertEqual(answer["content-type"], "application/json; charset=UTF-8")
        XCTAssertEqual(answer["server"], "UploadServer")
        XCTAssertEqual(
            answer.fields.filter { $0.name == "Vary" }.map(\.value), ["Origin", "Referer", "X-Origin"])
        let shape =
            #/
            \{\n\x20\x20"file":\x20\{\n
            \x20\x20\x20\x20"name":\x20"files\/(?<id>[a-z0-9]{12})",\n
            \x20\x20\x20\x20"displayName":\x20"AUDIO",\n
            \x20\x20\x20\x20"mimeType":\x20"audio\/mpeg",\n
            \x20\x20\x20\x20"sizeBytes":\x20"13",\n
            \x20\x20\x20\x20"createTime":\x20"(?<created>[0-9T:-]{19}\.\d{6}Z)",\n
            \x20\x20\x20\x20"updateTime":\x20"(?<updated>[0-9T:-]{19}\.\d{6}Z)",\n
            \x20\x20\x20\x20"expirationTime":\x20"[0-9T:-]{19}\.\d{9}Z",\n
            \x20\x20\x20\x20"sha256Hash":\x20"(?<hash>[A-Za-z0-9+\/]{86}==)",\n
            \x20\x20\x20\x20"uri":\x20"https:\/\/generativelanguage\.googleapis\.com\/v1beta\/files\/(?<again>\w+)",\n
            \x20\x20\x20\x20"state":\x20"ACTIVE",\n
            \x20\x20\x20\x20"source":\x20"UPLOADED"\n
            \x20\x20\}\n\}\n
            /#
        let match = try XCTUnwrap(answer.text.wholeMatch(of: shape), answer.text)
        XCTAssertEqual(match.created, match.updated)
        XCTAssertEqual(match.id, match.again)
        XCTAssertEqual(String(match.hash), UploadTests.hash)
        // The same without the wrapper.
        let got = try UploadedFile(connection.get("/v1beta/files/\(match.id)"))
        XCTAssertEqual(got.json as NSDictionary, try UploadedFile(answer).json as NSDictionary)
    }

    /// CORE 3.1: what has no value is left out; the JSON's type goes before the head's.
    func test_finalize_leavesOut_whatHasNoValue() throws {
        let connection = try connect()
        let url = try connection.start(
            "{file: {mimeType: 'audio/ogg'}}", announcing: 0,
            [("X-Goog-Upload-Header-Content-Type", "audio/mpeg"), ("X-Goog-Upload-File-Name", "a.mp3")])
        let file = try UploadedFile(connection.go(url, "upload, finalize", at: 0))
        XCTAssertEqual(file["mimeType"], "audio/ogg")
        XCTAssertNil(file["displayName"])
        XCTAssertNil(file["sizeBytes"])
    }

    /// CORE 2.2, 2.4: Python's client takes the address as it stands.
    func test_start_givesAddress_onTheHostThatWasCalled() throws {
        let connection = try connect()
        func origin(_ fields: UploadConnection.Fields) throws -> String {
            let url = try connection.start("{}", announcing: nil, fields)
            return String(url.prefix { $0 != "?" })
        }
        let own = "http://127.0.0.1:\(connection.port)/upload/v1beta/files"
        XCTAssertEqual(try origin([]), own)
        XCTAssertEqual(
            try origin([("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "mock.example")]),
            "https://mock.example/upload/v1beta/files")
        XCTAssertEqual(
            try origin([
                ("X-Forwarded-Host", "mock.example, inner.example"), ("X-Forwarded-Proto", "https, http"),
                ("X-Forwarded-Port", "8443"), ("X-Forwarded-Prefix", "/gemini/"),
            ]), "https://mock.example:8443/gemini/upload/v1beta/files")
        XCTAssertEqual(
            try origin([("X-Forwarded-Host", "mock.example"), ("X-Forwarded-Port", "80")]),
            "http://mock.example/upload/v1beta/files")
        // What could break out of a header field or an address is left aside.
        XCTAssertEqual(try origin([("X-Forwarded-Host", "a/b?c")]).contains("a/b"), false)
        XCTAssertEqual(try origin([("X-Forwarded-Prefix", "no-slash")]), own)
        XCTAssertEqual(try origin([("X-Forwarded-Port", "99999")]), own)
    }

    /// CORE 2.2: the key of a start's query is in the address.
    func test_start_keepsVersionAndKey_inTheAddress() throws {
        let connection = try connect()
        for version in ["v1", "v1beta", "v1alpha"] {
            let answer = try connection.send(
                "/upload/\(version)/files?key=made%2Fup",
                [("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", "start")])
            let url = try XCTUnwrap(answer["x-goog-upload-url"])
            XCTAssertTrue(url.contains("/upload/\(version)/files?key=made%2Fup&upload_id="), url)
            let file = try UploadedFile(connection.go(url, "upload, finalize", at: 0, [1]))
            // Always that version (CORE 1.1).
            XCTAssertEqual(file["uri"], "https://generativelanguage.googleapis.com/v1beta/\(file.name)")
        }
    }
}

// MARK: - Clients

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

// MARK: - Commands and refusals

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
        let folder = NSTemporaryDirectory() + "/gemini-mock-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
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
