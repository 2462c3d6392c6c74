// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiMock
import XCTest

final class ErrorListTests: XCTestCase {
    func test_lines_tellNameStatusAndMessage() {
        XCTAssertEqual(ErrorList.lines.count, ErrorCatalog.entries.count)
        let line = ErrorList.lines.first { $0.hasPrefix("model-overloaded ") }
        XCTAssertTrue(
            line?.contains("  503  This model is currently experiencing high demand.") ?? false, line ?? "")
        for line in ErrorList.lines { XCTAssertFalse(line.contains("\n"), line) }
    }

    func test_text_tellsAll() throws {
        let text = try XCTUnwrap(ErrorList.text(of: "internal"))
        XCTAssertTrue(text.hasPrefix("HTTP 500, seen 2026-03\n\n{\n  \"error\": {"), text)
        XCTAssertNil(ErrorList.text(of: "nothing"))
        for entry in ErrorCatalog.entries {
            let line = ErrorList.text(of: entry.name)?.split(separator: "\n").first ?? ""
            XCTAssertTrue(line.hasPrefix("HTTP \(entry.answer().http), "), String(line))
            XCTAssertFalse(line.contains("CORE ") || line.contains("INTERACTIONS "), String(line))
            XCTAssertTrue(
                ["seen", "documented", "assumed"].contains { line.contains($0) }, String(line))
        }
    }
}
