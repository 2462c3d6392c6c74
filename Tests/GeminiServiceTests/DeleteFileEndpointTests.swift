// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

@testable import GeminiService

final class DeleteFileEndpointTests: XCTestCase {
    func test_file_isDeletedOnce() throws {
        let service = makeService()
        _ = try service.fileStore.add(makeUpload(id: "abc"), of: Tenant("t"))
        guard case .json(let bytes, nil) = try makeAnswer("DELETE", "/v1/files/abc", service: service) else {
            return XCTFail("no JSON")
        }
        XCTAssertEqual(String(decoding: bytes, as: UTF8.self), "{}")
        XCTAssertEqual(
            refusal { try makeAnswer("DELETE", "/v1/files/abc", service: service) }, .noSuchFile("abc"))
    }

    func test_anothersFile_staysWhereItIs() throws {
        let service = makeService()
        _ = try service.fileStore.add(makeUpload(id: "abc"), of: Tenant("u"))
        XCTAssertEqual(
            refusal { try makeAnswer("DELETE", "/v1/files/abc", service: service) }, .noSuchFile("abc"))
        XCTAssertEqual(try service.fileStore.storedFile("abc", of: Tenant("u")).id, "abc")
    }
}
