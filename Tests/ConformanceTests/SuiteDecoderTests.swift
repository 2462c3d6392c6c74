// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import Foundation
import HTTPWire
import XCTest

@testable import Conformance

/// A mistake in a suite's file is told with its place and what may have been meant.
final class SuiteDecoderTests: XCTestCase {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try EmbeddedSuites.suite(Array(text.utf8), file: "my.yaml")
            return []
        } catch {
            return "\(error)".split(separator: "\n").map(String.init)
        }
    }

    private func problems(
        checks: String = "[{name: a, requests: 1}]", severity: String = "MUST", more: String = "",
        task: String = "[{do: generate, text: Hello}]"
    ) -> [String] {
        problems(ConformanceCase.text(checks, severity, more, task))
    }

    func test_aRightCaseIsRead() throws {
        let made = try ConformanceCase.make(
            more:
                "needs: [upload]\n    budget: 1500ms\n    timed: true\n    files: {a: {size: 3KiB, name: ä.wav}}",
            task: "[{do: upload, path: a}, {do: generate, file: 0}]")
        XCTAssertEqual(made.id.description, "TST-01")
        XCTAssertEqual(made.budget, .milliseconds(1500))
        XCTAssertEqual(made.needs, ["upload"])
        XCTAssertTrue(made.isTimed)
        XCTAssertEqual(made.files.map(\.size), [3072])
        XCTAssertEqual(made.files.map(\.fileName), ["ä.wav"])
        XCTAssertEqual(
            made.steps.map { $0.json(paths: ["a": "/x/ä.wav"]) },
            [
                ["do": "upload", "path": "/x/ä.wav"],
                ["do": "generate", "model": "gemini-3.5-flash", "file": 0],
            ])
        XCTAssertEqual(made.checkNames, ["a"])
    }

    func test_mistakesAreToldWithTheirPlaces() {
        XCTAssertEqual(
            problems(severity: "MUSTN'T"), ["my.yaml:6:15: “MUSTN'T” is none of MUST, SHOULD, MAY, INFO"])
        XCTAssertEqual(
            problems(more: "budgit: 3s"), ["my.yaml:8:5: a case has no “budgit” (did you mean budget?)"])
        XCTAssertEqual(
            problems(more: "budget: 3"),
            ["my.yaml:8:13: a number with its unit is expected here, found the number 3"])
        XCTAssertEqual(
            problems(task: "[{do: strem}]"),
            [
                "my.yaml:10:17: “strem” is none of generate, stream, upload, interact, resume, cancel, count_tokens, "
                    + "wait_active, get_file, list_files, delete_file (did you mean stream?)"
            ])
        XCTAssertEqual(
            problems(task: "[{do: generate, txt: x}]"),
            ["my.yaml:10:27: “generate” has no “txt” (did you mean text?)"])
        XCTAssertEqual(
            problems(task: "[{do: upload, path: a}]"), ["my.yaml:10:31: there is no file “a” in “files”"])
        XCTAssertEqual(
            problems(task: "[{do: resume, of: 0}]"),
            ["my.yaml:10:29: 0 is no step before this one; the first has the number 0"])
        XCTAssertEqual(problems(task: "[]"), ["my.yaml:10:11: a task has one step at least"])
        // A run of it would pass, whoever the client is.
        XCTAssertEqual(
            problems("suite: TST\ntitle: t\ncases: []"), ["my.yaml:3:8: a suite has one case at least"])
    }

    /// Reports tell them to people who have no collection of wire facts.
    func test_sourcesNameNothingThatTheProjectAloneHas() throws {
        for (name, bytes) in SuiteFiles.all {
            for found in try EmbeddedSuites.suite(bytes, file: name).cases {
                for section in ["CORE ", "INTERACTIONS "] {
                    XCTAssertFalse(found.source.contains(section), "\(found.id): \(found.source)")
                }
            }
        }
    }

    /// A file that somebody else has written neither fills the disk nor waits for ever.
    func test_whatIsMadeAndWaitedForIsBounded() {
        XCTAssertEqual(
            problems(more: "files: {a: {size: 999999GiB, sparse: true}}"),
            ["my.yaml:8:23: the files of a case have 4GiB at most, found the text “999999GiB”"])
        XCTAssertEqual(
            problems(more: "files: {a: {size: 4294967297}}"),
            ["my.yaml:8:23: the files of a case have 4GiB at most, found the number 4294967297"])
        XCTAssertEqual(
            problems(more: "files: {a: {size: 3GiB}, b: {size: 2GiB}}"),
            ["my.yaml:8:40: the files of a case have 4GiB at most, found the text “2GiB”"])
        XCTAssertEqual(
            problems(more: "files: {a: {size: 3, shrinks: 4}}"),
            ["my.yaml:8:35: it shrinks to no more than its size, found the number 4"])
        XCTAssertEqual(problems(more: "files: {a: {size: 4GiB, shrinks: 0}}"), [])
        for budget in ["0s", "0.9ms", "61m", "999999m"] {
            XCTAssertEqual(
                problems(more: "budget: \(budget)"),
                ["my.yaml:8:13: a budget is 1ms to 60m, found the text “\(budget)”"])
        }
        for budget in ["1ms", "60m"] { XCTAssertEqual(problems(more: "budget: \(budget)"), []) }
        for timeout in ["0", "-1", "3600.5", "1e300"] {
            let told = problems(task: "[{do: generate, timeout: \(timeout)}]")
            XCTAssertEqual(told.count, 1, timeout)
            XCTAssertTrue(
                told.first?.hasPrefix(
                    "my.yaml:10:36: a timeout is over 0 and at most 3600 seconds, found the number ")
                    ?? false, "\(told)")
        }
        XCTAssertEqual(
            problems(task: "[{do: upload, timeout: 5s}]"),
            ["my.yaml:10:34: a number is expected here, found the text “5s”"])
        for timeout in ["0.5", "3600"] {
            XCTAssertEqual(problems(task: "[{do: generate, timeout: \(timeout)}]"), [])
        }
    }

    func test_mistakesInChecksAreTold() {
        XCTAssertEqual(problems(checks: "[]"), ["my.yaml:11:13: a case has one check at least"])
        XCTAssertEqual(problems(checks: "[{requests: 1}]"), ["my.yaml:11:14: a check needs “name”"])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: 1, off: {}}]"),
            ["my.yaml:11:37: a check has no “off” (did you mean of?)"])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: 1, of: {call: generate}}]"),
            ["my.yaml:11:48: the API has no call “generate” (did you mean generateContent?)"])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: {min: 2, max: 1}}]"),
            ["my.yaml:11:34: the least is over the most"])
        XCTAssertEqual(
            problems(checks: "[{name: a, result: text}]"),
            ["my.yaml:11:32: a JSON pointer such as /contents/0 is expected here, found the text “text”"])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: 1}, {name: a, requests: 1}]"),
            ["my.yaml:11:38: two checks of the case are called “a”"])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: 1, time: {max: 1s}}]"),
            [
                "my.yaml:11:14: a check has one of anyOf, answer, body, hangUp, header, keyIsHidden, members, order, path, "
                    + "query, requests, result, size, time, wait; this one has 2"
            ])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: 1, of: {status: 5x}}]"),
            ["my.yaml:11:50: a status such as 429 or 5xx is expected here, found the text “5x”"])
        XCTAssertEqual(
            problems(checks: "[{name: a, requests: 1, of: {status: 9223372036854775807xx}}]").count, 1)
    }

    func test_idsAreOfTheirSuite() {
        let text = ConformanceCase.text("[{name: a, requests: 1}]", "MUST", "", "[{do: generate}]")
        XCTAssertEqual(
            problems(text.replacingOccurrences(of: "TST-01", with: "ABC-01")),
            ["my.yaml:4:9: an id is “TST”, a dash and two digits or more, found “ABC-01”"])
        XCTAssertEqual(
            problems(text.replacingOccurrences(of: "TST-01", with: "TST-1")),
            ["my.yaml:4:9: an id is “TST”, a dash and two digits or more, found “TST-1”"])
        let twice = text + "\n" + text.split(separator: "\n").dropFirst(3).joined(separator: "\n")
        XCTAssertEqual(problems(twice), ["my.yaml:12:5: TST-01 stands here twice, first in line 4"])
    }

    func test_allEmbeddedSuitesAreRight() throws {
        let suites = try EmbeddedSuites.read()
        XCTAssertEqual(suites.map(\.name), ["SSE", "ERR", "JSN", "REQ", "UPL", "FIL", "INT"])
        let cases = suites.flatMap(\.cases)
        XCTAssertEqual(Set(cases.map(\.id)).count, cases.count)
        // What a server can't play is told with the file's lines.
        try MockCaseServer(suites).stop()
    }

    func test_requirementSetsHaveCasesOnly() throws {
        let cases = try EmbeddedSuites.read().flatMap(\.cases).map(\.id)
        for set in RequirementSet.all {
            XCTAssertFalse(set.ids.isEmpty, set.name)
            XCTAssertEqual(set.ids.filter { !cases.contains($0) }, [], set.name)
            XCTAssertEqual(Set(set.ids).count, set.ids.count, set.name)
        }
    }
}
