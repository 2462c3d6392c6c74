// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class TurnMatcherTests: XCTestCase {
    func test_turnsAreCounted() throws {
        let third = try subject(conversation: conversation(turn: 3))
        XCTAssertEqual(misses(.init(turn: .init(min: 3, max: 3)), third), [])
        XCTAssertEqual(misses(.init(turn: .init(min: 4)), third), ["turn: turn 4 or more | turn 3"])
        XCTAssertEqual(misses(.init(turn: .init(min: 1, max: 2)), third), ["turn: turn 1 to 2 | turn 3"])
        XCTAssertEqual(
            misses(.init(turn: .init(max: 2)), try subject()), ["turn: turn 2 or less | no turn of a user"])
    }

    func test_aNearTurnIsNearer() throws {
        let pattern = RequestPattern(turn: .init(min: 10, max: 10))
        XCTAssertLessThan(
            try distance(pattern, subject(conversation: conversation(turn: 9))),
            try distance(pattern, subject(conversation: conversation(turn: 2))))
    }
}
