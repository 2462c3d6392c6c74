// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension InteractionUsage {
    /// How generateContent calls what is counted here.
    private static let names = [
        "promptTokenCount": "total_input_tokens", "candidatesTokenCount": "total_output_tokens",
        "totalTokenCount": "total_tokens", "thoughtsTokenCount": "total_thought_tokens",
        "cachedContentTokenCount": "total_cached_tokens",
        "toolUsePromptTokenCount": "total_tool_use_tokens",
    ]

    /// As recorded but for the kinds of what is cached, answered and spent on tools, whose places are assumed.
    private static let members = MemberOverrides(
        order: [
            "total_tokens", "total_input_tokens", "input_tokens_by_modality", "total_cached_tokens",
            "cached_tokens_by_modality", "total_output_tokens", "output_tokens_by_modality",
            "total_tool_use_tokens", "tool_use_tokens_by_modality", "total_thought_tokens",
        ],
        total: "total_tokens",
        // Holds in all recordings.
        summands: [
            "total_input_tokens", "total_output_tokens", "total_tool_use_tokens", "total_thought_tokens",
        ]
    )

    /// All of it as it is told.
    var overridden: JSON {
        let overrides = overrides.map {
            JSON.Member(InteractionUsage.names[$0.name] ?? $0.name, $0.value)
        }
        var plain = self
        plain.overrides = []
        return InteractionUsage.members.applied(overrides) { plain.write(to: &$0) }
    }
}
