// SPDX-License-Identifier: Apache-2.0

import XCTest

/// Gives a server of its own to `body`, stops it in any case, and fails the test for what went wrong with the scenarios.
///
///     func test_client_asksAgain() async throws {
///         try await withMockServer(MockScenario(path: "overloaded.yaml")) { server in
///             let text = try await Greeter(server.baseURL).greet()
///             XCTAssertEqual(text, "Good day")
///             XCTAssertReceived(server, MockPattern(endpoint: ["generateContent"]), count: 2)
///         }
///     }
///
/// - Parameters:
///   - scenarios: what to answer to which requests.
///   - checks: what there should be none of when `body` is through; `[]` looks for nothing. Where `body` throws, only
///     unmatched requests are told, which may be why; where it skips the test, nothing is.
///   - change: what else is to be other than by default.
///   - file: where the failure is told; so is `line`.
/// - Throws: what `body` throws, or `MockServerError` where the server can't start.
@discardableResult
public func withMockServer<Result>(
    _ scenarios: MockScenario..., checks: Set<Findings.Kind> = .all,
    configuration change: (inout MockServer.Configuration) -> Void = { _ in },
    file: StaticString = #filePath, line: UInt = #line, _ body: (MockServer) throws -> Result
) throws -> Result {
    let ending = Ending(try MockServer.start(playing: scenarios, change), checks, file, line)
    do {
        let result = try body(ending.server)
        ending.end()
        return result
    } catch {
        ending.end(after: error)
        throw error
    }
}

/// The same for a `body` that waits. It runs where the caller does.
@discardableResult
public func withMockServer<Result>(
    _ scenarios: MockScenario..., checks: Set<Findings.Kind> = .all,
    configuration change: (inout MockServer.Configuration) -> Void = { _ in },
    file: StaticString = #filePath, line: UInt = #line, isolation: isolated (any Actor)? = #isolation,
    _ body: (MockServer) async throws -> Result
) async throws -> Result {
    let ending = Ending(try MockServer.start(playing: scenarios, change), checks, file, line)
    do {
        let result = try await body(ending.server)
        ending.end()
        return result
    } catch {
        ending.end(after: error)
        throw error
    }
}

extension XCTestCase {
    /// Starts a server for this test, or for all of it where `setUp` calls this. It is stopped when the test is over; what
    /// went wrong with the scenarios fails the test then.
    ///
    /// - Parameters:
    ///   - scenarios: what to answer to which requests.
    ///   - checks: what there should be none of at the end; `[]` looks for nothing. Nothing is told of a skipped test.
    ///   - change: what else is to be other than by default.
    ///   - file: where the failure is told; so is `line`.
    /// - Throws: `MockServerError` where the server can't start.
    public func startMockServer(
        _ scenarios: MockScenario..., checks: Set<Findings.Kind> = .all,
        configuration change: (inout MockServer.Configuration) -> Void = { _ in },
        file: StaticString = #filePath, line: UInt = #line
    ) throws -> MockServer {
        let ending = Ending(try MockServer.start(playing: scenarios, change), checks, file, line)
        // Only XCTest touches it, and calls the block.
        nonisolated(unsafe) let run = testRun
        addTeardownBlock { ending.end(isSkipped: run?.hasBeenSkipped ?? false) }
        return ending.server
    }
}

/// What is done with a server when its test is over.
private struct Ending {
    let server: MockServer
    private let checks: Set<Findings.Kind>
    private let file: StaticString
    private let line: UInt

    init(_ server: MockServer, _ checks: Set<Findings.Kind>, _ file: StaticString, _ line: UInt) {
        (self.server, self.checks, self.file, self.line) = (server, checks, file, line)
    }

    func end(isSkipped: Bool = false) { end(isSkipped ? [] : checks) }

    func end(after error: any Error) {
        end(error is XCTSkip ? [] : checks.intersection([.unmatchedRequests]))
    }

    /// Stopped first: what a client still does may not change what is found.
    private func end(_ checks: Set<Findings.Kind>) {
        server.stop()
        for group in server.findings(checks).groups where group.count > 0 {
            XCTFail(group.description, file: file, line: line)
        }
    }
}
