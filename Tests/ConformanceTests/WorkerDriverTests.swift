// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

/// Whatever a worker does, each case gets a word in time.
final class WorkerDriverTests: XCTestCase {
    /// Says what it is, and then, for each line, what `body` does; `$id` is the case's.
    private static func worker(_ body: String, hello: String = #"{"client": "sh", "version": "9"}"#)
        -> WorkerDriver
    {
        let script = """
            echo '\(hello)'
            while read -r line; do
              id=${line#*\\"id\\":\\"}; id=${id%%\\"*}
              \(body)
            done
            """
        return WorkerDriver(["/bin/sh", "-c", script], environment: ["PATH=/usr/bin:/bin"])
    }

    private func job(_ number: Int = 1, within time: Duration = .seconds(20)) throws -> CaseJob {
        CaseJob(
            try ConformanceCase.make(),
            at: CaseAddress(baseURL: "http://h:1", key: "k", start: 0, name: "TST-01.\(number)"),
            folder: "/nowhere", paths: [:], time: time)
    }

    private static let answers = #"echo "{\"id\": \"$id\", \"ok\": true, \"text\": \"$id\"}""#

    func test_oneProcessDoesManyCases() throws {
        let driver = WorkerDriverTests.worker(WorkerDriverTests.answers)
        defer { driver.end() }
        for number in 1...3 {
            guard case .finished(let results) = driver.perform(try job(number)).outcome else {
                return XCTFail("no result")
            }
            XCTAssertEqual(results.first?["text"], .string("TST-01.\(number)"))
        }
        XCTAssertEqual(driver.client.name, "sh")
        XCTAssertEqual(driver.client.version, "9")
    }

    func test_severalAtATime_inAnyOrder() throws {
        // The second of two is answered first.
        let driver = WorkerDriverTests.worker(
            #"if [ -n "$before" ]; then for id in $id $before; do \#(WorkerDriverTests.answers); done; before=; else before=$id; fi"#,
            hello: #"{"parallel": 2}"#)
        defer { driver.end() }
        let jobs = try [job(1), job(2)]
        let outcomes = Crew.map(jobs, jobs: 2) { driver.perform($0).outcome }
        for (number, outcome) in zip(1..., outcomes) {
            guard case .finished(let results) = outcome else { return XCTFail("\(outcome)") }
            XCTAssertEqual(results.first?["text"], .string("TST-01.\(number)"))
        }
    }

    func test_unsupported() throws {
        let driver = WorkerDriverTests.worker(#"echo "{\"id\": \"$id\", \"unsupported\": \"no\"}""#)
        defer { driver.end() }
        XCTAssertEqual(driver.perform(try job()).outcome, .unsupported("no"))
    }

    func test_oneThatDies_isReplaced() throws {
        let driver = WorkerDriverTests.worker(
            #"case $id in *.1) exit 3;; esac; "# + WorkerDriverTests.answers)
        defer { driver.end() }
        XCTAssertEqual(driver.perform(try job(1)).outcome, .died("exit code 3"))
        guard case .finished = driver.perform(try job(2)).outcome else { return XCTFail("not replaced") }
    }

    func test_oneThatIsSilent_isReplaced() throws {
        let driver = WorkerDriverTests.worker(
            #"case $id in *.1) sleep 1000;; esac; "# + WorkerDriverTests.answers)
        defer { driver.end() }
        XCTAssertEqual(driver.perform(try job(1, within: .milliseconds(300))).outcome, .silent)
        guard case .finished = driver.perform(try job(2)).outcome else { return XCTFail("not replaced") }
    }

    func test_nonsense() throws {
        let driver = WorkerDriverTests.worker("echo nonsense")
        defer { driver.end() }
        XCTAssertEqual(
            driver.perform(try job()).outcome, .died("a line of its output is no JSON: nonsense"))
    }

    func test_oneThatNeverSaysWhatItIs() throws {
        let driver = WorkerDriver(
            ["/bin/sh", "-c", "echo oh >&2; exit 1"], environment: ["PATH=/usr/bin:/bin"])
        defer { driver.end() }
        guard case .notJudgeable(let why) = driver.perform(try job()).outcome else {
            return XCTFail("judged")
        }
        XCTAssertEqual(
            why, "the worker hasn’t said what it is in its first line (exit code 1); it printed: oh")
        let mute = WorkerDriver(["/bin/sh", "-c", "exit 0"], environment: ["PATH=/usr/bin:/bin"])
        defer { mute.end() }
        XCTAssertEqual(
            mute.perform(try job()).outcome,
            .notJudgeable("the worker hasn’t said what it is in its first line (exit code 0)"))
    }
}
