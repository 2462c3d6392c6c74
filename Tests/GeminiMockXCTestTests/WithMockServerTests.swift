// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMockXCTest
import TestSupport
import XCTest

final class WithMockServerTests: FailureTestCase {
    private struct Trouble: Error {}

    private func isGone(_ server: MockServer?) -> Bool {
        server.map { RawClient(port: $0.port) == nil } ?? false
    }

    // MARK: For a closure

    func test_server_isStopped_andTheResultGiven() async throws {
        var server: MockServer?
        let text = try withMockServer(tulips, configuration: { $0.seed = 7 }) {
            server = $0
            XCTAssertEqual(try ask($0, "tulip"), 200)
            return "done"
        }
        XCTAssertEqual(text, "done")
        XCTAssertTrue(isGone(server))
        let number = try await withMockServer(tulips) {
            server = $0
            await Task.yield()
            return try ask($0, "tulip")
        }
        XCTAssertEqual(number, 200)
        XCTAssertTrue(isGone(server))
    }

    func test_findings_failTheTest_whereItStands() async throws {
        let expected = [
            Failure(
                text: """
                    Requests that matched no stub: 1
                    POST /v1beta/models/gemini-2.5-flash:countTokens
                      the nearest stub is “tulip” (tulips:1)
                        ✗ endpoint: expected generateContent, got countTokens
                        ✓ lastText
                      this one would match, in a scenario’s “stubs”:
                      - name: "countTokens: tulip"
                        when:
                          endpoint: countTokens
                          model: gemini-2.5-flash
                          lastText: {equals: tulip}
                        replies:
                          - body: {totalTokens: 3}
                    """, line: 7),
            Failure(text: "Required stubs that were never used: 1\n“tulip” (tulips:1)", line: 7),
        ]
        let sync = try failures {
            try withMockServer(tulips, line: 7) { _ = try ask($0, "tulip", "countTokens") }
        }
        XCTAssertEqual(sync, expected)
        let async = try await failures {
            try await withMockServer(tulips, line: 7) {
                await Task.yield()
                _ = try ask($0, "tulip", "countTokens")
            }
        }
        XCTAssertEqual(async, expected)
    }

    func test_checks_chooseWhatIsLookedFor() throws {
        let failures = try failures {
            try withMockServer(tulips, checks: []) { _ = try ask($0, "rose") }
            try withMockServer(tulips, checks: [.unusedStubs]) { _ = try ask($0, "rose") }
        }
        XCTAssertEqual(
            failures.map(\.text), ["Required stubs that were never used: 1\n“tulip” (tulips:1)"])
    }

    func test_error_isPassedOn_withUnmatchedRequestsAlone() async throws {
        var servers: [MockServer] = []
        let failures = try await failures {
            XCTAssertThrowsError(
                try withMockServer(tulips) { server -> Void in
                    servers.append(server)
                    try ask(server, "rose")
                    throw Trouble()
                }
            ) { XCTAssertTrue($0 is Trouble) }
            do {
                try await withMockServer(tulips) { server -> Void in
                    servers.append(server)
                    await Task.yield()
                    throw Trouble()
                }
                XCTFail("it doesn't throw")
            } catch {
                XCTAssertTrue(error is Trouble)
            }
        }
        XCTAssertEqual(failures.count, 1, "\(failures)")
        XCTAssertTrue(failures.first?.text.hasPrefix("Requests that matched no stub: 1\n") ?? false)
        XCTAssertEqual(servers.map { isGone($0) }, [true, true])
    }

    func test_skip_isPassedOn_andNothingTold() throws {
        XCTAssertThrowsError(
            try withMockServer(tulips) { server -> Void in
                try ask(server, "rose")
                throw XCTSkip("not today")
            }
        ) { XCTAssertTrue($0 is XCTSkip) }
    }

    func test_cancellation_stopsTheServer() async throws {
        let (started, start) = AsyncStream.makeStream(of: MockServer.self)
        let task = Task {
            try await withMockServer { server in
                start.yield(server)
                // Nothing ever comes.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                try Task.checkCancellation()
            }
        }
        var servers = started.makeAsyncIterator()
        let server = await servers.next()
        task.cancel()
        do {
            try await task.value
            XCTFail("it isn't cancelled")
        } catch {
            XCTAssertTrue(error is CancellationError)
        }
        XCTAssertTrue(isGone(server))
    }

    func test_badScenario_isThrown() {
        let bad = MockScenario("bad", stubs: [MockStub("s", replies: [])])
        XCTAssertThrowsError(try withMockServer(bad) { _ in XCTFail("it starts") }) {
            XCTAssertTrue($0 is MockServerError)
        }
    }

    /// What stands on an actor may be touched by what is run there.
    @MainActor
    func test_body_runsWhereTheCallerDoes() async throws {
        var count = 0
        try await withMockServer { server in
            await Task.yield()
            count += try ask(server, "tulip")
        }
        XCTAssertEqual(count, 200)
    }

    // MARK: For a test

    // A test within a test can't be made of a closure elsewhere.
    #if !canImport(Darwin)
        /// Runs a test that is none of the suite.
        private func run(_ test: @escaping (FailureTestCase) throws -> Void) -> [Failure] {
            let inner = FailureTestCase(name: "inner") { inner in
                guard let inner = inner as? FailureTestCase else { return }
                try test(inner)
            }
            return inner.failures { inner.run() }
        }

        /// - Throws: where they aren't equal. A test within a test leaves XCTest without a current one, so assertions behind it
        ///   would fail unheard; what is thrown is heard.
        private func check<Value: Equatable>(_ found: Value, _ expected: Value) throws {
            guard found == expected else { throw Difference(words: "\(found) isn't \(expected)") }
        }

        private struct Difference: Error {
            let words: String
        }

        func test_startedServer_isStoppedAndChecked_atTheEnd() throws {
            var server: MockServer?
            var isThere: Bool?
            let failures = run { test in
                server = try test.startMockServer(test.tulips, line: 7)
                isThere = server.map { RawClient(port: $0.port) != nil }
            }
            try check(
                failures,
                [Failure(text: "Required stubs that were never used: 1\n“tulip” (tulips:1)", line: 7)])
            try check(isThere, true)
            try check(isGone(server), true)
        }

        /// Runs itself in a process of its own, whose failures are real ones.
        func test_findings_failTheProcess() throws {
            let variable = "GEMINI_MOCK_FAILS"
            guard ProcessInfo.processInfo.environment[variable] == nil else {
                _ = try startMockServer(tulips, line: 7)
                try withMockServer(tulips, line: 8) { try ask($0, "rose") }
                return
            }
            let result = try ChildProcess.run(
                CommandLine.arguments[0],
                ["GeminiMockXCTestTests.WithMockServerTests/test_findings_failTheProcess"],
                environment: [variable: "1"])
            let output = result.text + result.errors
            XCTAssertEqual(result.exitCode, 1, output)
            for words in [
                "WithMockServerTests.swift:7: error: WithMockServerTests.test_findings_failTheProcess : "
                    + "failed - Required stubs that were never used: 1\n“tulip” (tulips:1)\n",
                "WithMockServerTests.swift:8: error: WithMockServerTests.test_findings_failTheProcess : "
                    + "failed - Requests that matched no stub: 1\nPOST ",
                "Executed 1 test, with 3 failures (0 unexpected)",
            ] { XCTAssertTrue(output.contains(words), "no “\(words)” in \(output)") }
        }

        func test_startedServer_isStopped_whateverHappens() throws {
            var servers: [MockServer] = []
            let skipped = run { test in
                servers.append(try test.startMockServer(test.tulips))
                throw XCTSkip("not today")
            }
            try check(skipped, [])
            let failed = run { test in
                servers.append(try test.startMockServer(test.tulips, checks: []))
                throw Trouble()
            }
            try check(failed.count, 1)
            try check(servers.map { isGone($0) }, [true, true])
        }
    #endif
}
