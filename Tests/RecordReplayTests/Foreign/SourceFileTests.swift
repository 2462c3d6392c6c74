// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import RecordReplay

final class SourceFileTests: XCTestCase {
    private func kind(_ text: String) throws -> String {
        String(describing: type(of: try ForeignSamples.file(text).reader))
    }

    func test_theContentTellsTheKind() throws {
        XCTAssertEqual(try kind(ForeignSamples.har), "HARReader")
        XCTAssertEqual(try kind(ForeignSamples.vcrpy), "CassetteReader")
        XCTAssertEqual(try kind(ForeignSamples.parsed), "CassetteReader")
        XCTAssertEqual(try kind(ForeignSamples.ruby), "CassetteReader")
        XCTAssertEqual(try kind(ForeignSamples.testServer), "TestServerReader")
        XCTAssertEqual(try kind("interactions: []\nversion: 1\n"), "CassetteReader")
        XCTAssertEqual(try kind(#"{"recordID": "a", "interactions": []}"#), "TestServerReader")
    }

    func test_whatIsNone_isToldSo() {
        let kinds =
            "f: is of no kind that is known: HAR 1.2 (“log” with “entries”), vcrpy (“interactions” with “uri”), "
            + "Ruby VCR (“http_interactions”) and google/test-server (“interactions” with “url”)"
        for text in [
            "[]", "{}", "hello", "- a\n", "interactions: 1\n", #"{"interactions": [{"request": {}}]}"#,
        ] {
            XCTAssertEqual(ForeignSamples.problems(text), [kinds], text)
        }
        XCTAssertEqual(
            ForeignSamples.problems(#"{"format": "gemini-mock/recording/1", "exchanges": []}"#),
            ["f: is a recording already"])
    }

    func test_whatIsNoText_isToldWithItsPlace() {
        XCTAssertEqual(
            ForeignSamples.problems("{\"log\":\n  {\"entries\": [}}").map { $0.prefix(29) },
            ["f:2:16: isn't JSON: Expected "].map { $0.prefix(29) })
        XCTAssertEqual(ForeignSamples.problems(""), ["f:1:1: the file is empty"])
        XCTAssertEqual(
            ForeignSamples.problems("a:\n\t- b\n"), ["f:2:1: a tab can't indent in YAML: use blanks"])
        XCTAssertEqual(ForeignSamples.problems("interactions: *x\n").count, 1)
        let deep = String(repeating: "[", count: 50_000)
        XCTAssertEqual(
            ForeignSamples.problems("a: " + deep), ["f:1:103: lists and maps go deeper than 100 levels"])
        XCTAssertEqual(ForeignSamples.problems(deep).count, 1)
    }

    func test_filesThatCantBeRead() {
        XCTAssertThrowsError(try SourceFile("/nowhere/a.har")) {
            XCTAssertEqual("\($0)", "/nowhere/a.har: No such file or directory")
        }
        XCTAssertThrowsError(try SourceFile("/dev/null"))
    }

    /// Of hundreds of mistakes a few are told.
    func test_mistakesAreBounded() {
        let text = "http_interactions:\n" + String(repeating: "- request: 1\n", count: 1000)
        XCTAssertEqual(ForeignSamples.problems(text).count, 20)
    }
}
