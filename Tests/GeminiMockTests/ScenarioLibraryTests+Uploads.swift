// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock

/// The files about uploads that break.
extension ScenarioLibraryTests {
    private static let content = [UInt8]((0..<3000).map { UInt8($0 % 251) })
    private var content: [UInt8] { ScenarioLibraryTests.content }

    /// The start of a resumable upload, and the path of what follows.
    private func start(_ server: MockServer, length: Int = content.count) throws
        -> (path: String, answer: RawAnswer)
    {
        let answer = try call(
            server, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Length: \(length)\r\n"
                + "X-Goog-Upload-Header-Content-Type: audio/mpeg\r\n")
        let url = try XCTUnwrap(answer["x-goog-upload-url"], answer.text)
        return (String(url[try XCTUnwrap(url.range(of: "/upload/")).lowerBound...]), answer)
    }

    /// A connection on which a step of an upload was sent.
    private func sending(
        _ server: MockServer, _ path: String, _ command: String, at offset: Int = 0, _ part: [UInt8] = []
    ) throws -> RawClient {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            Array(
                ("POST \(path) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Command: \(command)\r\n"
                    + "X-Goog-Upload-Offset: \(offset)\r\nContent-Length: \(part.count)\r\n\r\n").utf8)
                + part)
        return client
    }

    private func send(
        _ server: MockServer, _ path: String, _ command: String, at offset: Int = 0, _ part: [UInt8] = []
    ) throws -> RawAnswer {
        try sending(server, path, command, at: offset, part).receiveAnswer()
    }

    private func whole(_ server: MockServer, _ path: String) throws -> RawAnswer {
        try send(server, path, "upload, finalize", content)
    }

    private func send(_ server: MockServer, _ path: String, _ command: String, _ part: [UInt8]) throws
        -> RawAnswer
    {
        try send(server, path, command, at: 0, part)
    }

    /// Asks where the upload stands until it is there, and sends the rest.
    private func resume(
        _ server: MockServer, _ path: String, from offset: Int, file: StaticString = #filePath,
        line: UInt = #line
    ) throws {
        XCTAssertTrue(
            eventually {
                (try? send(server, path, "query"))?["x-goog-upload-size-received"] == String(offset)
            }, file: file, line: line)
        let end = try send(server, path, "upload, finalize", at: offset, Array(content[offset...]))
        XCTAssertEqual(end["x-goog-upload-status"], "final", file: file, line: line)
        XCTAssertEqual(end.at("file/sizeBytes"), "3000", end.text, file: file, line: line)
    }

    var uploads: Plays {
        [
            "upload-unavailable-then-resume": { [self] server in
                let (path, _) = try start(server)
                let refused = try whole(server, path)
                XCTAssertEqual(refused.status, 503)
                XCTAssertEqual(refused["x-goog-upload-status"], "active")
                XCTAssertEqual(refused["x-goog-upload-size-received"], "1000")
                try resume(server, path, from: 1000)
            },
            "upload-unavailable-three-times": { [self] server in
                let (path, _) = try start(server)
                for _ in 0..<3 {
                    let refused = try whole(server, path)
                    XCTAssertEqual(refused.status, 503)
                    XCTAssertNil(refused["x-goog-upload-status"])
                }
                try resume(server, path, from: 0)
            },
            "upload-reset-then-resume": { [self] server in
                let (path, _) = try start(server)
                XCTAssertEqual(
                    try sending(server, path, "upload, finalize", content).receiveToReset(), [])
                try resume(server, path, from: 1000)
            },
            "upload-lost-final-answer": { [self] server in
                let (path, _) = try start(server)
                XCTAssertEqual(
                    try sending(server, path, "upload, finalize", content).receiveToReset(), [])
                let told = try send(server, path, "query")
                XCTAssertEqual(told["x-goog-upload-status"], "final")
                let name = try XCTUnwrap(told.at("file/name"), told.text)
                XCTAssertEqual(try get(server, name).at("sizeBytes"), "3000")
            },
            "upload-cancelled": { [self] server in
                let (path, _) = try start(server)
                let answer = try whole(server, path)
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(answer["x-goog-upload-status"], "cancelled")
                XCTAssertNotEqual(try whole(server, path).at("file/sizeBytes"), "3000")
                let (second, _) = try start(server)
                XCTAssertEqual(try whole(server, second).at("file/sizeBytes"), "3000")
            },
            "upload-other-granularity": { [self] server in
                let mebibyte = 1 << 20
                let (path, answer) = try start(server, length: 4 * mebibyte)
                XCTAssertEqual(answer["x-goog-upload-chunk-granularity"], "3145728")
                let zeros = [UInt8](repeating: 0, count: 4 * mebibyte)
                XCTAssertEqual(try send(server, path, "upload", Array(zeros[..<mebibyte])).status, 400)
                XCTAssertEqual(try send(server, path, "upload", Array(zeros[..<(3 * mebibyte)])).status, 200)
                let end = try send(
                    server, path, "upload, finalize", at: 3 * mebibyte, Array(zeros[..<mebibyte]))
                XCTAssertEqual(end.at("file/sizeBytes"), "4194304", end.text)
            },
            "upload-session-expired": { [self] server in
                let (old, _) = try start(server)
                XCTAssertEqual(try whole(server, old).status, 404)
                XCTAssertEqual(try send(server, old, "query").status, 404)
                let (new, _) = try start(server)
                XCTAssertEqual(try whole(server, new).at("file/sizeBytes"), "3000")
            },
        ]
    }

    private func sending(_ server: MockServer, _ path: String, _ command: String, _ part: [UInt8]) throws
        -> RawClient
    {
        try sending(server, path, command, at: 0, part)
    }

    /// What the file says of smaller files than it is about.
    func test_uploadUnavailable_strikesSmallFiles() throws {
        let path = ScenarioTestCase.library.appendingPathComponent("upload-unavailable-then-resume.yaml").path
        let server = try serve(MockScenario(path: path))
        let (upload, _) = try start(server, length: 5)
        let refused = try send(server, upload, "upload, finalize", Array("hello".utf8))
        XCTAssertEqual(refused.status, 503)
        XCTAssertEqual(refused["x-goog-upload-size-received"], "5")
        XCTAssertEqual(
            try send(server, upload, "upload, finalize", at: 5, []).at("file/sizeBytes"), "5")
    }
}
