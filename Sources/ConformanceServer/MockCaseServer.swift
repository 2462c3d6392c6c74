// SPDX-License-Identifier: Apache-2.0

import Conformance
import GeminiMock
import HTTPWire
import ScenarioEngine

/// One `MockServer` for all cases: each case is a scenario of its library, each run a tenant.
public final class MockCaseServer: CaseServer {
    private let server: MockServer
    /// Of cases that name an address of this server's in what it does: they can be read when it is known.
    private let late: [CaseID: (server: LocatedJSON, file: String)]
    /// What stands for the run's address under another name of this machine, which is another host to any client.
    private static let otherBase = "{{otherBase}}"

    /// What to give to clients that aren't driven, without a slash at the end.
    public var baseURL: String { server.baseURL }

    /// - Parameters:
    ///   - suites: the cases that can be begun.
    ///   - change: what else is to be other than by default.
    /// - Throws: `MockServerError` where it can't listen, or a case's server isn't a right scenario; `ScenarioProblems` where
    ///   that is one that names an address.
    public init(
        _ suites: [ConformanceSuite],
        configuration change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws {
        var configuration = MockServer.Configuration()
        let cases = suites.flatMap(\.cases)
        let known = cases.filter { !$0.server.has(MockCaseServer.otherBase) }
        configuration.library = known.map { conformanceCase in
            MockScenario(
                name: conformanceCase.id.description, conformanceCase.server, file: conformanceCase.file)
        }
        late = Dictionary(
            cases.filter { $0.server.has(MockCaseServer.otherBase) }.map { ($0.id, ($0.server, $0.file)) },
            uniquingKeysWith: { first, _ in first })
        // What is judged must all be there: large uploads, and all runs of a session.
        configuration.journalLimits.entries = 100_000
        configuration.journalLimits.bytes = 512 << 20
        configuration.choosesScenariosByPath = true
        change(&configuration)
        server = try MockServer.start(configuration)
        for (id, late) in late {
            // Later there is nobody to tell.
            try load(late, name: id.description)
            server.removeScenario(id.description)
        }
    }

    deinit { server.stop() }

    /// Closes all connections.
    public func stop() { server.stop() }

    public func begin(_ conformanceCase: ConformanceCase, run: String) -> CaseAddress {
        let name = "\(conformanceCase.id).\(run)"
        let scenario = prepare(conformanceCase, name: name) ? name : conformanceCase.id.description
        return address(name, key: "scenario:\(scenario):\(run)")
    }

    /// Where clients that nobody drives find a case: its id behind `/t/`, or the key that names it.
    public func standing(_ conformanceCase: ConformanceCase) -> CaseAddress {
        let name = conformanceCase.id.description
        _ = prepare(conformanceCase, name: name)
        return address(name, key: "scenario:\(name)")
    }

    private func address(_ name: String, key: String) -> CaseAddress {
        CaseAddress(
            baseURL: "\(server.baseURL)/t/\(name)", key: key, start: Journal.now, name: name,
            position: server.journal.lastID)
    }

    /// Loads what can be read only now.
    ///
    /// - Returns: whether there was something; it is called by the name of the run.
    private func prepare(_ conformanceCase: ConformanceCase, name: String) -> Bool {
        guard let late = late[conformanceCase.id] else { return false }
        // It could be loaded when this was made; where it can't any more, the client gets a refusal that tells.
        try? load(late, name: name)
        return true
    }

    private func load(
        _ late: (server: LocatedJSON, file: String), name: String
    ) throws(ScenarioProblems) {
        let other = "http://localhost:\(server.port)/t/\(name)"
        let filled = late.server.replacing(MockCaseServer.otherBase, with: other)
        try server.load([MockScenario(name: name, filled, file: late.file)], for: .library)
    }

    public func log(of address: CaseAddress) -> WireLog {
        let entries = server.journal.entries(
            ofRun: address.name, key: address.key, since: address.position)
        // A request that breaks off is written down late, maybe behind the next one.
        let exchanges = entries.map { WireExchange($0, since: address.start) }.enumerated()
            .sorted { ($0.element.request.at, $0.offset) < ($1.element.request.at, $1.offset) }
        return WireLog(
            exchanges.map(\.element),
            isIncomplete: server.journal.occupancy.forgotten > 0)
    }

    public func end(_ address: CaseAddress) {
        for tenant in [address.name, address.key] { server.resetState(of: tenant) }
        server.removeScenario(address.name)
    }
}

extension LocatedJSON {
    fileprivate func has(_ text: String) -> Bool {
        switch kind {
        case .string(let string): string.firstRange(of: text) != nil
        case .list(let values): values.contains { $0.has(text) }
        case .map(let fields): fields.contains { $0.value.has(text) }
        case .null, .bool, .int, .double: false
        }
    }

    fileprivate func replacing(_ text: String, with other: String) -> LocatedJSON {
        let replaced: Kind =
            switch kind {
            case .string(let string): .string(string.replacing(text, with: other))
            case .list(let values): .list(values.map { $0.replacing(text, with: other) })
            case .map(let fields):
                .map(
                    fields.map { field in
                        Field(
                            name: field.name, place: field.place,
                            value: field.value.replacing(text, with: other))
                    })
            case .null, .bool, .int, .double: kind
            }
        return LocatedJSON(kind: replaced, place: place)
    }
}
