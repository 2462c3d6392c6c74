// SPDX-License-Identifier: Apache-2.0

import Foundation
import MediaProbe
import XCTest

@testable import GeminiService

final class StoredFileDiskTests: XCTestCase {
    func test_file_comesBackAsItWas() throws {
        for file in [
            makeStoredFile(),
            makeStoredFile("x-1", displayName: "\"quoted\"\n\u{0} 🎧 é", type: "a/b; c=\"d\"", size: 0),
            makeStoredFile(
                displayName: "", created: 1_787_150_054_094_797_123, expires: 1_787_322_854_094_797_123),
            makeStoredFile(
                facts: MediaFacts(
                    mimeType: "video/mp4", seconds: 4.32, width: 1, height: 2, pages: 3, hasSound: true)),
        ] {
            let read = StoredFile.read(file.bytes(owner: "o"))
            XCTAssertEqual(read?.file, file)
            XCTAssertEqual(read?.owner, "o")
        }
    }

    func test_fate_comesBackAsItsEnd() throws {
        for (processing, end, error) in [
            (.polls(3), .failed, "Too dark."), (.time(.seconds(5)), .active, nil), (nil, .failed, nil),
        ] as [(FileFate.Processing?, FileFate.End, String?)] {
            let fate = FileFate(processing: processing, end: end, error: error)
            let read = StoredFile.read(makeStoredFile(type: "video/mp4", fate: fate).bytes(owner: "o"))?.file
            XCTAssertEqual(read?.fate, FileFate(end: end, error: error))
            XCTAssertEqual(read?.expires, FileStore.lifetime)
            XCTAssertEqual(read?.state(at: 0), end == .failed ? .failed : .active)
        }
        let long = FileFate(end: .failed, error: String(repeating: "\u{1}", count: 100_000))
        XCTAssertLessThan(makeStoredFile(fate: long).bytes(owner: "o").count, 64 * 1024)
        let gone = makeStoredFile(created: 7, fate: FileFate(processing: .polls(3), end: .expired))
        XCTAssertEqual(StoredFile.read(gone.bytes(owner: "o"))?.file.expires, 7)
    }

    func test_whatHasAnotherForm_isNone() throws {
        let good = String(
            decoding: makeStoredFile(type: "video/mp4").bytes(owner: "o"), as: UTF8.self)
        XCTAssertNotNil(StoredFile.read(Array(good.utf8)))
        for (member, bad) in [
            ("\"owner\": \"o\"", "\"owner\": 1"), ("\"id\": \"abc\"", "\"id\": \"../abc\""),
            ("\"id\": \"abc\"", "\"id\": \"\""), ("\"sizeBytes\": 5", "\"sizeBytes\": -5"),
            ("\"sizeBytes\": 5", "\"sizeBytes\": 9223372036854775807"),
            ("\"sizeBytes\": 5", "\"sizeBytes\": \"5\""),
            ("\"created\": 0", "\"created\": 9223372036854775807"), ("\"created\": 0", "\"created\": -1"),
            ("\"created\": 0", "\"created\": 1e300"), ("\"expires\": ", "\"expires\": -"),
            ("\"sha256\"", "\"sha\""),
            ("\"mimeType\": \"video/mp4\"", "\"mimeType\": null"), ("{", "["), ("}", ""),
        ] {
            let text = good.replacing(member, with: bad)
            XCTAssertNotEqual(text, good, member)
            XCTAssertNil(StoredFile.read(Array(text.utf8)), bad)
        }
        for end in stride(from: 0, to: good.utf8.count, by: 7) {
            XCTAssertNil(StoredFile.read(Array(good.utf8.prefix(end))))
        }
    }
}
