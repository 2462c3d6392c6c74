// SPDX-License-Identifier: Apache-2.0

import Conformance
import GeminiMock
import HTTPWire
import ScenarioEngine

/// One `MockServer` for all cases: each case is a scenario of its library, each run a tenant.
public final class MockCaseServer: CaseServer {
    private let server: MockServer

    /// What to give to clients that aren't driven, without a slash at the end.
    public var baseURL: String { server.baseURL }

    /// - Parameters:
    ///   - suites: the cases that can be begun.
    ///   - change: what else is to be other than by default.
    /// - Throws: `MockServerError` where it can't listen, or a case's server isn't a right scenario.
    public init(
        _ suites: [ConformanceSuite],
        configuration change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws(MockServerError) {
        var configuration = MockServer.Configuration()
        configuration.library = suites.flatMap(\.cases).map { conformanceCase in
            MockScenario(
                name: conformanceCase.id.description, conformanceCase.server, file: conformanceCase.file)
        }
        // What is judged must all be there: large uploads, and all runs of a session.
        configuration.journalLimits.entries = 100_000
        configuration.journalLimits.bytes = 512 << 20
        change(&configuration)
        server = try MockServer.start(configuration)
    }

    deinit { server.stop() }

    /// Closes all connections.
    public func stop() { server.stop() }

    public func begin(_ conformanceCase: ConformanceCase, run: String) -> CaseAddress {
        let name = "\(conformanceCase.id).\(run)"
        return CaseAddress(
            baseURL: "\(server.baseURL)/t/\(name)", key: "scenario:\(conformanceCase.id):\(run)",
            start: Journal.now, name: name)
    }

    public func log(of address: CaseAddress) -> WireLog {
        let entries = server.journal.entries(ofRun: address.name, key: address.key)
        return WireLog(
            entries.map { WireExchange($0, since: address.start) },
            isIncomplete: server.journal.occupancy.forgotten > 0)
    }

    public func end(_ address: CaseAddress) {
        for tenant in [address.name, address.key] { server.resetState(of: tenant) }
    }
}
