// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import Conformance

/// A server that has seen what it is told.
private struct SilentServer: CaseServer {
    var log = WireLog()

    func begin(_ conformanceCase: ConformanceCase, run: String) -> CaseAddress {
        CaseAddress(baseURL: "", key: "", start: 0, name: "\(conformanceCase.id).\(run)")
    }

    func log(of address: CaseAddress) -> WireLog { log }
    func end(_ address: CaseAddress) {}
}

final class CaseRunnerTests: XCTestCase {
    private func options(_ change: (inout CaseRunner.Options) -> Void = { _ in }) -> CaseRunner.Options {
        var options = CaseRunner.Options()
        options.folder = NSTemporaryDirectory()
        change(&options)
        return options
    }

    func test_filesAreThereAndGoAgain() throws {
        let made = try ConformanceCase.make(
            checks: "[{name: a, result: /size, equals: 70000}]",
            more: "files: {a: {size: 70000, name: ä b.wav}, b: {size: 3GiB, sparse: true}}",
            task: "[{do: upload, path: a}]")
        let seen = Monitor<[String]>([])
        let driver = ClosureDriver { job in
            seen.withLock { $0 = Array(job.paths.values) }
            let data = FileManager.default.contents(atPath: job.paths["a"] ?? "")
            XCTAssertEqual(data?.prefix(16), Data("0123456789abcdef".utf8))
            let large = try? FileManager.default.attributesOfItem(atPath: job.paths["b"] ?? "")
            XCTAssertEqual(large?[.size] as? Int, 3 << 30)
            return .finished([["ok": true, "size": .int(data?.count ?? 0)]])
        }
        let result = CaseRunner(SilentServer(), driver, options()).result(of: made)
        XCTAssertEqual(result.verdict, .pass)
        for path in seen.withLock({ $0 }) { XCTAssertFalse(FileManager.default.fileExists(atPath: path)) }
    }

    func test_whatAClientLacksIsntAsked() throws {
        let made = try ConformanceCase.make(more: "needs: [upload, files]")
        let runner = CaseRunner(
            SilentServer(), ClosureDriver { _ in .died("asked") }, options { $0.lacks = ["files"] })
        let result = runner.result(of: made)
        XCTAssertEqual(result.verdict, .unsupported)
        XCTAssertEqual(result.reason, "it lacks files")
    }

    func test_whatComesOutOtherwiseIsFlaky() throws {
        let made = try ConformanceCase.make(checks: "[{name: a, result: /ok, equals: true}]")
        let count = Monitor(0)
        let driver = ClosureDriver { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return .finished([["ok": .bool(number == 2)]])
        }
        XCTAssertEqual(
            CaseRunner(SilentServer(), driver, options { $0.retries = 2 }).result(of: made).verdict, .flaky)
        XCTAssertEqual(count.withLock { $0 }, 2)
        XCTAssertEqual(CaseRunner(SilentServer(), driver, options()).result(of: made).verdict, .fail)
    }

    func test_aSilentClientIsGivenUp() throws {
        let made = try ConformanceCase.make(more: "budget: 100ms")
        let over = Monitor(false)
        let driver = ClosureDriver { _ in
            over.wait(while: { !$0 }) { _ in }
            return .finished([])
        }
        let result = CaseRunner(SilentServer(), driver, options()).result(of: made)
        over.signal { $0 = true }
        XCTAssertEqual(result.verdict, .fail)
        XCTAssertEqual(result.checks.first?.name, "ends")
    }

    func test_resultsKeepTheOrderOfTheCases() throws {
        let made = try ConformanceCase.make()
        let runner = SuiteRunner(
            SilentServer(), ClosureDriver { _ in .finished([["ok": true]]) }, jobs: 3, options())
        let seen = Monitor(0)
        let results = runner.results(of: Array(repeating: made, count: 7)) { _ in seen.withLock { $0 += 1 } }
        XCTAssertEqual(results.count, 7)
        XCTAssertEqual(seen.withLock { $0 }, 7)
    }
}
