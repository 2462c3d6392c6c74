// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock
@testable import GeminiService

/// Clients that leave in the middle of an upload leave nothing behind: no request, no descriptor, no file.
extension MockServerTests {
    private enum Way: CaseIterable {
        case start, chunk, lastChunk, multipart, raw
    }

    /// A server with a folder for its files.
    private struct Site {
        let server: MockServer
        let folder: String
        /// One for all requests that end well.
        let client: RawClient

        init() throws {
            var configuration = MockServer.Configuration()
            folder = TemporaryPath.next
            configuration.dataFolder = folder
            server = try MockServer(configuration, endpoints: EndpointTable())
            client = try XCTUnwrap(RawClient(port: server.port))
        }

        func stop() {
            server.stop()
            try? FileManager.default.removeItem(atPath: folder)
        }

        /// What isn't the folder's lock.
        var files: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0 != ".lock" }
        }

        func send(_ head: String, _ body: [UInt8] = []) throws -> RawAnswer {
            client.send(MockServerTests.request(head, body))
            return try client.receiveAnswer()
        }

        /// Path and query for the bytes of a new upload.
        func start() throws -> String {
            let answer = try send(MockServerTests.startHead)
            let url = try XCTUnwrap(answer["x-goog-upload-url"])
            return String(url.dropFirst("http://".count).drop { $0 != "/" })
        }
    }

    private static let uploadHead =
        "POST /upload/v1beta/files HTTP/1.1\r\nHost: x\r\nx-goog-api-key: made-up\r\n"
    private static let startHead =
        uploadHead + "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"

    private static func request(_ head: String, _ body: [UInt8]) -> [UInt8] {
        Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    private static func command(_ command: String, _ path: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Offset: 0\r\nX-Goog-Upload-Command: \(command)\r\n"
    }

    /// How many this process has open, where the system tells.
    private var openDescriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0
    }

    /// A whole request, and the path of the upload that it goes on with, if it does.
    private func whole(_ way: Way, _ site: Site, _ bytes: [UInt8]) throws -> (request: [UInt8], path: String?)
    {
        let address = MockServerTests.uploadHead
        switch way {
        case .start:
            let body = Array("{'file': {'display_name': 'A clip'}}".utf8)
            return (MockServerTests.request(MockServerTests.startHead, body), nil)
        case .chunk, .lastChunk:
            let path = try site.start()
            let command = way == .chunk ? "upload" : "upload, finalize"
            // A chunk is so large that all of these stay short of its end.
            let head = MockServerTests.command(command, path)
            let length = way == .chunk ? 8_388_608 : bytes.count
            return (Array("\(head)Content-Length: \(length)\r\n\r\n".utf8) + bytes, path)
        case .multipart:
            let body = Array("--B\r\n\r\n{}\r\n--B\r\n\r\n".utf8) + bytes + Array("\r\n--B--".utf8)
            let fields =
                "X-Goog-Upload-Protocol: multipart\r\nContent-Type: multipart/related; boundary=B\r\n"
            return (MockServerTests.request(address + fields, body), nil)
        case .raw:
            return (MockServerTests.request(address + "X-Goog-Upload-Protocol: raw\r\n", bytes), nil)
        }
    }

    func test_uploads_leaveNothing_whereverTheyAreBrokenOff() throws {
        let site = try Site()
        defer { site.stop() }
        let finished = try site.send(
            MockServerTests.uploadHead + "X-Goog-Upload-Protocol: raw\r\n", [1, 2, 3])
        XCTAssertEqual(finished.status, 200)
        let kept = site.files.sorted()
        XCTAssertEqual(kept.count, 2)
        let before = openDescriptors

        var random = SeededGenerator(seed: 5)
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var unfinished: [String] = []
        for index in 0..<500 {
            let way = Way.allCases[index % Way.allCases.count]
            let count = Int.random(in: 0...bytes.count, using: &random)
            let (request, path) = try whole(way, site, Array(bytes.prefix(count)))
            let client = try XCTUnwrap(RawClient(port: site.server.port))
            // Each third in the head, where most of what can go wrong is.
            let limit = index % 3 == 0 ? min(request.count, 400) : request.count
            client.send(Array(request.prefix(Int.random(in: 0..<limit, using: &random))))
            if Bool.random(using: &random) { client.reset() }
            if let path { unfinished.append(path) }
        }
        // What has arrived of a resumable upload stays, since the client may go on with it.
        for path in unfinished {
            let answer = try site.send(MockServerTests.command("cancel", path))
            XCTAssertEqual(answer.status, 200, answer.text)
        }
        XCTAssertTrue(
            eventually {
                site.server.liveObjects == (0, 0) && openDescriptors <= before && site.files.sorted() == kept
            },
            "\(site.server.liveObjects), \(openDescriptors) descriptors instead of \(before), \(site.files)"
        )
    }

    /// Anyone can start as many uploads as they like and never send a byte.
    func test_uploads_holdNoDescriptors_whileTheyWait() throws {
        let site = try Site()
        defer { site.stop() }
        _ = try site.start()
        let before = openDescriptors
        let paths = try (0..<300).map { _ in try site.start() }
        XCTAssertLessThanOrEqual(openDescriptors, before)
        // Nor do those that were broken off.
        for path in paths {
            let client = try XCTUnwrap(RawClient(port: site.server.port))
            client.send(
                "\(MockServerTests.command("upload", path))Content-Length: 8388608\r\n\r\nsome bytes")
        }
        // Their files first: before a request is accepted, it isn't under way either.
        XCTAssertTrue(
            eventually {
                site.files.count == 300 && site.server.liveObjects == (0, 0) && openDescriptors <= before
            },
            "\(site.files.count) files, \(openDescriptors) descriptors instead of \(before)")
    }
}
