// SPDX-License-Identifier: Apache-2.0

import GeminiMock
import TestSupport
import XCTest

final class MockServerRunningTests: ScenarioTestCase {
    private struct Trouble: Error {}

    private let tulips = MockScenario(
        "tulips",
        stubs: [MockStub("tulip", when: MockPattern(lastText: .equals("tulip")), replies: [.text("a tulip")])]
    )

    private func isGone(_ server: MockServer?) -> Bool {
        server.map { RawClient(port: $0.port) == nil } ?? false
    }

    func test_server_isStopped_andTheResultGiven() async throws {
        var server: MockServer?
        let said = try MockServer.withServer(tulips, configuration: { $0.refusesUnmatched = true }) {
            server = $0
            return try ask($0, "tulip").said
        }
        XCTAssertEqual(said, "a tulip")
        XCTAssertTrue(isGone(server))
        let status = try await MockServer.withServer(tulips) {
            server = $0
            await Task.yield()
            return try ask($0, "tulip").status
        }
        XCTAssertEqual(status, 200)
        XCTAssertTrue(isGone(server))
    }

    func test_findings_areThrown() async throws {
        var server: MockServer?
        XCTAssertThrowsError(
            try MockServer.withServer(tulips) {
                server = $0
                _ = try ask($0, "rose")
            }
        ) { error in
            XCTAssertTrue("\(error)".hasPrefix("Requests that matched no stub: 1\nPOST "), "\(error)")
        }
        XCTAssertTrue(isGone(server))
        do {
            try await MockServer.withServer(tulips) {
                await Task.yield()
                _ = try ask($0, "rose")
            }
            XCTFail("nothing is thrown")
        } catch let findings as Findings {
            XCTAssertEqual(findings.groups.map(\.count), [1, 0, 0, 0])
        }
        try MockServer.withServer(tulips, checks: [.unusedStubs]) { _ = try ask($0, "rose") }
        try MockServer.withServer(tulips, checks: []) { _ = try ask($0, "rose") }
    }

    func test_error_isPassedOn_withoutFindings() async throws {
        var servers: [MockServer] = []
        XCTAssertThrowsError(
            try MockServer.withServer(tulips) { server -> Void in
                servers.append(server)
                _ = try ask(server, "rose")
                throw Trouble()
            }
        ) { XCTAssertTrue($0 is Trouble) }
        do {
            try await MockServer.withServer(tulips) { server -> Void in
                servers.append(server)
                await Task.yield()
                throw Trouble()
            }
            XCTFail("nothing is thrown")
        } catch {
            XCTAssertTrue(error is Trouble)
        }
        XCTAssertEqual(servers.map { isGone($0) }, [true, true])
    }

    func test_badScenario_isThrown() {
        let bad = MockScenario("bad", stubs: [MockStub("s", replies: [])])
        XCTAssertThrowsError(try MockServer.withServer(bad) { _ in XCTFail("it starts") }) {
            XCTAssertTrue($0 is MockServerError)
        }
    }
}
