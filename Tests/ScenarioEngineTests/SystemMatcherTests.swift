// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class SystemMatcherTests: XCTestCase {
    func test_theInstructionIsLookedAt() throws {
        let pattern = RequestPattern(system: .contains("polite"))
        XCTAssertEqual(misses(pattern, try subject(conversation: conversation(system: "Be polite."))), [])
        XCTAssertEqual(
            misses(pattern, try subject(conversation: conversation(system: "Be\nbrief."))),
            ["system: a text with “polite” | “Be\u{FFFD}brief.”"])
        XCTAssertEqual(
            misses(pattern, try subject()), ["system: a text with “polite” | no system instruction"])
    }
}
