// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class FileMatcherTests: XCTestCase {
    private let digest = String(repeating: "ab", count: 32)
    private var audio: RequestSubject.File {
        .init(mimeType: "audio/MP3", size: 1000, sha256: digest, seconds: 3.0002)
    }

    private func misses(_ file: FilePattern, _ files: [RequestSubject.File]) throws -> [String] {
        ScenarioEngineTests.misses(RequestPattern(file: file), try subject(attachments: attachments(files)))
    }

    func test_everythingFits() throws {
        let file = FilePattern(
            mimeType: "Audio/*", size: .init(min: 1000), sha256: digest,
            duration: .init(min: .seconds(3), max: .seconds(3)))
        XCTAssertEqual(try misses(file, [audio]), [])
        XCTAssertEqual(try misses(FilePattern(), [.init(mimeType: "")]), [])
    }

    func test_oneFileMustFitAll() throws {
        let file = FilePattern(mimeType: "audio/*", size: .init(max: 10))
        let small = RequestSubject.File(mimeType: "image/png", size: 5)
        XCTAssertEqual(
            try misses(file, [small, audio]), ["file: a file: audio/*, 10 bytes or less | image/png, 5 bytes"]
        )
        XCTAssertEqual(
            try misses(file, [audio]), ["file: a file: audio/*, 10 bytes or less | audio/MP3, 1000 bytes"])
        XCTAssertEqual(try misses(file, []), ["file: a file: audio/*, 10 bytes or less | no file"])
    }

    func test_whatIsNotKnown_doesNotFit() throws {
        let file = FilePattern(
            size: .init(min: 0), sha256: digest, duration: .init(min: .milliseconds(1500), max: .seconds(9)))
        XCTAssertEqual(
            try misses(file, [.init(mimeType: "audio/mp3")]),
            [
                "file: a file: 0 bytes or more, SHA-256 abababababab…, 1.5 to 9 s long | "
                    + "audio/mp3, size not known, SHA-256 not known, length not known"
            ])
    }

    func test_aNearLength_isNearer() throws {
        func distance(_ seconds: Double) throws -> Double {
            try ScenarioEngineTests.distance(
                RequestPattern(file: .init(duration: .init(min: .seconds(100)))),
                subject(attachments: attachments([.init(mimeType: "a", seconds: seconds)])))
        }
        XCTAssertLessThan(try distance(90), try distance(10))
    }
}
