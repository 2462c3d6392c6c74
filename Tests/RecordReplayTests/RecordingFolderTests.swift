// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class RecordingFolderTests: XCTestCase {
    private let earlier = Recording(name: "earlier", exchanges: [Samples.exchange(request: "1")])

    private func names(_ folder: RecordingFolder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    func test_aPath_isThatOfTheFolderOrOfItsFile() {
        for path in ["a/b", "a/b/", "a/b/recording.json"] {
            XCTAssertEqual(RecordingFolder(path).path, "a/b")
        }
        XCTAssertEqual(RecordingFolder("recording.json").path, ".")
        XCTAssertEqual(RecordingFolder("a/b").name, "b")
    }

    func test_filesAreTheirOwnersAlone_andNothingElseIsLeft() throws {
        let folder = Samples.folder(self)
        let long = Array(repeating: UInt8(0xFF), count: 1000)
        try folder.write(Recording(name: "n", exchanges: [Samples.exchange(answer: long)]))
        XCTAssertEqual(try mode(folder.path), 0o700)
        XCTAssertEqual(try mode(folder.mainPath), 0o600)
        XCTAssertEqual(try mode(folder.bodyPath), 0o700)
        let body = "bodies/\(ContentHash.hex(of: long)).json"
        XCTAssertEqual(try mode("\(folder.path)/\(body)"), 0o600)
        XCTAssertEqual(try names(folder), ["bodies", body, "recording.json"])
    }

    func test_bodiesThatNothingRefersTo_areRemoved_otherFilesStay() throws {
        let folder = Samples.folder(self)
        try folder.write(
            Recording(name: "n", exchanges: [Samples.exchange(answer: [UInt8](repeating: 0xFF, count: 999))]))
        try Data().write(to: URL(fileURLWithPath: folder.bodyPath + "/mine.txt"))
        try Data().write(to: URL(fileURLWithPath: folder.path + "/README.md"))
        try folder.write(earlier)
        XCTAssertEqual(try names(folder), ["README.md", "bodies", "bodies/mine.txt", "recording.json"])
    }

    func test_twoWriters_excludeEachOther_andTellWhoItIs() throws {
        let folder = Samples.folder(self)
        try folder.write(earlier)
        let writer = try RecordingWriter(earlier, to: folder, mode: .replace)
        XCTAssertThrowsError(try folder.write(Recording(name: "other"))) { error in
            XCTAssertEqual(
                "\(error)",
                "process \(ProcessInfo.processInfo.processIdentifier) is writing to the recording \(folder.path); "
                    + "wait until it ends, or record into another folder")
        }
        XCTAssertThrowsError(try RecordingWriter(earlier, to: folder, mode: .append))
        XCTAssertEqual(try folder.read(), earlier)
        try writer.finish()
    }

    func test_aFullDisk_harmsNothing() throws {
        let folder = Samples.folder(self)
        try folder.write(earlier)
        let large = Recording(
            name: "n", exchanges: [Samples.exchange(answer: [UInt8](repeating: 0xFF, count: 300_000))])
        let many = Recording(name: "n", exchanges: (0..<500).map { Samples.exchange(request: "\($0)") })
        try Samples.withFileLimit(64 * 1024) {
            for recording in [large, many] {
                XCTAssertThrowsError(try folder.write(recording)) { error in
                    XCTAssertTrue("\(error)".hasPrefix("can't write \(folder.path)/"), "\(error)")
                }
            }
        }
        XCTAssertEqual(try folder.read(), earlier)
        XCTAssertFalse(
            try names(folder).contains {
                $0.contains(".tmp") || $0.hasSuffix(".json") && $0.hasPrefix("bodies/")
            })
    }

    func test_whereNothingCanBeWritten_theEarlierRecordingStays() throws {
        let folder = Samples.folder(self)
        try folder.write(earlier)
        // A folder in the place of the file: whoever is root may write into folders that are read-only.
        try FileManager.default.createDirectory(
            atPath: folder.mainPath + ".tmp", withIntermediateDirectories: false)
        XCTAssertThrowsError(try folder.write(Recording(name: "other")))
        XCTAssertEqual(try folder.read(), earlier)
        XCTAssertThrowsError(try RecordingFolder("/dev/null/x").write(earlier)) { error in
            XCTAssertEqual("\(error)", "can't make the folder /dev/null/x: Not a directory")
        }
    }

    func test_redacting_changesTheFilesOnce_andTellsThePlaces() throws {
        let folder = Samples.folder(self)
        let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"
        try folder.write(
            Recording(name: "n", exchanges: [Samples.exchange(request: "{\"text\": \"my \(key)\"}")]))
        let changes = try folder.redact(Redaction())
        XCTAssertEqual(changes.map { "\($0.exchange) \($0.change.placeName)" }, ["1 request body"])
        let text = try String(contentsOfFile: folder.mainPath, encoding: .utf8)
        XCTAssertFalse(text.contains(key))
        XCTAssertTrue(text.contains("\"my \(String(repeating: "*", count: 39))\""), text)
        XCTAssertTrue(try folder.redact(Redaction()).isEmpty)
    }
}
