// SPDX-License-Identifier: Apache-2.0

import ScenarioEngine

/// A server for as long as a closure runs.
extension MockServer {
    /// Gives a server of its own to `body`, stops it in any case, and looks for what went wrong.
    ///
    ///     @Test func retries() async throws {
    ///         try await MockServer.withServer(MockScenario(path: "overloaded.yaml")) { server in
    ///             #expect(try await Greeter(server.baseURL).greet() == "Good day")
    ///         }
    ///     }
    ///
    /// - Parameters:
    ///   - scenarios: what to answer to which requests.
    ///   - checks: what there should be none of when `body` is through; `[]` looks for nothing.
    ///   - change: what else is to be other than by default.
    /// - Throws: what `body` throws; where it doesn't, `Findings`; `MockServerError` where the server can't start.
    @discardableResult
    public static func withServer<Result>(
        _ scenarios: MockScenario..., checks: Set<Findings.Kind> = .all,
        configuration change: (inout Configuration) -> Void = { _ in },
        _ body: (MockServer) throws -> Result
    ) throws -> Result {
        let server = try start(playing: scenarios, change)
        defer { server.stop() }
        let result = try body(server)
        try server.end(checks)
        return result
    }

    /// The same for a `body` that waits. It runs where the caller does.
    @discardableResult
    public static func withServer<Result>(
        _ scenarios: MockScenario..., checks: Set<Findings.Kind> = .all,
        configuration change: (inout Configuration) -> Void = { _ in },
        isolation: isolated (any Actor)? = #isolation,
        _ body: (MockServer) async throws -> Result
    ) async throws -> Result {
        let server = try start(playing: scenarios, change)
        defer { server.stop() }
        let result = try await body(server)
        try server.end(checks)
        return result
    }

    package static func start(playing scenarios: [MockScenario], _ change: (inout Configuration) -> Void)
        throws(MockServerError) -> MockServer
    {
        var configuration = Configuration()
        configuration.scenarios = scenarios
        change(&configuration)
        return try start(configuration)
    }

    /// Stopped first: what a client still does may not change what is found.
    private func end(_ checks: Set<Findings.Kind>) throws(Findings) {
        stop()
        let findings = findings(checks)
        if !findings.areNone { throw findings }
    }
}
