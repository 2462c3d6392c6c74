// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class SecretScanTests: XCTestCase {
    func test_eachSecretOfARecordingThatIsntRedacted_isFound_andNoneOfOneThatIs() throws {
        for planted in PlantedSecret.all {
            let folder = Samples.folder(self)
            try folder.write(Recording(name: "n", exchanges: [planted.exchange]))
            let scan = SecretScan(paths: [folder.path])
            XCTAssertFalse(scan.findings.isEmpty, planted.place)
            for finding in scan.findings {
                XCTAssertFalse(finding.description.contains(planted.secret), planted.place)
                XCTAssertLessThanOrEqual(finding.beginning.utf8.count, 4)
            }
            _ = try folder.redact(Redaction())
            XCTAssertEqual(SecretScan(paths: [folder.path]).findings, [], planted.place)
        }
    }

    func test_anyFile_isSearched_andThePlaceTold() throws {
        let folder = Samples.folder(self)
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/in/.git", withIntermediateDirectories: true)
        let text = "a\n  ü \"\(PlantedSecret.key)\"\nclient_secret: \"\(PlantedSecret.password)\"\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/in/notes.txt"))
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/in/.git/notes.txt"))
        try files.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: folder.path)
        let scan = SecretScan(paths: [folder.path + "/", folder.path + "/none"])
        XCTAssertEqual(
            scan.findings.map(\.description),
            [
                "\(folder.path)/in/notes.txt:2:6: a Google API key, AIza…",
                "\(folder.path)/in/notes.txt:3:17: the value of client_secret, hun…",
            ])
        XCTAssertEqual(scan.unreadable, ["\(folder.path)/none: No such file or directory"])
        XCTAssertEqual(scan.fileCount, 1)
    }

    func test_ofARecording_thePlaceIsThatOfItsPart() throws {
        let folder = Samples.folder(self)
        let half = PlantedSecret.key.prefix(20)
        try folder.write(
            Recording(
                name: "n",
                exchanges: [
                    Samples.exchange(request: "{}"),
                    Samples.exchange([.init("A", "b"), .init("Set-Cookie", "a=b")]),
                    Samples.exchange(
                        [Samples.eventType],
                        answer: Samples.events(String(half), String(PlantedSecret.key.dropFirst(20)))),
                ]))
        let lines = try String(contentsOfFile: folder.mainPath, encoding: .utf8).components(separatedBy: "\n")
        let scan = SecretScan(paths: [folder.mainPath])
        XCTAssertEqual(
            scan.findings.map(\.kind),
            [
                "what redaction takes out of the answer header Set-Cookie",
                "what redaction takes out of the answer body",
            ])
        XCTAssertTrue(lines[scan.findings[0].line - 1].contains("Set-Cookie"))
        XCTAssertTrue(lines[scan.findings[1].line - 1].contains("\"body\": {"))
    }
}
