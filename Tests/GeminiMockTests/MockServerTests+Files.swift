// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// Files as time goes by, by a clock that tests move.
extension MockServerTests {
    private static let noon = Int64(1_787_150_052)

    private func serveFiles(_ clock: any WallClock, folder: String? = nil) throws -> MockServer {
        var settings = MockServer.Configuration()
        settings.clock = clock
        settings.dataFolder = folder
        let server = try MockServer.start(settings)
        addTeardownBlock { server.stop() }
        return server
    }

    private func answer(
        _ server: MockServer, _ line: String, _ fields: String = "", _ body: [UInt8] = []
    ) throws -> RawAnswer {
        let client = try XCTUnwrap(RawClient(port: server.port))
        let usual = "Host: x\r\nx-goog-api-key: made-up\r\nContent-Length: \(body.count)\r\n"
        client.send(Array("\(line) HTTP/1.1\r\n\(usual)\(fields)\r\n".utf8) + body)
        return try client.receiveAnswer()
    }

    private func upload(_ server: MockServer, _ type: String, _ body: [UInt8]) throws -> [String: Any] {
        let uploaded = try answer(
            server, "POST /upload/v1beta/files", "X-Goog-Upload-Protocol: raw\r\nContent-Type: \(type)\r\n",
            body)
        return try XCTUnwrap((uploaded.json as? [String: Any])?["file"] as? [String: Any], uploaded.text)
    }

    private func start(_ server: MockServer) throws -> String {
        let answer = try answer(
            server, "POST /upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n")
        return String(try XCTUnwrap(answer["x-goog-upload-url"]).dropFirst("http://x".count))
    }

    /// CORE 3.1: 48 hours from the beginning of the upload.
    func test_file_expires_with48Hours() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: MockServerTests.noon))
        let folder = makePath()
        let server = try serveFiles(clock, folder: folder)
        let path = try start(server)
        clock.advance(by: .seconds(10))
        let last = "X-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n"
        let uploaded = try answer(server, "POST \(path)", last, [1, 2, 3])
        let file = try XCTUnwrap(
            (uploaded.json as? [String: Any])?["file"] as? [String: String], uploaded.text)
        XCTAssertEqual(file["createTime"], "2026-08-19T14:34:22.000000Z")
        XCTAssertEqual(file["expirationTime"], "2026-08-21T14:34:12.000000000Z")
        let name = try XCTUnwrap(file["name"])
        clock.advance(by: .seconds(48 * 3600 - 11))
        XCTAssertEqual(try answer(server, "GET /v1beta/\(name)").status, 200)
        clock.advance(by: .seconds(1))
        XCTAssertEqual(try answer(server, "GET /v1beta/\(name)").status, 403)
        XCTAssertEqual(try answer(server, "GET /v1beta/files").text, "{}\n")
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [".lock"])
    }

    /// Expired files of an earlier server aren't there any more, and their bytes go.
    func test_file_expires_betweenServers() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: MockServerTests.noon))
        let folder = makePath()
        let first = try serveFiles(clock, folder: folder)
        _ = try upload(first, "audio/mpeg", [1])
        first.stop()
        clock.advance(by: .seconds(48 * 3600))
        let second = try serveFiles(clock, folder: folder)
        XCTAssertEqual(try answer(second, "GET /v1beta/files").text, "{}\n")
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [".lock"])
    }

    /// What a crash has left goes, and what never was the server's stays.
    func test_dataFolder_isTidiedUp_atTheStart() throws {
        let folder = makePath()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["17.part", "abc.json.part", "film.part", "notes.json", "17-x.part", "song"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let first = try serveFiles(FixedWallClock(seconds: MockServerTests.noon), folder: folder)
        let names = try [1, 2].map { _ in try upload(first, "audio/mpeg", [1])["name"] as? String ?? "" }
        first.stop()
        // A crash before the bytes were in their place.
        try FileManager.default.removeItem(atPath: "\(folder)/\(names[0].dropFirst(6))")
        let second = try serveFiles(FixedWallClock(seconds: MockServerTests.noon), folder: folder)
        let files =
            (try answer(second, "GET /v1beta/files").json as? [String: Any])?["files"] as? [[String: Any]]
        XCTAssertEqual(files?.map { $0["name"] as? String }, [names[1]])
        let kept = String(names[1].dropFirst(6))
        let wanted = [".lock", "film.part", "notes.json", "17-x.part", "song", kept, "\(kept).json"]
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder).sorted(), wanted.sorted())
    }

    /// CORE 3.1, seen: a film is processed first; its `updateTime` moves when that ends.
    func test_film_isProcessed_forTwoSeconds() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: MockServerTests.noon))
        let server = try serveFiles(clock)
        let film = try upload(server, "video/mp4", Array("\0\0\0\u{18}ftypmp42\0\0\0\0mp42isom".utf8))
        XCTAssertEqual(film["state"] as? String, "PROCESSING")
        let name = try XCTUnwrap(film["name"] as? String)
        let part = #"{"fileData":{"fileUri":"\#(film["uri"] ?? "")"}}"#
        let prompt = Array(#"{"contents":[{"parts":[\#(part)]}]}"#.utf8)
        let count = "POST /v1beta/models/gemini-2.5-flash:countTokens"
        clock.advance(by: .milliseconds(1999))
        let early = try answer(server, count, "", prompt)
        XCTAssertEqual(early.status, 400)
        XCTAssertTrue(early.text.contains("FAILED_PRECONDITION"), early.text)
        clock.advance(by: .milliseconds(1))
        XCTAssertEqual(try answer(server, count, "", prompt).status, 200)
        let later = try XCTUnwrap(try answer(server, "GET /v1beta/\(name)").json as? [String: Any])
        XCTAssertEqual(later["state"] as? String, "ACTIVE")
        XCTAssertEqual(later["createTime"] as? String, "2026-08-19T14:34:12.000000Z")
        XCTAssertEqual(later["updateTime"] as? String, "2026-08-19T14:34:14.000000Z")
    }

    /// CORE 2.5: an upload that nobody goes on with is forgotten after a week, with its bytes.
    func test_upload_isForgotten_afterAWeek() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: MockServerTests.noon))
        let folder = makePath()
        let server = try serveFiles(clock, folder: folder)
        let path = try start(server)
        let chunk = [UInt8](repeating: 1, count: 8_388_608)
        let fields = "X-Goog-Upload-Command: upload\r\nX-Goog-Upload-Offset: 0\r\n"
        XCTAssertEqual(try answer(server, "POST \(path)", fields, chunk).status, 200)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder).count, 2)
        clock.advance(by: .seconds(7 * 86_400))
        XCTAssertEqual(try answer(server, "POST \(path)", "X-Goog-Upload-Command: query\r\n").status, 404)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [".lock"])
    }
}
