// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// A connection that stays open and sends exactly the fields and bytes it is told.
struct UploadConnection {
    typealias Fields = [(String, String)]

    static let key = ("x-goog-api-key", "made-up-key")
    static let granularity = 8_388_608

    let port: Int
    private let client: RawClient

    init(_ port: Int) throws {
        self.port = port
        client = try XCTUnwrap(RawClient(port: port))
    }

    /// One request.
    ///
    /// - Parameter target: what stands in the request line, or an absolute URL whose path and query do.
    func send(
        _ target: String, _ fields: Fields, body: some Sequence<UInt8> = [], method: String = "POST"
    ) throws -> RawAnswer {
        let bytes = Array(body)
        let path = URL(string: target)?.scheme == nil ? target : try UploadConnection.path(of: target)
        let all = [("Host", "127.0.0.1:\(port)")] + fields + [("Content-Length", "\(bytes.count)")]
        client.send("\(method) \(path) HTTP/1.1\r\n" + all.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n")
        client.send(bytes)
        return try client.receiveAnswer(isToHEAD: method == "HEAD")
    }

    func get(_ path: String) throws -> RawAnswer { try send(path, [UploadConnection.key], method: "GET") }

    /// Starts a resumable upload in the usual way.
    ///
    /// - Returns: the address for its bytes.
    func start(
        _ metadata: String = "{'file': {'mimeType': 'audio/mp3'}}", announcing length: Int? = nil,
        _ fields: Fields = []
    ) throws -> String {
        let announced = length.map { [("X-Goog-Upload-Header-Content-Length", "\($0)")] } ?? []
        let answer = try send(
            "/upload/v1beta/files",
            [
                UploadConnection.key, ("X-Goog-Upload-Protocol", "resumable"),
                ("X-Goog-Upload-Command", "start"),
            ] + announced + fields, body: metadata.utf8
        )
        XCTAssertEqual(answer.status, 200, answer.text)
        return try XCTUnwrap(answer["x-goog-upload-url"])
    }

    /// A further request of an upload.
    func go(
        _ url: String, _ command: String, at offset: Int? = nil, _ body: some Sequence<UInt8> = []
    ) throws -> RawAnswer {
        let offset = offset.map { [("X-Goog-Upload-Offset", "\($0)")] } ?? []
        return try send(url, [("X-Goog-Upload-Command", command)] + offset, body: body)
    }

    /// Path and query.
    static func path(of url: String) throws -> String {
        let components = try XCTUnwrap(URLComponents(string: url))
        return components.percentEncodedPath + (components.percentEncodedQuery.map { "?\($0)" } ?? "")
    }
}

/// The members of a File resource.
struct UploadedFile {
    let json: [String: Any]

    init(_ answer: RawAnswer, file: StaticString = #filePath, line: UInt = #line) throws {
        XCTAssertEqual(answer.status, 200, answer.text, file: file, line: line)
        let members = try XCTUnwrap(answer.json as? [String: Any], answer.text, file: file, line: line)
        json = (members["file"] as? [String: Any]) ?? members
    }

    subscript(member: String) -> String? { json[member] as? String }
    var name: String { self["name"] ?? "" }
    var size: Int { Int(self["sizeBytes"] ?? "0") ?? -1 }
}
