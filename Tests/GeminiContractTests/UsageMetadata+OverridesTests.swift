// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class UsageMetadataOverridesTests: XCTestCase {
    func test_usage_tellsOverrides_inTheirPlaces() {
        var usage = UsageMetadata(
            prompt: [ModalityTokenCount(.text, 8)], candidates: 2, thoughts: 24, serviceTier: "standard")
        usage.overrides = [
            JSON.Member("mood", "good"), JSON.Member("cachedContentTokenCount", 4),
            JSON.Member("promptTokenCount", 100), JSON.Member("toolUsePromptTokenCount", 1000),
        ]
        XCTAssertTrue(
            makeText(makeResponse(usage: usage).bytes(.singleLine)).contains(
                #""usageMetadata": {"promptTokenCount": 100,"candidatesTokenCount": 2,"totalTokenCount": 1126,"#
                    + #""cachedContentTokenCount": 4,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 8}],"#
                    + #""toolUsePromptTokenCount": 1000,"thoughtsTokenCount": 24,"serviceTier": "standard","#
                    + #""mood": "good"},"modelVersion""#
            )
        )
    }
}
