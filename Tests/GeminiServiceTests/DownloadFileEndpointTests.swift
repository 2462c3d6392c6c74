// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

@testable import GeminiService

final class DownloadFileEndpointTests: XCTestCase {
    func test_uploadedFile_isRefused_andAnUnknownOneAsEverywhere() throws {
        let service = makeService()
        _ = try service.fileStore.add(makeUpload(id: "abc"), of: Tenant("t"))
        for (id, error) in [("abc", APIError.notDownloadable("abc")), ("other", .noSuchFile("other"))] {
            XCTAssertEqual(
                refusal { try makeAnswer("GET", "/v1/files/\(id):download?alt=media", service: service) },
                error)
        }
    }
}
