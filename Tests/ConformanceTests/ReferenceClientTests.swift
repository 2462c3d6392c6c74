// SPDX-License-Identifier: Apache-2.0

import Conformance
import ConformanceServer
import ReferenceClient
import XCTest

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

    /// Each flaw makes exactly the checks fail that are listed with it; other cases of these suites pass.
    func testFlawsAreCaught() throws {
        let suites = try EmbeddedSuites.read()
        let server = try MockCaseServer(suites)
        defer { server.stop() }
        for flaw in Flaw.allCases {
            let expected = CaughtFlaws.checks(by: flaw)
            let names = Set(expected.compactMap { $0.split(separator: "-").first.map(String.init) })
            let cases = suites.filter { names.contains($0.name) }.flatMap(\.cases)
            let results = SuiteRunner(server, referenceClient([flaw]), jobs: 16)
                .results(of: cases, run: flaw.rawValue)
            let failed = results.flatMap { result in
                result.checks.filter(\.isFailed).map { "\(result.id):\($0.name)" }
            }
            XCTAssertEqual(Set(failed), expected, "\(flaw)")
        }
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
