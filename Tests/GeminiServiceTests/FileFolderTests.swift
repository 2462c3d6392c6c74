// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiService

final class FileFolderTests: XCTestCase {
    private func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func append(_ text: String, _ content: FileFolder.Content) {
        Array(text.utf8).withUnsafeBytes { content.append($0) }
    }

    private func keep(_ folder: FileFolder, _ text: String = "hello", id: String = "abc") throws {
        let content = folder.makeContent()
        append(text, content)
        try content.keep(makeStoredFile(id, size: text.utf8.count), owner: "o")
    }

    // MARK: The folder

    func test_folder_isItsOwnersAlone_andSoAreItsFiles() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        try keep(folder)
        XCTAssertEqual(try mode(path), 0o700)
        for name in ["abc", "abc.json", ".lock"] { XCTAssertEqual(try mode("\(path)/\(name)"), 0o600, name) }
    }

    func test_folder_isUsedByOneAtATime() throws {
        let path = makePath()
        let first = try FileFolder(path: path)
        XCTAssertThrowsError(try FileFolder(path: path)) {
            XCTAssertEqual("\($0)", "another server uses the folder \(path)")
        }
        first.release()
        first.release()
        _ = try FileFolder(path: path)
        _ = try FileFolder(path: path)
    }

    func test_folderThatCannotBeUsed_isAnError_withTheReason() throws {
        let path = makePath()
        XCTAssertThrowsError(try FileFolder(path: "\(path)/a/b")) {
            XCTAssertEqual("\($0)", "can't make the folder \(path)/a/b: No such file or directory")
        }
        try write("a file", path)
        XCTAssertThrowsError(try FileFolder(path: path)) {
            XCTAssertEqual("\($0)", "can't write to the folder \(path): Not a directory")
        }
    }

    // MARK: What it holds

    func test_load_givesFilesBack_oldestFirst() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        for (id, created) in [("b", 2), ("c", 1), ("a", 2)] as [(String, Int64)] {
            let content = folder.makeContent()
            append("hello", content)
            try content.keep(makeStoredFile(id, created: created), owner: "owner-\(id)")
        }
        let found = folder.load()
        XCTAssertEqual(found.map(\.file.id), ["c", "a", "b"])
        XCTAssertEqual(found.map(\.owner), ["owner-c", "owner-a", "owner-b"])
        found[0].content.delete()
        XCTAssertEqual(names(in: path), ["a", "a.json", "b", "b.json"])
    }

    func test_load_removesRests() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        try keep(folder)
        try keep(folder, id: "halved")
        try keep(folder, id: "lost")
        for name in ["1.part", "23.part", "x-1.json.part"] { try write("rest", "\(path)/\(name)") }
        try write("hel", "\(path)/halved")
        try FileManager.default.removeItem(atPath: "\(path)/lost")
        XCTAssertEqual(folder.load().map(\.file.id), ["abc"])
        XCTAssertEqual(names(in: path), ["abc", "abc.json", "halved"])
    }

    func test_load_leavesWhatIsNotItsOwnAlone() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        try keep(folder)
        let facts = try String(contentsOfFile: "\(path)/abc.json", encoding: .utf8)
        let foreign = [
            "notes": "a", "film.mkv.part": "a", "Ä.json.part": "a", ".part": "a", "bad.json": "{",
            "empty.json": "",
            "list.json": "[]", "copy.json": facts,
            "large.json": String(repeating: " ", count: 100_000) + facts,
            "half.json": String(facts.prefix(100)),
        ]
        for (name, text) in foreign { try write(text, "\(path)/\(name)") }
        try FileManager.default.createDirectory(atPath: "\(path)/d.json", withIntermediateDirectories: false)
        XCTAssertEqual(mkfifo("\(path)/pipe.json", 0o600), 0)
        XCTAssertEqual(folder.load().map(\.file.id), ["abc"])
        XCTAssertEqual(
            names(in: path), (["abc", "abc.json", "d.json", "pipe.json"] + foreign.keys).sorted())
    }

    // MARK: Content

    func test_content_isGoneWithItsObject_unlessKept() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        var content: FileFolder.Content? = folder.makeContent()
        XCTAssertEqual(names(in: path), [])
        content.map { append("hello", $0) }
        XCTAssertEqual(names(in: path), ["1.part"])
        content = nil
        XCTAssertEqual(names(in: path), [])
        try keep(folder)
        XCTAssertEqual(names(in: path), ["abc", "abc.json"])
    }

    func test_content_ofNoByte_isAnEmptyFile() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        try folder.makeContent().keep(makeStoredFile(size: 0), owner: "o")
        XCTAssertEqual(folder.load().map(\.file.sizeBytes), [0])
    }

    func test_pause_holdsNoDescriptor_andLosesNothing() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let contents = (0..<3000).map { _ in folder.makeContent() }
        for round in ["hel", "lo"] {
            for content in contents {
                append(round, content)
                content.pause()
            }
        }
        for (number, content) in contents.enumerated() {
            try content.keep(makeStoredFile("f\(number)"), owner: "o")
        }
        XCTAssertEqual(try String(contentsOfFile: "\(path)/f2999", encoding: .utf8), "hello")
        XCTAssertEqual(folder.load().count, 3000)
    }

    func test_failedWrites_areErrors_andKeepNothing() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        let (gone, paused, early) = (folder.makeContent(), folder.makeContent(), folder.makeContent())
        append("hel", gone)
        append("hel", paused)
        paused.pause()
        try FileManager.default.removeItem(atPath: path)
        for content in [gone, paused, early] {
            append("lo", content)
            XCTAssertThrowsError(try content.keep(makeStoredFile(), owner: "o")) {
                XCTAssertTrue("\($0)".hasSuffix("No such file or directory"), "\($0)")
            }
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        // Only its beginning would be missing.
        append("lo", paused)
        XCTAssertThrowsError(try paused.keep(makeStoredFile(), owner: "o"))
        XCTAssertEqual(names(in: path), [])
    }

    func test_fullDisk_isAnError() throws {
        try XCTSkipUnless(FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full")
        let path = makePath()
        let folder = try FileFolder(path: path)
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/1.part", withDestinationPath: "/dev/full")
        let content = folder.makeContent()
        append("hello", content)
        append("hello", content)
        XCTAssertThrowsError(try content.keep(makeStoredFile(), owner: "o")) {
            XCTAssertEqual("\($0)", "can't write \(path)/1.part: No space left on device")
        }
        XCTAssertFalse(names(in: path).contains("abc"))
    }

    /// A folder that somebody keeps other things in: a client's name must not replace them.
    func test_foreignFile_isNeverReplaced() throws {
        for name in ["abc", "abc.json"] {
            let path = makePath()
            let folder = try FileFolder(path: path)
            try write("mine", "\(path)/\(name)")
            XCTAssertThrowsError(try keep(folder)) {
                XCTAssertEqual("\($0)", "another file is in the place of \(path)/abc")
            }
            XCTAssertEqual(names(in: path), [name])
            XCTAssertEqual(try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8), "mine")
        }
    }
}
