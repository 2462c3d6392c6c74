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
        .object(UsageMetadata.members.applied(overrides, to: counted))
    }

    private var counted: [JSON.Member] {
        var plain = self
        plain.overrides = []
        var writer = JSONWriter(.compact)
        plain.write(to: &writer)
        guard let view = try? JSONDocument(parsing: writer.bytes).root else { return [] }
        return view.members.map { JSON.Member($0.name, JSON($0.value)) }
    }
}
