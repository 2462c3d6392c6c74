// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import TestSupport
import XCTest

@testable import GeminiMock

/// The recordings of the repository: each is in order, and gives back what was recorded.
final class ShippedRecordingsTests: ScenarioTestCase {
    private static var path: String {
        library.deletingLastPathComponent().appendingPathComponent("Recordings").path
    }

    private var folders: [RecordingFolder] { RecordingCheck.folders(at: Self.path) }

    func test_theyAreThere_andNothingIsWrongWithThem() {
        XCTAssertEqual(
            folders.map(\.name).sorted(),
            ["count-tokens", "generate", "interaction-resumed", "rate-limit", "stream", "upload-and-ask"])
        XCTAssertEqual(RecordingCheck(folders: folders).problems.map(\.description), [])
    }

    func test_eachIsListedInTheReadme() throws {
        let readme = try String(contentsOfFile: "\(Self.path)/README.md", encoding: .utf8)
        for folder in folders {
            XCTAssertTrue(readme.contains("| [\(folder.name)](\(folder.name)/recording.json) |"), folder.name)
        }
    }

    func test_whatIsAskedAgain_isAnsweredByteForByte() throws {
        for folder in folders { try assertReplays(folder) }
    }
}

extension ScenarioTestCase {
    /// Asks all that was recorded again, of a server of its own, and compares the answers to the byte.
    func assertReplays(_ folder: RecordingFolder) throws {
        let recording = try folder.read()
        let server = try serve { settings in
            settings.recordings = [MockRecording(path: folder.path)]
            settings.refusesUnmatched = true
        }
        var upload: String?
        for (number, exchange) in recording.exchanges.enumerated() {
            let answer = try ask(server, exchange.request, upload: upload)
            XCTAssertEqual(answer.status, exchange.answer.status, "\(folder.name) \(number)")
            XCTAssertEqual(answer.body, exchange.answer.body.bytes, "\(folder.name) \(number)")
            upload = answer["X-Goog-Upload-URL"].flatMap { url in
                url.firstRange(of: "/upload").map { String(url[$0.lowerBound...]) }
            }
        }
        XCTAssertEqual(server.unusedExchanges, [], folder.name)
        XCTAssertEqual(server.unmatchedRequests.count, 0, folder.name)
    }

    /// - Parameter upload: where the upload goes on that the exchange before has begun; ids of uploads aren't recorded.
    private func ask(_ server: MockServer, _ request: RecordedRequest, upload: String?) throws -> RawAnswer {
        let target = request.target.contains("upload_id=") ? try XCTUnwrap(upload) : request.target
        let names = request.fields.map { $0.name.lowercased() }
        let fields = request.fields.filter { $0.name.lowercased() != "x-goog-api-key" }
            .map { "\($0.name): \($0.value)\r\n" }.joined()
        // Else what was compressed would come decompressed.
        let coding = names.contains("accept-encoding") ? "" : "Accept-Encoding: gzip\r\n"
        return try call(server, request.method, target, fields + coding, request.body.bytes ?? [])
    }
}
