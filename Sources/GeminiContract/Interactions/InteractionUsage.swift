// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a turn cost, in tokens (INTERACTIONS 3): the new turn alone, not the conversation before it (recorded).
public struct InteractionUsage: Sendable, Equatable {
    public var input: [ModalityTokenCount]
    public var output: Int
    public var thoughts: Int
    /// What is told instead of the above, and beside it; also by its name in generateContent.
    public var overrides: [JSON.Member] = []

    public init(input: [ModalityTokenCount], output: Int, thoughts: Int) {
        self.input = input
        self.output = output
        self.thoughts = thoughts
    }

    /// Holds in all recordings.
    public var total: Int { input.total + output + thoughts }

    /// Text needs no `output_tokens_by_modality`; nothing is ever cached or spent on tools.
    func write(to writer: inout JSONWriter) {
        guard overrides.isEmpty else { return writer.value(overridden) }
        writeCounted(to: &writer)
    }

    private func writeCounted(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("total_tokens", total)
            writer.member("total_input_tokens", input.total)
            writer.key("input_tokens_by_modality")
            writer.array { writer in
                for count in input {
                    writer.object { writer in
                        writer.member("modality", count.modality.rawValue.lowercased())
                        writer.member("tokens", count.tokenCount)
                    }
                }
            }
            writer.member("total_cached_tokens", 0)
            writer.member("total_output_tokens", output)
            writer.member("total_tool_use_tokens", 0)
            writer.member("total_thought_tokens", thoughts)
        }
    }
}
