// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import ReferenceClient
import XCTest

@testable import Conformance

/// All cases of a suite are passed by the reference client, and each check catches a client that is broken on purpose.
final class ReferenceClientTests: XCTestCase {
    func testPassesAllCases() throws {
        let suites = try EmbeddedSuites.read()
        let server = try MockCaseServer(suites)
        defer { server.stop() }
        let results = SuiteRunner(server, referenceClient(), jobs: 16).results(of: suites.flatMap(\.cases))
        XCTAssertEqual(results.count, suites.flatMap(\.cases).count)
        for result in results {
            let right: [Verdict] = result.severity >= .should ? [.pass] : [.pass, .info]
            XCTAssert(right.contains(result.verdict), told(result))
        }
    }

    /// Each flaw makes exactly the checks fail that are listed with it; other cases of these suites pass, as far as they
    /// needn't be waited for.
    func testFlawsAreCaught() throws {
        let suites = try EmbeddedSuites.read()
        let server = try MockCaseServer(suites)
        defer { server.stop() }
        // Most of the time all of them wait.
        let wrong = Crew.map(Flaw.allCases, jobs: 12) { flaw -> String in
            let expected = CaughtFlaws.checks(by: flaw)
            let failed = ReferenceClientTests.failedChecks(of: flaw, expected, suites, server)
            if failed == expected { return "" }
            return "\(flaw): not caught by \(expected.subtracting(failed).sorted()), "
                + "caught by \(failed.subtracting(expected).sorted()), too"
        }
        XCTAssertEqual(wrong.filter { !$0.isEmpty }, [])
    }

    private static func failedChecks(
        of flaw: Flaw, _ expected: Set<String>, _ suites: [ConformanceSuite], _ server: MockCaseServer
    ) -> Set<String> {
        let names = Set(expected.map { $0.prefix(3) })
        let ids = Set(expected.map { $0.prefix { $0 != ":" } })
        let cases = suites.filter { names.contains($0.name[...]) }.flatMap(\.cases).filter {
            !$0.isTimed || ids.contains($0.id.description[...])
        }
        let results = SuiteRunner(server, referenceClient([flaw]), jobs: 8).results(
            of: cases, run: flaw.rawValue)
        return Set(
            results.flatMap { result in
                result.checks.filter(\.isFailed).map { "\(result.id):\($0.name)" }
                    + (result.verdict == .harnessError ? ["\(result.id): \(result.reason ?? "")"] : [])
            })
    }

    /// A check that catches no broken client may as well not be there.
    func testEachCheckCatchesAFlaw() throws {
        let all = try EmbeddedSuites.read().flatMap(\.cases).flatMap { found in
            found.checkNames.map { "\(found.id):\($0)" }
        }
        let caught = Flaw.allCases.reduce(into: Set<String>()) { $0.formUnion(CaughtFlaws.checks(by: $1)) }
        XCTAssertEqual(all.filter { !caught.contains($0) }, [], "no flaw for these")
        XCTAssertEqual(caught.subtracting(all), [], "no such checks")
    }

    private func told(_ result: CaseResult) -> String {
        let terminal = TerminalReport(isTracing: true)
        return ([terminal.progress(result)] + terminal.details(result)).joined(separator: "\n")
    }
}
