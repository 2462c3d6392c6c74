// SPDX-License-Identifier: Apache-2.0

import XCTest

/// Asserts that a stub has matched each request up to now, refused or not. The failure tells what came, the nearest stub with
/// ✓ and ✗ for each of its conditions, and a stub to paste.
public func XCTAssertNoUnmatchedRequests(
    _ server: MockServer, _ message: @autoclosure () -> String = "", file: StaticString = #filePath,
    line: UInt = #line
) {
    assertNone(.unmatchedRequests, server, message, file, line)
}

/// Asserts that requests have used all stubs with `required: true`.
public func XCTAssertAllStubsUsed(
    _ server: MockServer, _ message: @autoclosure () -> String = "", file: StaticString = #filePath,
    line: UInt = #line
) {
    assertNone(.unusedStubs, server, message, file, line)
}

/// Asserts that all faults of the scenarios have struck, those with `times` as often.
public func XCTAssertAllFaultsSpent(
    _ server: MockServer, _ message: @autoclosure () -> String = "", file: StaticString = #filePath,
    line: UInt = #line
) {
    assertNone(.unspentFaults, server, message, file, line)
}

private func assertNone(
    _ kind: Findings.Kind, _ server: MockServer, _ message: () -> String, _ file: StaticString, _ line: UInt
) {
    let group = server.findings(kind)
    if group.count > 0 { fail(group.description, message(), file, line) }
}

/// - Parameter message: the test's own words; behind what went wrong, as XCTest does it, but before how.
func fail(_ text: String, _ message: String, _ file: StaticString, _ line: UInt) {
    guard !message.isEmpty else { return XCTFail(text, file: file, line: line) }
    let end = text.firstIndex(of: "\n") ?? text.endIndex
    XCTFail("\(text[..<end]) - \(message)\(text[end...])", file: file, line: line)
}
