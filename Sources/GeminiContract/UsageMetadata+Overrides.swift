// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension UsageMetadata {
    /// The order of what is counted here is recorded; where the others stand is assumed.
    private static let members = MemberOverrides(
        order: [
            "promptTokenCount", "candidatesTokenCount", "totalTokenCount", "cachedContentTokenCount",
            "promptTokensDetails", "cacheTokensDetails", "candidatesTokensDetails", "toolUsePromptTokenCount",
            "toolUsePromptTokensDetails", "thoughtsTokenCount", "serviceTier",
        ],
        total: "totalTokenCount",
        // CORE 4.3; cached tokens are among the prompt's.
        summands: [
            "promptTokenCount", "candidatesTokenCount", "toolUsePromptTokenCount", "thoughtsTokenCount",
        ]
    )

    /// All of it as it is told.
    var overridden: JSON {
        var plain = self
        plain.overrides = []
        return UsageMetadata.members.applied(overrides) { plain.write(to: &$0) }
    }
}
