// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class NearMissTests: XCTestCase {
    func test_theNearestIsFirst_otherMethodsLast_withTheirDifferences() throws {
        let set = try makeSet(
            """
            name: s
            stubs:
              - {name: other method, when: {endpoint: countTokens}, replies: [{error: internal}]}
              - name: far
                when: {endpoint: generateContent, model: x, lastText: Goodbye, body: {a: 1}}
                replies: [{text: a}]
              - name: near
                when: {endpoint: generateContent, model: gemini-*, body: {a: 1, b: {c: 2}}}
                replies: [{text: a}]
            """)
        let player = ScenarioPlayer(set)
        let misses = player.nearMisses(of: try makeSubject(body: #"{"a": 2, "b": {}}"#, lastText: "Hello"))
        XCTAssertEqual(misses.map(\.stub.name), ["near", "far", "other method"])
        let near = try XCTUnwrap(misses.first)
        XCTAssertEqual(
            near.description,
            """
            “near” (s.yaml:7)
              ✓ endpoint
              ✓ model
              ✗ body: expected the number 1 at /a, got the number 2
                /a: expected the number 1, got the number 2
                /b/c: expected the number 2, got nothing
            """)
        XCTAssertEqual(
            near.line, "“near” (s.yaml:7): ✗ body: expected the number 1 at /a, got the number 2")
        XCTAssertEqual(
            near.differences.map(\.description),
            ["/a: expected the number 1, got the number 2", "/b/c: expected the number 2, got nothing"])
        XCTAssertEqual(misses.map(\.differences.count), [2, 1, 0])
        XCTAssertEqual(near.checks.map(\.differences.count), [0, 0, 2])
    }
}
