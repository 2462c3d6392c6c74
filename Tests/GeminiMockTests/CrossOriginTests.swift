// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import GeminiMock

final class CrossOriginTests: XCTestCase {
    private func head(_ method: String = "POST", fields: [(String, String)]) -> RequestHead {
        RequestHead(
            method: method, target: RequestTarget("/upload/v1beta/files"),
            fields: HTTPFields(fields.map { HTTPFields.Field($0.0, $0.1) }))
    }

    private func exposed(_ fields: [String]) -> String? {
        let plan = ResponsePlan(status: 200, fields: fields.map { HTTPFields.Field($0, "x") }, body: [])
        return CrossOrigin.allow(plan, for: head(fields: [("Origin", "https://a.example")])).head.fields
            .first(where: { $0.name == "Access-Control-Expose-Headers" })?.value
    }

    /// The first are recorded; without the others a page can't send a file.
    func test_exposedFields_areTheRecordedOnes_andTheUploads() {
        let recorded = "vary,vary,vary,content-encoding,date,server,content-length"
        for (fields, more) in [
            ([], ""), (["Content-Type", "X-GUploader-UploadID"], ""),
            (["X-Goog-Upload-Status"], ",x-goog-upload-status"),
            (
                [
                    "X-Goog-Upload-URL", "X-Goog-Upload-Status", "X-Goog-Upload-Header-Vary",
                    "x-goog-upload-header-vary",
                ],
                ",x-goog-upload-header-vary,x-goog-upload-status,x-goog-upload-url"
            ),
        ] {
            XCTAssertEqual(exposed(fields), recorded + more)
        }
    }

    func test_origin_isEchoed_whereItCanBeOne() {
        for (origin, isEchoed) in [
            ("https://a.example", true), ("null", true), ("", false), ("a b", false), ("https://é", false),
            ("a\u{7F}", false),
        ] {
            let plan = CrossOrigin.allow(
                ResponsePlan(status: 200, fields: [], body: []), for: head(fields: [("Origin", origin)]))
            XCTAssertEqual(
                plan.head.fields.first { $0.name == "Access-Control-Allow-Origin" }?.value,
                isEchoed ? origin : nil)
            XCTAssertEqual(plan.head.fields.count, isEchoed ? 2 : 0, origin)
        }
    }

    func test_preflight_allowsWhatWasAskedFor() {
        let asking = head(
            "OPTIONS",
            fields: [("Origin", "https://a"), ("Access-Control-Request-Headers", "x-goog-upload-command")])
        XCTAssertTrue(CrossOrigin.isPreflight(asking))
        XCTAssertEqual(
            CrossOrigin.preflightFields(asking).map { "\($0.name): \($0.value)" },
            [
                "Access-Control-Allow-Methods: DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT",
                "Access-Control-Allow-Headers: x-goog-upload-command", "Access-Control-Max-Age: 3600",
            ])
        XCTAssertFalse(CrossOrigin.isPreflight(head("OPTIONS", fields: [])))
        XCTAssertFalse(CrossOrigin.isPreflight(head("POST", fields: [("Origin", "https://a")])))
    }
}
