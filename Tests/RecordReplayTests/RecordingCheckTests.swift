// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class RecordingCheckTests: XCTestCase {
    private let body = [UInt8](repeating: 0xFF, count: 999)

    private func folder(_ exchanges: [RecordedExchange]) throws -> RecordingFolder {
        let folder = Samples.folder(self)
        try folder.write(Recording(name: "n", exchanges: exchanges))
        return folder
    }

    private func problems(_ folder: RecordingFolder) -> [String] {
        RecordingCheck(folders: [folder]).problems.map {
            $0.description.replacingOccurrences(of: folder.path + "/", with: "")
        }
    }

    func test_aGoodRecording_hasNoProblems() throws {
        XCTAssertEqual(problems(try folder([Samples.exchange(request: "{}", answer: body)])), [])
    }

    func test_bodiesThatAreChangedMissingOrUnused_areTold() throws {
        let folder = try folder([Samples.exchange(answer: body)])
        let name = "bodies/\(ContentHash.hex(of: body)).json"
        let other = "bodies/\(String(repeating: "a", count: 64)).bin"
        try Data(body).write(to: URL(fileURLWithPath: "\(folder.path)/\(other)"))
        XCTAssertEqual(problems(folder), ["\(other): warning: no exchange refers to it"])
        try Data([UInt8](repeating: 1, count: 999)).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
        XCTAssertTrue(
            problems(folder)[0].hasSuffix("\(name): was changed: its SHA-256 isn't its name any more"),
            problems(folder)[0])
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        XCTAssertTrue(problems(folder)[0].hasSuffix("No such file or directory"))
        XCTAssertTrue(RecordingCheck(folders: [folder]).hasErrors)
    }

    func test_whatIsShownOfACompressedBody_mustBeIn() throws {
        let packed = try XCTUnwrap(Gzip.encode(Array(#"{"a": 1}"#.utf8)))
        let folder = try folder([
            Samples.exchange([.init("Content-Encoding", "gzip"), Samples.jsonType], answer: packed)
        ])
        XCTAssertEqual(problems(folder), [])
        let text = try String(contentsOfFile: folder.mainPath, encoding: .utf8)
        try Data(text.replacingOccurrences(of: #"{"a": 1}"#, with: #"{"a": 2}"#).utf8)
            .write(to: URL(fileURLWithPath: folder.mainPath))
        XCTAssertTrue(problems(folder)[0].contains("“decoded” isn't what is in the compressed body"))
    }

    func test_credentials_areErrors() throws {
        let folder = try folder([Samples.exchange(request: #"{"a": "\#(PlantedSecret.key)"}"#)])
        XCTAssertEqual(problems(folder), ["recording.json:22:26: not redacted: a Google API key, AIza…"])
        XCTAssertTrue(RecordingCheck(folders: [folder]).hasErrors)
    }

    func test_whatAKilledRecorderLeft_isAWarning() throws {
        let folder = try folder([Samples.exchange(request: "{}")])
        try Data().write(to: URL(fileURLWithPath: folder.partPath))
        XCTAssertEqual(problems(folder), ["recording.part: warning: left by a recorder that was killed"])
        XCTAssertFalse(RecordingCheck(folders: [folder]).hasErrors)
    }

    func test_aFolderOfRecordings_hasThem() throws {
        let folder = try folder([Samples.exchange(request: "{}")])
        let outer = (folder.path as NSString).deletingLastPathComponent
        XCTAssertEqual(RecordingCheck.folders(at: outer).map(\.path), [folder.path])
        XCTAssertEqual(RecordingCheck.folders(at: folder.mainPath).map(\.path), [folder.path])
        XCTAssertEqual(RecordingCheck.folders(at: "/dev/null").map(\.path), [])
    }
}
