// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import RecordReplay

final class ProjectNumberTests: XCTestCase {
    private func found(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { ProjectNumber.matches(in: $0) }
            .map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    func test_numbersOfProjects_areFound() {
        let texts = [
            "projects/123456789012", "'project_number:123456789012'", #""projectNumber": "123456789012""#,
            #""project_id":"123456789012""#, "used in project 123456789012 before", "?project=123456789012&x",
            "projects%2F123456789012", #"\"project_number\": \"123456789012\""#, "Project: 123456789012",
        ]
        for text in texts { XCTAssertEqual(found(text), ["123456789012"], text) }
        XCTAssertEqual(found("projects/1234567 and projects/7654321"), ["1234567", "7654321"])
    }

    func test_otherNumbers_arent() {
        let texts = [
            "project 12 of 2026", "projects/my-123456789012", "projects/100000000000", "projector 123456789",
            "123456789012", "project", "project_number:", "projects/1234567a",
        ]
        for text in texts { XCTAssertEqual(found(text), [], text) }
    }
}
