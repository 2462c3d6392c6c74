// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import XCTest

@testable import Conformance

/// What is asked for is there, or it is told that it isn't: a run of nothing would pass.
final class CaseChoiceTests: XCTestCase {
    private func chosen(
        suites names: [String] = [], _ globs: [String] = [], set: String? = nil
    ) throws -> String {
        let suites = try EmbeddedSuites.read()
        var choice = CaseChoice()
        (choice.suites, choice.globs) = (names, globs)
        choice.set = RequirementSet.all.first { $0.name == set }
        do throws(CaseChoice.Failure) {
            let cases = try choice.cases(of: suites)
            return cases.prefix(3).map(\.id.description).joined(separator: " ")
        } catch {
            return error.description
        }
    }

    func test_words() throws {
        XCTAssertEqual(try chosen(suites: ["jsn"], ["*-01", "JSN-02"]), "JSN-01 JSN-02")
        XCTAssertEqual(try chosen(set: "core-2026.11"), "SSE-01 SSE-02 SSE-03")
        XCTAssertEqual(try chosen(suites: ["SSL"]), "there is no suite SSL (did you mean SSE?)")
        XCTAssertEqual(try chosen(["SSE-0"]), "no case is called SSE-0")
        XCTAssertEqual(try chosen([""]), "a case without a name is asked for")
    }

    func test_wordsThatExcludeEachOther() throws {
        XCTAssertEqual(
            try chosen(suites: ["SSE"], ["ERR-*"]),
            "no case is in the suites, the cases and the set that are asked for at once")
    }
}
