// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What clients sent, as text for the log: no credentials, and nothing that a terminal would act upon.
enum LogText {
    /// How much of what a client sent is worth a line.
    private static let maximumLength = 2000

    /// The request line.
    static func line(_ head: RequestHead) -> String {
        plain("\(head.method) \(Redactor(of: head).target(head.target))")
    }

    /// Any text without credentials, cut where it is too long.
    static func plain(_ text: String) -> String {
        // More than is kept is looked at: a credential that is cut in half isn't known as one any more.
        let near = text.unicodeScalars.prefix(2 * maximumLength)
        let isCut = near.endIndex < text.unicodeScalars.endIndex
        let text = Redactor().text(String(near))
        let kept = text.unicodeScalars.prefix(maximumLength)
        var plain = kept.reduce(into: "") { plain, scalar in
            plain.unicodeScalars.append(scalar == "\n" ? " " : scalar.isActedUpon ? "\u{FFFD}" : scalar)
        }
        if isCut || kept.endIndex < text.unicodeScalars.endIndex { plain += "…" }
        return plain
    }
}
