// SPDX-License-Identifier: Apache-2.0

import Dispatch
import XCTest

/// Asserts that requests have come that fit a pattern. The failure tells how many came, and of the one that is nearest what
/// fits (✓) and what doesn't (✗).
///
///     XCTAssertReceived(server, MockPattern(endpoint: ["countTokens"]))
///     XCTAssertReceived(server, MockPattern(lastText: .contains("hello")), count: 2)
///
/// - Parameters:
///   - count: how many: `2`, `1...`, `...3`, `1...3`.
///   - tenant: whose: a name, a label, or an API key; nil for everybody's.
/// - Returns: the requests that fit, oldest first, the first 1,000; for what a pattern can't ask.
@discardableResult
public func XCTAssertReceived(
    _ server: MockServer, _ pattern: MockPattern, count: some RequestCount = 1..., tenant: String? = nil,
    _ message: @autoclosure () -> String = "", file: StaticString = #filePath, line: UInt = #line
) -> [JournalEntry] {
    let place = Place(file, line)
    guard let expectation = expectation(pattern, count.requestCounts, place) else { return [] }
    return judge(server, Verification([expectation], tenant: tenant), message(), place)
}

/// Asserts that requests that fit a pattern have come, or come within a time: for clients that go on by themselves. It
/// returns as soon as there are enough; that there are not too many is true of that moment.
///
/// - Parameters:
///   - count: how many: `2`, `1...`, `...3`, `1...3`.
///   - time: how long to wait at most, by real time. With `0` or `...0` as the count it is waited to the end.
///   - tenant: whose: a name, a label, or an API key; nil for everybody's.
/// - Returns: the requests that fit, oldest first, the first 1,000; for what a pattern can't ask.
@discardableResult
public func XCTAssertReceived(
    _ server: MockServer, _ pattern: MockPattern, count: some RequestCount = 1..., within time: Duration,
    tenant: String? = nil, _ message: @autoclosure () -> String = "", file: StaticString = #filePath,
    line: UInt = #line, isolation: isolated (any Actor)? = #isolation
) async -> [JournalEntry] {
    let place = Place(file, line)
    guard let expectation = expectation(pattern, count.requestCounts, place) else { return [] }
    let verification = Verification([expectation], tenant: tenant)
    _ = await server.verify(awaited(verification), within: time)
    return judge(server, verification, message(), place)
}

/// The same where nothing can be awaited: this thread waits.
@discardableResult
public func XCTAssertReceived(
    _ server: MockServer, _ pattern: MockPattern, count: some RequestCount = 1..., within time: Duration,
    tenant: String? = nil, _ message: @autoclosure () -> String = "", file: StaticString = #filePath,
    line: UInt = #line
) -> [JournalEntry] {
    let place = Place(file, line)
    guard let expectation = expectation(pattern, count.requestCounts, place) else { return [] }
    let verification = Verification([expectation], tenant: tenant)
    let awaited = awaited(verification)
    let isOver = DispatchSemaphore(value: 0)
    Task.detached {
        _ = await server.verify(awaited, within: time)
        isOver.signal()
    }
    isOver.wait()
    return judge(server, verification, message(), place)
}

/// Asserts that no request has come that fits a pattern.
public func XCTAssertNotReceived(
    _ server: MockServer, _ pattern: MockPattern, tenant: String? = nil,
    _ message: @autoclosure () -> String = "", file: StaticString = #filePath, line: UInt = #line
) {
    XCTAssertReceived(server, pattern, count: 0, tenant: tenant, message(), file: file, line: line)
}

/// Asserts that there are requests, one behind the other, that fit the patterns one by one; others may be between them.
public func XCTAssertReceivedInOrder(
    _ server: MockServer, _ patterns: [MockPattern], tenant: String? = nil,
    _ message: @autoclosure () -> String = "", file: StaticString = #filePath, line: UInt = #line
) {
    let place = Place(file, line)
    let expectations = patterns.compactMap { expectation($0, 1...Int.max, place) }
    guard expectations.count == patterns.count else { return }
    judge(server, Verification(expectations, order: .given, tenant: tenant), message(), place)
}

// MARK: -

/// Where a failure is told.
private struct Place {
    let file: StaticString
    let line: UInt

    init(_ file: StaticString, _ line: UInt) { (self.file, self.line) = (file, line) }
}

/// - Returns: nil where the pattern is none; the test has failed then.
private func expectation(_ pattern: MockPattern, _ count: ClosedRange<Int>, _ place: Place)
    -> Verification.Expectation?
{
    do {
        return try Verification.Expectation(
            pattern, count: count, file: "\(place.file)", line: Int(place.line))
    } catch {
        fail("\(error)", "", place.file, place.line)
        return nil
    }
}

/// What is waited for: enough requests. Where there should be none there may always come one.
private func awaited(_ verification: Verification) -> Verification {
    var awaited = verification
    awaited.expectations = verification.expectations.map { expectation in
        guard expectation.count.lowerBound > 0 else { return expectation }
        return Verification.Expectation(
            expectation.condition, count: expectation.count.lowerBound...Int.max)
    }
    return awaited
}

@discardableResult
private func judge(_ server: MockServer, _ verification: Verification, _ message: String, _ place: Place)
    -> [JournalEntry]
{
    let result = server.verify(verification)
    if !result.passed {
        let occupancy = server.journal.occupancy
        let isFirst = occupancy.entries == 0 && occupancy.forgotten == 0
        let hint = isFirst ? "\nNothing has come at all: does the client use the server’s baseURL?" : ""
        fail(result.message + hint, message, place.file, place.line)
    }
    return result.outcomes.first?.entries.compactMap { server.journal.entry($0) } ?? []
}
