// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class YAMLTextTests: XCTestCase {
    /// Texts that YAML, or a reader's eye, would take for something else.
    static let hostile = [
        "", " ", "a", "no", "true", "null", "~", "12", "1e3", "-", "- a", "a: b", "a #b", "#", "{a}", "[",
        "'", "\"",
        "\\", "\\n", "\n", "a\nb\n", "\r\n", "\t", "\u{0}", "\u{1}\u{1F}\u{7F}\u{85}\u{9F}", "é😀",
        "\u{2028}\u{2029}",
        "\u{FEFF}a", "\u{FFFE}\u{FFFF}", "\u{10FFFF}\u{E000}", "\u{202E}abc\u{200B}", "\\ud83d\\ude00", "%a",
        "@a",
        "`a", "&a", "*a", "!a", "|", ">", "? a", "a ", " a", "---", "...", "a\u{301}", "\u{301}\"",
        "\u{A0}\u{3000}",
        "{{model}}", "models/models/x", "gemini-2.5-flash", String(repeating: "é\n\"", count: 5000),
    ]

    func test_everyText_isReadBackAsItself() throws {
        for text in YAMLTextTests.hostile {
            for frame in ["\(YAMLText.scalar(text))\n", "a: {b: \(YAMLText.scalar(text)), c: 1}\n"] {
                let result = DocumentReader.read(Array(frame.utf8), file: "f")
                XCTAssertEqual(result.problems.map(\.description), [], frame)
                guard case .map(let fields)? = result.value?.kind,
                    case .map(let inner)? = fields.first?.value.kind
                else {
                    XCTAssertEqual(result.value?.kind, .string(text), frame)
                    continue
                }
                XCTAssertEqual(inner.first?.value.kind, .string(text), frame)
            }
            XCTAssertFalse(YAMLText.scalar(text).contains("\n"))
        }
    }

    func test_plainNames_haveNoQuotes() {
        XCTAssertEqual(
            ["gemini-2.5-flash", "image/png"].map(YAMLText.scalar), ["gemini-2.5-flash", "image/png"])
        XCTAssertEqual(
            ["true", "a b", "1", ""].map(YAMLText.scalar), ["\"true\"", "\"a b\"", "\"1\"", "\"\""])
    }
}
