// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What clients send to the upload server, byte for byte over a plain socket (CORE 2).
final class UploadTests: ServerTestCase {
    static let sound = Array("ID3 and so on".utf8)
    /// SHA-256 of `sound`, in hex and then in base64 (CORE 3.1).
    static let hash =
        "OTAzYjBjMGEyNDI5MDI4YTI2YjY5YmYxY2Y0MDVmZDM0NDk1YTUwNzM0OGQ2ZWMxNGM1NjM4MzE5MDM2YzhiMA=="

    func connect() throws -> UploadConnection {
        let server = try serve()
        return try UploadConnection(server.port)
    }

    func chunk(_ byte: UInt8, count: Int = UploadConnection.granularity) -> [UInt8] {
        [UInt8](repeating: byte, count: count)
    }

    /// The fields that the upload server may choose are left out.
    func names(_ answer: RawAnswer) -> [String] { answer.fields.map(\.name) }
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
