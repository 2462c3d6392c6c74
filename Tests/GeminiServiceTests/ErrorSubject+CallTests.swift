// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class ErrorSubjectCallTests: XCTestCase {
    private func subject(
        _ method: String = "POST", _ target: String, _ fields: [(String, String)] = [], body: String = "{}"
    ) throws -> ErrorSubject {
        let (call, endpoint) = try makeCall(method, target, fields, body: body)
        return ErrorSubject(call, endpoint)
    }

    func test_model_versionAndMethod_areThoseOfThePath() throws {
        let subject = try subject("POST", "/v1/models/gemini-9:countTokens?key=secret")
        XCTAssertEqual(subject.model, "gemini-9")
        XCTAssertEqual(subject.version, "v1")
        XCTAssertEqual(subject.method, "countTokens")
        XCTAssertEqual(subject.key, ErrorSubject().key)
        XCTAssertEqual(subject.file, ErrorSubject().file)
    }

    func test_model_isThatOfAnInteraction() throws {
        for name in ["gemini-9", "models/gemini-9"] {
            let body = makeInteractionBody(model: name)
            XCTAssertEqual(try subject("POST", "/v1beta/interactions", body: body).model, "gemini-9")
        }
        let other = try subject("POST", "/v1beta/interactions", body: #"{"model": 7}"#)
        XCTAssertEqual(other.model, ErrorSubject().model)
    }

    func test_file_isThatOfThePath() throws {
        for (method, target) in [
            ("GET", "/v1beta/files/abc"), ("DELETE", "/v1/files/abc"), ("GET", "/v1/files/abc:download"),
        ] {
            XCTAssertEqual(try subject(method, target).file, "abc", target)
        }
    }

    func test_file_isTheFirstOfThePrompt() throws {
        let uri = "https://generativelanguage.googleapis.com/v1beta/files/xyz"
        let parts = #"[{"text": "hi"}, \#(makeFilePart(uri, type: "a/b")), \#(makeFilePart("files/no"))]"#
        let body = makeBody(contents: #"[{"parts": [{"text": "x"}]}, {"parts": \#(parts)}]"#)
        let subject = try subject("POST", "/v1beta/models/m:generateContent", body: body)
        XCTAssertEqual(subject.file, "xyz")
        XCTAssertEqual(subject.uri, uri)
        XCTAssertEqual(subject.mimeType, "a/b")
    }

    func test_upload_isToldByItsMetadata() throws {
        let body = #"{"file": {"name": "files/mine", "mimeType": "a/b"}}"#
        let start = [("X-Goog-Upload-Command", "start"), ("X-Goog-Upload-Header-Content-Type", "c/d")]
        let told = try subject("POST", "/upload/v1beta/files", start, body: body)
        XCTAssertEqual(told.file, "mine")
        XCTAssertEqual(told.mimeType, "a/b")
        XCTAssertEqual(try subject("POST", "/upload/v1beta/files", start).mimeType, "c/d")
    }

    func test_whatMakesNoSense_leavesTheDefaults() throws {
        for body in [
            "[]", "7", #"{"contents": [[{"parts": 7}]]}"#, #"{"contents": {"parts": {"fileData": 1}}}"#,
        ] {
            let subject = try subject("POST", "/v1beta/models/m:generateContent", body: body)
            XCTAssertEqual(subject.uri, ErrorSubject().uri, body)
        }
    }
}
