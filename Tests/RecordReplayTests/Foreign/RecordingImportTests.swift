// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class RecordingImportTests: XCTestCase {
    private static let samples = [
        ForeignSamples.vcrpy, ForeignSamples.parsed, ForeignSamples.ruby, ForeignSamples.testServer,
        ForeignSamples.har,
    ]

    /// What is imported is written and read back equal, and nothing is wrong with it.
    func test_allKinds_makeARecordingThatLints() throws {
        var taken = RecordingImport(hosts: nil)
        for sample in Self.samples { try taken.add(ForeignSamples.file(sample)) }
        XCTAssertEqual(taken.exchanges.count, 12)
        let folder = Samples.folder(self)
        let recording = Recording(
            name: "sample", upstream: taken.upstream, made: taken.made, exchanges: taken.exchanges)
        try folder.create(recording, replaces: false)
        XCTAssertEqual(try folder.read(), recording)
        XCTAssertEqual(RecordingCheck(folders: [folder]).problems.map(\.description), [])
    }

    func test_aRecordingThatIsThere_staysUnlessItIsAskedFor() throws {
        let folder = Samples.folder(self)
        let first = Recording(name: "sample", exchanges: [Samples.exchange(request: "1")])
        let second = Recording(name: "sample", exchanges: [Samples.exchange(request: "2")])
        try folder.create(first, replaces: false)
        XCTAssertThrowsError(try folder.create(second, replaces: false)) {
            XCTAssertEqual(
                "\($0)", "there is a recording in \(folder.path) already; --replace puts another in its place"
            )
        }
        XCTAssertEqual(try folder.read(), first)
        try folder.create(second, replaces: true)
        XCTAssertEqual(try folder.read(), second)
        try Data().write(to: URL(fileURLWithPath: folder.partPath))
        XCTAssertThrowsError(try folder.create(first, replaces: true))
        XCTAssertEqual(try folder.read(), second)
    }

    /// Nothing of a file with a mistake is taken.
    func test_aMistake_takesNothing() throws {
        var taken = try ForeignSamples.imported(ForeignSamples.parsed)
        let text = ForeignSamples.vcrpy.replacing("code: 404", with: "code: x")
        XCTAssertThrowsError(try taken.add(ForeignSamples.file(text)))
        XCTAssertEqual(taken.exchanges.count, 1)
    }

    func test_ownPatterns_areTakenOut() throws {
        var taken = RecordingImport(redaction: Redaction(patterns: [try RedactionPattern("Faraday")]))
        try taken.add(ForeignSamples.file(ForeignSamples.ruby))
        XCTAssertEqual(taken.exchanges[0].request.fields, [HTTPFields.Field("User-Agent", "REDACTED")])
    }

    /// Brotli can't be searched for credentials here.
    func test_otherCodings_areLeftOut() throws {
        let text = ForeignSamples.vcrpy.replacing("- gzip", with: "- br")
        let taken = try ForeignSamples.imported(text)
        XCTAssertNil(taken.exchanges[1].answer.body.bytes)
        XCTAssertTrue(
            taken.notes.contains(
                "1 exchange: a body is compressed so that it can't be searched for credentials, and left out")
        )
    }

    func test_moreHostsThanAreTold() throws {
        let entries = (0..<13).map { number in
            #"{"request": {"method": "GET", "url": "https://h\#(number)/", "headers": []}, "response": {"status": 200, "headers": []}}"#
        }
        let taken = try ForeignSamples.imported(
            #"{"log": {"entries": [\#(entries.joined(separator: ","))]}}"#, hosts: ["h12"])
        XCTAssertEqual(taken.exchanges.count, 1)
        XCTAssertEqual(taken.notes.count, 12)
        XCTAssertEqual(taken.notes[10], "2 more hosts were skipped")
    }
}
