// SPDX-License-Identifier: Apache-2.0

/// Writes U+2028, U+2029 and U+0085 of JSON texts as they are. The service escapes them, JSON needn't: who takes them for the
/// end of a line cuts the text in two (https://github.com/BerriAI/litellm/issues/30602).
struct RawSeparatorsFault: Fault {
    private static let separators: [(escaped: [UInt8], raw: [UInt8])] = [
        (Array("\\u2028".utf8), Array("\u{2028}".utf8)), (Array("\\u2029".utf8), Array("\u{2029}".utf8)),
        (Array("\\u0085".utf8), Array("\u{0085}".utf8)),
    ]

    func apply(to plan: inout WirePlan) {
        plan.plan.changeTexts { text, _ in text = RawSeparatorsFault.unescaped(text) }
    }

    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        var raw: [UInt8] = []
        raw.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            guard text[at] == UInt8(ascii: "\\") else {
                raw.append(text[at])
                at += 1
                continue
            }
            if let found = separators.first(where: { text[at...].starts(with: $0.escaped) }) {
                raw += found.raw
                at += found.escaped.count
            } else {
                // What is escaped is no escape itself.
                raw += text[at...].prefix(2)
                at += 2
            }
        }
        return raw
    }
}
