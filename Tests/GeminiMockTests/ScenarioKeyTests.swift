// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class ScenarioKeyTests: XCTestCase {
    func test_keys_nameAScenario_upToTheSecondColon() {
        for (key, name) in [
            ("scenario:a", "a"), ("scenario:a:", "a"), ("scenario:a:1:2", "a"), ("scenario:a b:x", "a b"),
            ("scenario:", ""), ("scenario::x", ""), ("scenario", nil), ("Scenario:a", nil),
            ("xscenario:a", nil),
            // A letter with an accent of its own doesn't hide the colon in front of it.
            ("scenario:\u{301}", "\u{301}"),
        ] {
            XCTAssertEqual(ScenarioKey.scenario(of: key), name, key)
        }
    }
}
