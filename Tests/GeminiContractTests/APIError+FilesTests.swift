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

    // MARK: - Uploads

    func test_uploadsWords_haveTheirStatus() {
        for (error, status, code, message) in [
            (
                APIError.fileExists("10325335-slower-x4"), "ALREADY_EXISTS", 409,
                "10325335-slower-x4 already exists."
            ),
            (
                .fileTooLarge(limit: 9), "INVALID_ARGUMENT", 400,
                "The size of a file must not exceed the limit: 9 bytes."
            ),
            (
                .resourceExhausted, "RESOURCE_EXHAUSTED", 429,
                "Resource has been exhausted (e.g. check quota)."
            ),
        ] {
            XCTAssertEqual(error.message, message)
            XCTAssertEqual(error.status.rawValue, status, message)
            XCTAssertEqual(error.status.http, code, message)
            XCTAssertEqual(error.details, [], message)
        }
        for (error, start) in [
            (APIError.badFileName, "* CreateFileRequest.file.name: "),
            (.badDisplayName, "* CreateFileRequest.file.display_name: "),
        ] {
            XCTAssertEqual(error.status, .invalidArgument)
            XCTAssertTrue(error.message.hasPrefix(start), error.message)
        }
        XCTAssertTrue(APIError.notDownloadable("abc").message.contains("abc"))
    }

    /// CORE 6.6, seen (python-genai#1172).
    func test_storageQuota_hasExactBody() {
        XCTAssertEqual(
            String(decoding: APIError.fileStorageQuota(limit: 21_474_836_480).body, as: UTF8.self),
            #"""
            {
              "error": {
                "code": 429,
                "message": "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: generativelanguage.googleapis.com/file_storage_bytes, limit: 21474836480",
                "status": "RESOURCE_EXHAUSTED",
                "details": [
                  {
                    "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                    "violations": [
                      {
                        "quotaMetric": "generativelanguage.googleapis.com/file_storage_bytes",
                        "quotaId": "FileStorageBytesPerProject",
                        "quotaValue": "21474836480"
                      }
                    ]
                  },
                  {
                    "@type": "type.googleapis.com/google.rpc.Help",
                    "links": [
                      {
                        "description": "Learn more about Gemini API quotas",
                        "url": "https://ai.google.dev/gemini-api/docs/rate-limits"
                      }
                    ]
                  }
                ]
              }
            }
            """#)
    }
}
