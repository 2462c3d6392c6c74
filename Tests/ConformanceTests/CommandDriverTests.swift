// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import Conformance

/// Whatever a command does, there is a word for it, in time, and nothing of it stays.
final class CommandDriverTests: XCTestCase {
    private func report(_ script: String, within time: Duration = .seconds(20)) throws -> (
        ClientReport, String
    ) {
        let made = try ConformanceCase.make()
        let folder = try CaseFolder(made, in: NSTemporaryDirectory())
        defer { folder.remove() }
        let job = CaseJob(
            made, at: CaseAddress(baseURL: "http://h:1/t/x", key: "k", start: 0, name: "TST-01.1"),
            folder: folder.path, paths: [:], time: time)
        let driver = CommandDriver(
            ["/bin/sh", "-c", script], environment: ["PATH=/usr/bin:/bin", "GEMINI_API_KEY=old"])
        let report = driver.perform(job)
        let note = (try? String(contentsOfFile: "\(folder.path)/note", encoding: .utf8)) ?? ""
        return (report, note)
    }

    func test_theCaseStandsInTheEnvironment() throws {
        let script = """
            printf '{"ok": true, "text": "%s %s %s"}' "$GEMINI_MOCK_CASE" "$GEMINI_BASE_URL" "$GEMINI_API_KEY" > "$GEMINI_MOCK_OUT"
            echo "$GEMINI_MOCK_TASK" > "${GEMINI_MOCK_OUT%/*}/note"; echo said; echo so >&2
            """
        let (report, note) = try report(script)
        XCTAssertEqual(report.outcome, .finished([["ok": true, "text": "TST-01 http://h:1/t/x k"]]))
        XCTAssertEqual(
            note,
            #"{"case":"TST-01","steps":[{"do":"generate","model":"gemini-3.5-flash","text":"Hello"}]}"# + "\n"
        )
        XCTAssertEqual(report.output, "said\nso\n")
    }

    func test_exitCodes() throws {
        XCTAssertEqual(try report("exit 77").0.outcome, .unsupported("exit code 77"))
        XCTAssertEqual(
            try report(#"echo '{"unsupported": "no files"}' > $GEMINI_MOCK_OUT; exit 77"#).0.outcome,
            .unsupported("no files"))
        XCTAssertEqual(try report("exit 3").0.outcome, .died("exit code 3, without a result"))
        XCTAssertEqual(
            try report(#"echo '{"ok": false}' > $GEMINI_MOCK_OUT; exit 3"#).0.outcome,
            .finished([["ok": false]]))
        XCTAssertEqual(try report("kill -SEGV $$").0.outcome, .died("signal 11"))
        // It has been put the case and says nothing: that is its own doing, and no mistake of the judge's.
        XCTAssertEqual(try report("true").0.outcome, .died("exit code 0, without a result"))
        XCTAssertEqual(
            try report("> $GEMINI_MOCK_OUT").0.outcome, .died("exit code 0, without a result"))
    }

    /// A client that goes on with a pipe in the place of its result would be waited for until somebody writes to it.
    func test_whatIsNoFileIsNotWaitedFor() throws {
        for (script, outcome) in [
            (
                "",
                ClientOutcome.notJudgeable(
                    "the client’s result in GEMINI_MOCK_OUT can’t be read: it is no regular file")
            ),
            ("; exit 77", .unsupported("exit code 77")),
        ] {
            for make in ["mkfifo", "ln -s /dev/zero"] {
                XCTAssertEqual(try report("\(make) $GEMINI_MOCK_OUT\(script)").0.outcome, outcome, make)
            }
        }
    }

    func test_aResultThatIsTooLongIsToldAsThat() throws {
        // A hole: it takes no room.
        XCTAssertEqual(
            try report("dd if=/dev/null of=$GEMINI_MOCK_OUT bs=1 seek=67108865 2> /dev/null").0.outcome,
            .notJudgeable(
                "the client’s result in GEMINI_MOCK_OUT can’t be read: it has more than 67108864 bytes"))
    }

    func test_resultsThatCannotBeRead() throws {
        XCTAssertEqual(
            try report("echo hello > $GEMINI_MOCK_OUT").0.outcome,
            .notJudgeable("the client’s result is no JSON: hello\u{FFFD}"))
        XCTAssertEqual(
            try report("echo '[1]' > $GEMINI_MOCK_OUT").0.outcome,
            .notJudgeable("the client’s result is no object: [1]"))
        XCTAssertEqual(
            try report(#"echo '{"text": "x"}' > $GEMINI_MOCK_OUT"#).0.outcome,
            .notJudgeable(#"a result needs “ok”, true or false: {"text": "x"}"#))
    }

    func test_silenceEndsInTime_withAllThatWasStarted() throws {
        let started = ContinuousClock.now
        let (report, note) = try report(
            "sleep 1000 & echo $$ $! > ${GEMINI_MOCK_OUT%/*}/note; wait", within: .milliseconds(300))
        XCTAssertEqual(report.outcome, .silent)
        XCTAssertLessThan(ContinuousClock.now - started, .seconds(10))
        for pid in note.split(whereSeparator: \.isWhitespace).compactMap({ pid_t($0) }) {
            XCTAssertTrue(Eventually.isGone(pid), "\(pid)")
        }
        XCTAssertEqual(note.split(whereSeparator: \.isWhitespace).count, 2)
    }

    /// What a client leaves behind is ended, and doesn't hold up its verdict.
    func test_whatAClientLeavesIsEnded() throws {
        let (report, note) = try report(
            #"sleep 1000 & echo $! > ${GEMINI_MOCK_OUT%/*}/note; echo '{"ok": true}' > $GEMINI_MOCK_OUT"#)
        XCTAssertEqual(report.outcome, .finished([["ok": true]]))
        XCTAssertTrue(Eventually.isGone(try XCTUnwrap(pid_t(note.dropLast()))))
    }

    func test_noSuchCommand() throws {
        let made = try ConformanceCase.make()
        let job = CaseJob(
            made, at: CaseAddress(baseURL: "", key: "", start: 0, name: "x"), folder: "/nowhere", paths: [:],
            time: .seconds(1))
        XCTAssertEqual(
            CommandDriver(["/no/such/program"], environment: []).perform(job).outcome,
            .notJudgeable("can't run /no/such/program: No such file or directory"))
    }
}

enum Eventually {
    /// Whether a process ends: one that was killed is there until its parent, by then init, has seen it.
    static func isGone(_ pid: pid_t) -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if kill(pid, 0) != 0 || isZombie(pid) { return true }
            usleep(2000)
        }
        return false
    }

    private static func isZombie(_ pid: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
            return false
        }
        return status.contains(") Z ")
    }
}
