// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import ReferenceClient
import XCTest

@testable import Conformance

/// The judge is judged: each check of a suite catches a client that is broken on purpose, and nothing else does. A class for
/// each suite, since test classes run side by side.
class FlawTestCase: XCTestCase {
    /// Each flaw makes exactly the checks fail that are listed with it; other cases of the suite pass, as far as they needn't
    /// be waited for.
    func checkFlaws(_ suite: String) throws {
        let flaws = try XCTUnwrap(CaughtFlaws.bySuite[suite])
        let suites = try EmbeddedSuites.read()
        let server = try MockCaseServer(suites)
        defer { server.stop() }
        let cases = try XCTUnwrap(suites.first { $0.name == suite }).cases
        let order = flaws.sorted { $0.key.rawValue < $1.key.rawValue }
        // Most of the time all of them wait.
        let first = Crew.map(order, jobs: 4) { flaw, expected in
            FlawTestCase.failedChecks(of: flaw, expected, cases, server)
        }
        // Clients have real time: on a machine that has none, one that doesn't pause is late, and others miss their budget.
        // What came out otherwise is tried again with nothing beside it.
        let wrong = zip(order, first).compactMap { entry, first -> String? in
            let (flaw, expected) = entry
            var failed = first
            for _ in 0..<2 where failed != expected {
                failed = FlawTestCase.failedChecks(of: flaw, expected, cases, server, jobs: 1)
            }
            if failed == expected { return nil }
            return "\(flaw): not caught by \(expected.subtracting(failed).sorted()), "
                + "caught by \(failed.subtracting(expected).sorted()), too"
        }
        XCTAssertEqual(wrong, [])
    }

    /// A check that catches no broken client may as well not be there.
    func checkChecks(_ suite: String) throws {
        let flaws = try XCTUnwrap(CaughtFlaws.bySuite[suite])
        let cases = try XCTUnwrap(EmbeddedSuites.read().first { $0.name == suite }).cases
        let all = cases.flatMap { found in found.checkNames.map { "\(found.id):\($0)" } }
        let caught = flaws.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        XCTAssertEqual(all.filter { !caught.contains($0) }, [], "no flaw for these")
        XCTAssertEqual(caught.subtracting(all), [], "no such checks")
    }

    private static func failedChecks(
        of flaw: Flaw, _ expected: Set<String>, _ cases: [ConformanceCase], _ server: MockCaseServer,
        jobs: Int = 6
    ) -> Set<String> {
        let ids = Set(expected.map { $0.prefix { $0 != ":" } })
        let asked = cases.filter { !$0.isTimed || ids.contains($0.id.description[...]) }
        let results = SuiteRunner(server, referenceClient([flaw]), jobs: jobs)
            .results(of: asked, run: flaw.rawValue)
        return Set(
            results.flatMap { result in
                result.checks.filter(\.isFailed).map { "\(result.id):\($0.name)" }
                    + (result.verdict == .harnessError ? ["\(result.id): \(result.reason ?? "")"] : [])
            })
    }
}

final class FlawTests_SSE: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("SSE") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("SSE") }
}

final class FlawTests_ERR: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("ERR") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("ERR") }
}

final class FlawTests_JSN: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("JSN") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("JSN") }
}

final class FlawTests_REQ: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("REQ") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("REQ") }
}

final class FlawTests_UPL: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("UPL") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("UPL") }
}

final class FlawTests_FIL: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("FIL") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("FIL") }
}

final class FlawTests_INT: FlawTestCase {
    func testFlawsAreCaught() throws { try checkFlaws("INT") }
    func testEachCheckCatchesAFlaw() throws { try checkChecks("INT") }
}
