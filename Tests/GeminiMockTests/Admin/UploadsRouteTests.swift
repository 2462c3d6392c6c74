// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class UploadsRouteTests: AdminTestCase {
    func test_uploads_areTold_withoutTheirIds() throws {
        let server = try serve()
        let path = try startUpload(server, as: "alice")
        _ = try startUpload(server, as: "bob")
        XCTAssertEqual(
            try send(server, head(path, "upload", length: 4) + "0123").status, 400, "no multiple of a chunk")
        let id = try XCTUnwrap(
            URLComponents(string: path)?.queryItems?.first { $0.name == "upload_id" }?.value)
        let answer = try admin(server, "GET", "uploads")
        XCTAssertFalse(answer.text.contains(id))
        XCTAssertEqual(answer.at("uploads/0/tenant"), "bob")
        XCTAssertEqual(answer.at("uploads/1/tenant"), "alice")
        XCTAssertEqual(answer.at("uploads/1/announced"), "10")
        XCTAssertEqual(answer.at("uploads/1/offset"), "0")
        XCTAssertEqual(answer.at("uploads/1/state"), "active")
        XCTAssertEqual(answer.at("uploads/1/mimeType"), "text/plain")
        XCTAssertEqual(answer.at("uploads/1/started"), "2026-08-19T14:34:12.000000000Z")
        XCTAssertEqual(
            try send(server, head(path, "upload, finalize", length: 10) + "0123456789").status, 200)
        XCTAssertEqual(try shown(server, "uploads?tenant=alice", "uploads/0/state"), "final")
        XCTAssertEqual(try shown(server, "uploads?tenant=alice", "uploads/0/offset"), "10")
        XCTAssertNil(try shown(server, "uploads?tenant=alice", "uploads/1"))
    }

    func test_bytesUnderWay_areCounted() throws {
        let server = try serve()
        let path = try startUpload(server, as: "alice")
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(head(path, "upload, finalize", length: 10) + "012")
        XCTAssertTrue(eventually { (try? shown(server, "uploads", "uploads/0/offset")) == "3" })
        client.send("3456789")
        XCTAssertEqual(try client.receiveAnswer().status, 200)
    }

    func test_pages_haveEachUploadOnce() throws {
        let server = try serve()
        for tenant in ["a", "b", "a"] { _ = try startUpload(server, as: tenant) }
        let first = try admin(server, "GET", "uploads?pageSize=2")
        XCTAssertEqual(["0", "1"].map { first.at("uploads/\($0)/tenant") }, ["a", "b"])
        let rest = try admin(
            server, "GET", "uploads?pageSize=2&pageToken=\(try XCTUnwrap(first.at("nextPageToken")))")
        XCTAssertEqual(rest.at("uploads/0/tenant"), "a")
        XCTAssertNil(rest.at("uploads/1"))
        XCTAssertNil(rest.at("nextPageToken"))
    }
}
