// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class GetFileEndpointTests: XCTestCase {
    func test_file_isToldBare_underEachVersion() throws {
        let service = makeService()
        let file = try service.fileStore.add(makeUpload(id: "abc"), of: Tenant("t"))
        var writer = JSONWriter(.pretty)
        file.write(to: &writer, at: 0)
        for version in ["v1", "v1beta", "v1alpha"] {
            guard
                case .json(let bytes, nil) = try makeAnswer("GET", "/\(version)/files/abc", service: service)
            else { return XCTFail("no JSON") }
            XCTAssertEqual(bytes, writer.bytes)
        }
    }

    func test_polls_tellTheirStates() throws {
        let service = makeService()
        let fate = FileFate(processing: .polls(1))
        _ = try service.fileStore.add(makeUpload(id: "abc"), of: Tenant("t"), fate: fate)
        for state in ["PROCESSING", "ACTIVE", "ACTIVE"] {
            let file = try makeAnswerJSON("GET", "/v1beta/files/abc", service: service)
            XCTAssertEqual(file["state"], .string(state))
        }
    }

    func test_unknownFile_is403() {
        XCTAssertEqual(refusal { try makeAnswer("GET", "/v1/files/abc") }, .noSuchFile("abc"))
    }
}
