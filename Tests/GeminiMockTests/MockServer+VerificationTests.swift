// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// What a test asks about the requests that have come; each was sent over a socket.
final class MockServerVerificationTests: ScenarioTestCase {
    private func said(
        _ text: String, _ count: ClosedRange<Int> = 1...Int.max
    ) throws -> Verification.Expectation {
        try Verification.Expectation(MockPattern(lastText: .equals(text)), count: count)
    }

    private func server(_ texts: String...) throws -> MockServer {
        let server = try serve()
        for text in texts { _ = try ask(server, text) }
        return server
    }

    // MARK: Counts

    func test_counts_areCompared_withLeastAndMost() throws {
        let server = try server("Hi", "Ho", "Hi")
        for (count, passes) in [
            (1...Int.max, true), (2...2, true), (3...Int.max, false), (0...1, false), (0...0, false),
            (0...2, true),
        ] {
            let result = server.verify(Verification([try said("Hi", count)]))
            XCTAssertEqual(result.passed, passes, "\(count): \(result.message)")
            XCTAssertEqual(result.outcomes.map(\.count), [2])
            XCTAssertEqual(result.outcomes.map(\.entries), [[1, 3]])
        }
    }

    /// No false green: what isn't in the journal any more may have been one too many.
    func test_anUpperBound_isNotKept_whereRequestsWereForgotten() throws {
        for kept in [0, 2] {
            let server = try serve { $0.journalLimits.entries = kept }
            for _ in 0..<5 { _ = try ask(server, "Hi") }
            let result = server.verify(Verification([try said("Hi", 0...2)]))
            XCTAssertFalse(result.passed)
            XCTAssertTrue(result.message.hasSuffix("there may have been more."), result.message)
            XCTAssertEqual(server.verify(Verification([try said("Hi")])).passed, kept > 0)
        }
    }

    func test_anUpperBound_isKept_whereNothingBehindTheBeginningIsForgotten() throws {
        let server = try serve { $0.journalLimits.entries = 2 }
        for _ in 0..<5 { _ = try ask(server, "Hi") }
        XCTAssertTrue(server.verify(Verification([try said("Hi", 2...2)], after: 3)).passed)
        XCTAssertFalse(server.verify(Verification([try said("Hi", 2...2)], after: 2)).passed)
        server.resetJournal()
        _ = try ask(server, "Hi")
        XCTAssertTrue(server.verify(Verification([try said("Hi", 1...1)])).passed)
    }

    func test_tooFew_areToldWithTheNearest() throws {
        let server = try server("Hello", "Hell", "Goodbye")
        _ = try get(server, "models")
        let result = server.verify(Verification([try said("Hullo")]))
        XCTAssertFalse(result.passed)
        XCTAssertEqual(
            result.message,
            """
            Expected at least 1 request that fits {"lastText": {"equals": "Hullo"}}; none came. The nearest other is \
            entry 1, POST /v1beta/models/gemini-2.5-flash:generateContent
              ✗ lastText: expected the text “Hullo”, got “Hello”
            """)
        XCTAssertEqual(result.outcomes[0].nearest.map(\.entry.id), [1, 2, 4])
    }

    func test_nearest_isToldShortly_howeverLongItsTargetIs() throws {
        let server = try serve()
        _ = try get(server, "models?pageToken=" + String(repeating: "x", count: 5000))
        let result = server.verify(Verification([try said("Hi")]))
        XCTAssertTrue(result.message.contains("entry 1, GET /v1beta/models?pageToken=xxx"), result.message)
        XCTAssertLessThan(result.message.utf8.count, 1000)
        XCTAssertEqual(result.outcomes[0].nearest.map(\.entry.request.target.utf8.count), [5025])
    }

    func test_tooMany_areToldWithTheirIDs() throws {
        let result = try server("Hi", "Hi").verify(Verification([try said("Hi", 0...0)]))
        XCTAssertEqual(
            result.message,
            #"Expected no request that fits {"lastText": {"equals": "Hi"}}; 2 came: entries 1, 2."#)
    }

    func test_eachExpectation_isToldByItsNumber() throws {
        let result = try server("a").verify(Verification([try said("a"), try said("b", 1...2)]))
        XCTAssertEqual(result.outcomes.map(\.passed), [true, false])
        XCTAssertTrue(
            result.message.hasPrefix(
                #"2. Expected 1 to 2 requests that fit {"lastText": {"equals": "b"}}; none"#),
            result.message)
    }

    func test_whatIsNoneOfTheAPIs_orNeverCameWhole_doesNotCount() throws {
        let server = try serve()
        _ = try get(server, "nothing")
        do {
            let client = try XCTUnwrap(RawClient(port: server.port))
            client.send(
                "POST /v1beta/models/x:generateContent HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
            XCTAssertTrue(eventually { server.liveObjects.exchanges == 1 })
        }
        XCTAssertTrue(eventually { server.journal.entries.count == 2 })
        XCTAssertTrue(server.verify(Verification([try .init(MockPattern(), count: 0...0)])).passed)
    }

    // MARK: Order

    func test_theGivenOrder_needsOneBehindTheOther() throws {
        let server = try server("a", "b", "a", "c")
        for (texts, passes) in [
            (["a", "b", "c"], true), (["b", "a"], true), (["a", "a", "c"], true), (["c", "a"], false),
            (["a", "a", "a"], false), (["b", "b"], false), ([], true),
        ] {
            let expectations = try texts.map { try said($0) }
            let result = server.verify(Verification(expectations, order: .given))
            XCTAssertEqual(result.passed, passes, "\(texts): \(result.message)")
        }
        let result = server.verify(Verification([try said("c"), try said("a")], order: .given))
        XCTAssertEqual(
            result.message,
            """
            All came, but not in the given order: number 2 is missing, behind entry 4: at least 1 request that fits \
            {"lastText": {"equals": "a"}}
            """)
    }

    func test_theGivenOrder_needsTheLeastOfEach_andNoneWhereThatIsNone() throws {
        let server = try server("a", "a", "b", "a")
        XCTAssertTrue(
            server.verify(Verification([try said("a", 2...9), try said("b")], order: .given)).passed)
        XCTAssertFalse(
            server.verify(Verification([try said("a", 3...9), try said("b")], order: .given)).passed)
        XCTAssertTrue(
            server.verify(
                Verification([try said("b"), try said("x", 0...0), try said("a")], order: .given)
            ).passed)
    }

    /// What fits two of them isn't both.
    func test_oneRequest_isOneStep() throws {
        let any = try Verification.Expectation(MockPattern())
        XCTAssertFalse(try server("a").verify(Verification([any, any], order: .given)).passed)
        XCTAssertTrue(try server("a", "b").verify(Verification([any, any], order: .given)).passed)
    }

    // MARK: Which requests

    func test_earlierEntries_andOtherTenants_areLeftOut() throws {
        let server = try server("Hi")
        key = "another-key"
        _ = try ask(server, "Hi")
        _ = try post(
            server, "/t/worker-1/v1beta/models/\(Self.flash):generateContent",
            #"{"contents": [{"parts": [{"text": "Hi"}]}]}"#)
        let label = try XCTUnwrap(server.journal.entry(2)?.tenant)
        func ids(_ tenant: String?, after: Int = 0) throws -> [Int] {
            let verification = Verification([try said("Hi")], tenant: tenant, after: after)
            return server.verify(verification).outcomes[0].entries
        }
        XCTAssertEqual(try ids(nil), [1, 2, 3])
        XCTAssertEqual(try ids(nil, after: 1), [2, 3])
        XCTAssertEqual(try ids("another-key"), [2])
        XCTAssertEqual(try ids(label), [2])
        XCTAssertEqual(try ids("worker-1"), [3])
        XCTAssertEqual(try ids("nobody"), [])
    }

    func test_received_givesWhatFits_andNearest_whatDoesNot() throws {
        let server = try server("Hi", "Ho", "Hi")
        let pattern = MockPattern(lastText: .equals("Hi"))
        XCTAssertEqual(try server.received(pattern).map(\.id), [1, 3])
        XCTAssertEqual(try server.received(pattern, tenant: "nobody").map(\.id), [])
        XCTAssertEqual(try server.nearest(to: pattern).map(\.entry.id), [2])
        XCTAssertThrowsError(try server.received(MockPattern(call: 1...2)))
    }

    /// The key that somebody asks for is a key, too.
    func test_credentials_areInNoMessage() throws {
        let key = "AIzaSyA-made-up-key-of-thirty-nine-chars"
        let pattern = MockPattern(header: ["x-goog-api-key": .equals(key)])
        let result = try server("Hi").verify(Verification([try .init(pattern)]))
        XCTAssertFalse(result.passed)
        XCTAssertFalse(result.message.contains(key), result.message)
    }

    // MARK: Waiting

    func test_waiting_endsWhenItHasCome() async throws {
        let server = try server()
        let verification = Verification([try said("Hi")])
        async let result = server.verify(verification, within: .seconds(20))
        _ = try ask(server, "Hi")
        let passed = await result.passed
        XCTAssertTrue(passed)
    }

    func test_waiting_endsWhenTooMuchHasCome() async throws {
        let server = try server("Hi", "Hi")
        let start = ContinuousClock.now
        let result = await server.verify(Verification([try said("Hi", 1...1)]), within: .seconds(20))
        XCTAssertFalse(result.passed)
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(10))
    }

    /// More may come as long as there is time.
    func test_waiting_lastsWhereThereIsAMost() async throws {
        let server = try server("Hi")
        let start = ContinuousClock.now
        let result = await server.verify(Verification([try said("Hi", 1...1)]), within: .milliseconds(30))
        XCTAssertTrue(result.passed)
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(30))
    }

    func test_entriesThatAreForgotten_wereCounted() throws {
        let server = try serve { $0.journalLimits.entries = 2 }
        var tally = VerificationTally(Verification([try said("Hi")]), server.journal, server.subjects)
        for _ in 0..<5 {
            _ = try ask(server, "Hi")
            XCTAssertTrue(tally.count())
        }
        XCTAssertEqual(tally.result.outcomes[0].count, 5)
    }
}
