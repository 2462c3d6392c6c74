// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class UploadRequestTests: XCTestCase {
    /// CORE 2.5: a comma list in any case, blanks optional.
    func test_commands_areAListInAnyCase() {
        for (text, commands) in [
            ("start", .start), ("upload, finalize", [.upload, .finalize]),
            ("UPLOAD,Finalize", [.upload, .finalize]),
            (" query ", .query), ("cancel", .cancel), ("\tupload", .upload), ("nonsense", []), ("", []),
            (",,", []),
            ("upload,upload", .upload),
        ] as [(String, UploadRequest.Commands)] {
            XCTAssertEqual(makeUploadRequest(text).commands, commands, text)
        }
        XCTAssertEqual(makeUploadRequest().commands, [])
    }

    func test_way_isToldByFieldQueryCommandOrType() {
        for (command, query, fields, way) in [
            ("start", "", [("protocol", "resumable")], .resumable),
            ("start", "", [], .resumable),
            (nil, "?uploadType=resumable", [], .resumable),
            (nil, "", [("protocol", "Multipart")], .multipart),
            (nil, "?uploadType=multipart", [], .multipart),
            (nil, "", [("Content-Type", "Multipart/Related; boundary=b")], .multipart),
            (nil, "", [("protocol", "raw"), ("Content-Type", "multipart/related; boundary=b")], .raw),
            (nil, "?uploadType=media", [], .raw),
            (nil, "", [("Content-Type", "application/json")], .raw),
            (nil, "", [("protocol", "nonsense")], .raw),
            (nil, "", [], .raw),
        ] as [(String?, String, [(String, String)], UploadRequest.Way)] {
            XCTAssertEqual(
                makeUploadRequest(command, query: query, fields: fields).way, way, "\(query) \(fields)")
        }
    }

    func test_numbers_areDigitsAlone_trimmed() {
        for (text, number) in [
            ("0", 0), ("     123", 123), ("9223372036854775807", Int.max), ("9223372036854775808", nil),
            ("-1", nil),
            ("+1", nil), ("1.0", nil), ("", nil), ("0x1", nil), ("٣", nil), ("1 2", nil),
        ] as [(String, Int?)] {
            let request = makeUploadRequest(
                "upload",
                fields: [("offset", text), ("header-content-length", text), ("Content-Length", text)])
            XCTAssertEqual(request.offset, number, text)
            XCTAssertEqual(request.announced, number, text)
            XCTAssertEqual(request.contentLength, number, text)
        }
    }

    func test_type_isThatOfTheBytes_neverOfTheJSON() {
        for (command, fields, type) in [
            (
                "start", [("header-content-type", "audio/mpeg"), ("Content-Type", "application/json")],
                "audio/mpeg"
            ),
            ("start", [("Content-Type", "application/json")], nil),
            ("start", [("header-content-type", "")], nil),
            (nil, [("Content-Type", "audio/wav")], "audio/wav"),
            (nil, [("Content-Type", "audio/wav"), ("header-content-type", "audio/mp3")], "audio/mp3"),
            (nil, [("Content-Type", "multipart/related; boundary=b")], nil), (nil, [], nil),
        ] as [(String?, [(String, String)], String?)] {
            XCTAssertEqual(makeUploadRequest(command, fields: fields).mimeType, type, "\(fields)")
        }
    }

    func test_id_isThatOfTheAddress() {
        XCTAssertEqual(makeUploadRequest("upload", id: "AJxyz").id, "AJxyz")
        XCTAssertNil(makeUploadRequest("start").id)
    }

    /// Heads made of the protocol's own words: no trap, and no number below zero.
    func test_head_neverTraps_onRandomFields() {
        let names = [
            "X-Goog-Upload-Command", "X-Goog-Upload-Offset", "X-Goog-Upload-Protocol", "Content-Type",
            "X-Goog-Upload-Header-Content-Length", "X-Goog-Upload-Header-Content-Type", "Content-Length", "",
        ]
        let values = [
            "", " ", ",", "start", "upload, finalize", "-1", "9223372036854775808", "5", "multipart",
            "multipart/related; boundary=\"", "multipart/related; boundary=b", ";boundary=", "é", "a/b",
        ]
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let fields = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                (names.randomElement(using: &generator) ?? "", values.randomElement(using: &generator) ?? "")
            }
            let request = UploadRequest(makeHead("POST", "/upload/v1/files?upload_id", fields))
            for number in [request.offset, request.announced, request.contentLength] {
                XCTAssertGreaterThanOrEqual(number ?? 0, 0, "\(fields)")
            }
            _ = MultipartBoundary.find(in: request.contentType)
        }
    }
}
