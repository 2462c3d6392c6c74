// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class InteractionUsageOverridesTests: XCTestCase {
    func test_usage_tellsOverrides_byEitherName() {
        var usage = InteractionUsage(input: [ModalityTokenCount(.text, 7)], output: 19, thoughts: 32)
        usage.overrides = [
            JSON.Member("candidatesTokenCount", 100), JSON.Member("total_cached_tokens", 5),
            JSON.Member("output_tokens_by_modality", []), JSON.Member("mood", "good"),
        ]
        let interaction = Interaction(
            id: nil, status: .completed, usage: usage, created: 0, updated: 0, serviceTier: "standard",
            steps: [], actor: .model("m"))
        let text = makeText(interaction.bytes)
        XCTAssertTrue(
            text.contains(
                """
                "usage":{"total_tokens":139,"total_input_tokens":7,\
                "input_tokens_by_modality":[{"modality":"text","tokens":7}],"total_cached_tokens":5,\
                "total_output_tokens":100,"output_tokens_by_modality":[],"total_tool_use_tokens":0,\
                "total_thought_tokens":32,"mood":"good"},
                """), text)
    }
}
