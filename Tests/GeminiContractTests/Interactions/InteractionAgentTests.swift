// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class InteractionAgentTests: XCTestCase {
    func test_rules_haveTheirLiterals() throws {
        let deep = "deep-research-preview-04-2026"
        let may = "antigravity-preview-05-2026"
        let september = "antigravity-preview-09-2026"
        let noBackground = "Agent does not support using background=True and requires store=True"
        for (agent, members, expected) in [
            (deep, "", "Agents are required to use background=true"),
            (deep, #", "background": true"#, nil),
            (
                deep, #", "background": true, "store": false"#,
                "store=true is required for background interactions."
            ),
            (
                deep, #", "background": true, "system_instruction": "x""#,
                "'system_instruction' is not supported for the deep-research-* agents."
            ),
            (may, "", nil), (may, #", "background": true"#, noBackground),
            (may, #", "store": false"#, noBackground),
            (september, #", "background": true"#, nil), (september, #", "store": false"#, noBackground),
        ] as [(String, String, String?)] {
            let body = #"{"agent": "\#(agent)", "input": "x"\#(members)}"#
            if let expected {
                XCTAssertEqual(refusal { try InteractionRequest(makeView(body)) }?.message, expected, body)
            } else {
                XCTAssertNoThrow(try InteractionRequest(makeView(body)), body)
            }
        }
    }
}
