// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class APIErrorFilesTests: XCTestCase {
    func test_words_areRealOnes_withoutDetails() {
        for (error, status, code, message) in [
            (
                APIError.noSuchFile("k8plo4aq1e1w"), APIError.Status.permissionDenied, 403,
                "You do not have permission to access the File k8plo4aq1e1w or it may not exist."
            ),
            (
                .fileNotActive("4d21d8wxg1pe"), .failedPrecondition, 400,
                "The File 4d21d8wxg1pe is not in an ACTIVE state and usage is not allowed."
            ),
            (.badFileURI("x"), .invalidArgument, 400, "Invalid or unsupported file uri: x"),
            (.unsupportedType("png"), .invalidArgument, 400, "Unsupported MIME type: png"),
            (.invalidArgument, .invalidArgument, 400, "Request contains an invalid argument."),
        ] {
            XCTAssertEqual(error.message, message)
            XCTAssertEqual(error.status, status, message)
            XCTAssertEqual(error.status.http, code, message)
            XCTAssertEqual(error.details, [], message)
        }
        XCTAssertEqual(APIError.fileNotActive("x").status.rawValue, "FAILED_PRECONDITION")
    }
}
