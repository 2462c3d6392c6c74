// SPDX-License-Identifier: Apache-2.0

import Conformance
import ConformanceServer
import ReferenceClient
import XCTest

/// All cases are passed by the reference client.
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

    private func told(_ result: CaseResult) -> String {
        let terminal = TerminalReport(isTracing: true)
        return ([terminal.progress(result)] + terminal.details(result)).joined(separator: "\n")
    }
}
