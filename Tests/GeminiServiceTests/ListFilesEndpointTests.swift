// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class ListFilesEndpointTests: XCTestCase {
    private func makeService(files count: Int) throws -> FakeService {
        let service = GeminiServiceTests.makeService(clock: FixedWallClock(seconds: 1))
        for number in 0..<count {
            _ = try service.fileStore.add(makeUpload(id: "f\(number)"), of: Tenant("t"))
        }
        _ = try service.fileStore.add(makeUpload(id: "another"), of: Tenant("u"))
        return service
    }

    private func list(_ query: String, _ service: FakeService) throws -> (names: [String], token: String?) {
        let json = try makeAnswerJSON("GET", "/v1beta/files\(query)", service: service)
        var names: [String] = []
        if case .array(let files) = json["files"] {
            names = files.map { if case .string(let name) = $0["name"] { name } else { "?" } }
        }
        guard case .string(let token) = json["nextPageToken"] else { return (names, nil) }
        return (names, token.replacing("=", with: "%3D").replacing("+", with: "%2B"))
    }

    func test_noFiles_areAnEmptyObject() throws {
        guard case .json(let bytes, _) = try makeAnswer("GET", "/v1/files", service: makeService(files: 0))
        else {
            return XCTFail("no JSON")
        }
        XCTAssertEqual(String(decoding: bytes, as: UTF8.self), "{}")
    }

    func test_list_hasTenFiles_orAsManyAsAskedFor() throws {
        let service = try makeService(files: 101)
        for (query, count) in [
            ("", 10), ("?pageSize=3", 3), ("?page_size=3", 3), ("?pageSize=100", 100),
            ("?pageSize=1000", 100),
            ("?pageSize=0", 10), ("?pageSize=-1", 10), ("?pageToken=nonsense", 10),
            ("?pageToken=\(PageToken.after("x").replacing("=", with: "%3D"))", 10),
        ] {
            XCTAssertEqual(try list(query, service).names.count, count, query)
        }
    }

    func test_pages_goFromNewestToOldest_thoughFilesAreDeletedBetween() throws {
        let service = try makeService(files: 5)
        let first = try list("?pageSize=2", service)
        XCTAssertEqual(first.names, ["files/f4", "files/f3"])
        for id in ["f3", "f2"] { _ = try makeAnswer("DELETE", "/v1beta/files/\(id)", service: service) }
        let token = try XCTUnwrap(first.token)
        let second = try list("?pageSize=2&pageToken=\(token)", service)
        XCTAssertEqual(second.names, ["files/f1", "files/f0"])
        XCTAssertNil(second.token)
    }
}
