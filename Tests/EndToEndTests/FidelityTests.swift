// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// How near built-in answers come to recorded ones: the tool that compares envelopes, run over the recorded exchanges.
///
/// Both lie outside the project, in the folder that `GEMINI_MOCK_MATERIAL` names; without it this is a named skip.
final class FidelityTests: ServerTestCase {
    /// How many exchanges of a method may differ: one in twenty, and one at least, since 17 of 18 is less than 95 %.
    ///
    /// Two do, and rightly. One answer has no candidatesTokenCount: thinking used up the limit, and then the real API
    /// leaves it out too, but most recordings have it. One stream has a finishMessage: it calls a function where the
    /// recorded model chose to talk, and none of the recorded event streams of that generation has a call to compare with
    /// (the recorded arrays do, with that message).
    private static func allowance(of total: Int) -> Int { max(1, total / 20) }

    func test_answers_matchRecordedEnvelopes() throws {
        let (lines, result) = try compare(
            with: [
                "generateContent", "streamGenerateContent", "countTokens", "batchEmbedContents",
                "v1beta/models ", "/upload/v1beta/files",
            ]
        )
        XCTAssertGreaterThanOrEqual(lines.count, 9, result.text + result.errors)
        for line in lines {
            let counts = FidelityTests.counts(in: line)
            XCTAssertEqual(counts.count, 2, line)
            guard counts.count == 2 else { continue }
            XCTAssertLessThanOrEqual(
                counts[1] - counts[0], FidelityTests.allowance(of: counts[1]), result.text
            )
        }
    }

    /// None of these may differ.
    func test_interactions_matchRecordedEnvelopes() throws {
        let (lines, result) = try compare(with: ["/interactions"], "--only", "interactions")
        XCTAssertEqual(lines.count, 2, result.text + result.errors)
        XCTAssertTrue(result.text.contains("fidelity: 100.0 %"), result.text)
    }

    private static func counts(in line: String) -> [Int] {
        line.split(separator: " ").last?.split(separator: "/").compactMap { Int($0) } ?? []
    }

    /// The tool's lines about those methods, and all that it said.
    private func compare(
        with methods: [String], _ options: String...
    ) throws -> (lines: [String], result: ChildProcess.Result) {
        guard let material = ProcessInfo.processInfo.environment["GEMINI_MOCK_MATERIAL"] else {
            let sentence = "FidelityTests: GEMINI_MOCK_MATERIAL names no folder with traffic/fidelity.py"
            Skips.note(sentence)
            throw XCTSkip(sentence)
        }
        let server = try serve("--api-keys", "fidelity", "--model", "gemini-1.5-*", "--model", "gemini-2.0-*")
        let result = try ChildProcess.run(
            "python3",
            ["\(material)/traffic/fidelity.py", server.baseURL, "\(material)/traffic/open.jsonl"] + options,
            within: .seconds(120)
        )
        try server.stop()
        let lines = result.text.split(separator: "\n").filter { line in
            !line.hasPrefix(" ") && methods.contains { line.contains($0) }
        }
        return (lines.map { String($0) }, result)
    }
}
