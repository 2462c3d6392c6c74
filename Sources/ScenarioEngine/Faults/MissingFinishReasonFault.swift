// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Leaves out what says that an answer is complete: `finishReason`, and in streams of the Interactions API the event
/// `interaction.completed` (PEERS SSE-17, INT-07).
struct MissingFinishReasonFault: Fault {
    private static let key = Array("\"finishReason\":".utf8)

    func apply(to plan: inout WirePlan) {
        if plan.plan.isOfInteractions {
            plan.plan.actions.removeAll {
                if case .send(let bytes) = $0 {
                    EventLines(bytes).name == "interaction.completed"
                } else {
                    false
                }
            }
        } else {
            plan.plan.changeTexts { text, _ in text = MissingFinishReasonFault.without(text) }
        }
    }

    /// The same text to the byte, but for the members of that name that are texts, each with one comma.
    private static func without(_ text: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            // Inside of a string its quote would have a backslash.
            guard text[at] == key[0], text[at...].starts(with: key), kept.last != UInt8(ascii: "\\"),
                let end = endOfString(in: text, from: at + key.count)
            else {
                kept.append(text[at])
                at += 1
                continue
            }
            at = end
            let before = kept.lastIndex { !isBlank($0) }
            if let before, kept[before] == UInt8(ascii: ",") {
                kept.removeSubrange(before...)
            } else {
                while at < text.count, isBlank(text[at]) || text[at] == UInt8(ascii: ",") { at += 1 }
            }
        }
        return kept
    }

    /// Behind a string that begins there, after blanks; nil where something else does.
    private static func endOfString(in text: [UInt8], from start: Int) -> Int? {
        guard let open = text[start...].firstIndex(where: { !isBlank($0) }), text[open] == UInt8(ascii: "\""),
            let close = text[(open + 1)...].firstIndex(of: UInt8(ascii: "\""))
        else { return nil }
        return close + 1
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D }
}
