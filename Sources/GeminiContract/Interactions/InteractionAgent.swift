// SPDX-License-Identifier: Apache-2.0

/// One of the agents, with its rules (INTERACTIONS 2 and 5).
public struct InteractionAgent: Sendable, Equatable {
    private enum Family {
        case deepResearch, antigravity
    }

    public let name: String
    private let family: Family

    /// Those of the clients' own list. Agents of one's own are made by a neighbour that isn't imitated.
    private static let known: [String: Family] = [
        "deep-research-pro-preview-12-2025": .deepResearch,
        "deep-research-preview-04-2026": .deepResearch,
        "deep-research-max-preview-04-2026": .deepResearch,
        "antigravity-preview-05-2026": .antigravity,
        "antigravity-preview-09-2026": .antigravity,
    ]

    public init?(_ name: String) {
        guard let family = InteractionAgent.known[name] else { return nil }
        self.name = name
        self.family = family
    }

    /// - Throws: the literals that were seen.
    func check(isBackground: Bool, isStored: Bool, hasInstruction: Bool) throws(APIError) {
        switch family {
        case .deepResearch:
            guard isBackground else { throw .agentNeedsBackground }
            guard !hasInstruction else {
                throw .agentTakesNo("system_instruction", family: "deep-research")
            }
        case .antigravity:
            // The build of September takes background.
            let takesBackground = !name.contains("-05-")
            guard isStored, takesBackground || !isBackground else { throw .agentTakesNoBackground }
        }
    }
}
