// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class UploadStepTests: XCTestCase {
    private func step(_ command: String?, id: String? = "x", _ fields: [(String, String)] = []) -> UploadStep
    {
        let commands = command.map { [("X-Goog-Upload-Command", $0)] } ?? []
        let target = id.map { "/upload/v1beta/files?upload_id=\($0)" } ?? "/upload/v1beta/files"
        return UploadStep(UploadRequest(makeHead("POST", target, commands + fields)))
    }

    func test_theCommandTells() {
        XCTAssertEqual(step("start", id: nil), .start)
        XCTAssertEqual(step("upload"), .upload)
        XCTAssertEqual(step("upload, finalize"), .finalize)
        XCTAssertEqual(step("finalize"), .finalize)
        XCTAssertEqual(step("query"), .query)
        XCTAssertEqual(step("cancel"), .cancel)
        XCTAssertEqual(step(nil), .upload)
    }

    func test_withoutACommand_theFileComesWhole() {
        XCTAssertEqual(step(nil, id: nil, [("X-Goog-Upload-Protocol", "raw")]), .whole)
        XCTAssertEqual(step(nil, id: nil, [("Content-Type", "multipart/related; boundary=b")]), .whole)
    }

    func test_whatBegins() {
        XCTAssertEqual(UploadStep.allCases.filter(\.begins), [.start, .whole])
    }
}
