// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What an author or a client wrote, inside a message: on one line, not too long, and without credentials.
enum Quoted {
    /// A credential that begins in what is shown is looked at to its end, in scalars: half of one would tell too much.
    private static let longestCredential = 2000

    static func text(_ text: String) -> String {
        "“\(line(text, limit: 60))”"
    }

    /// The beginning of a text, on one line, and nothing in it that a terminal would act upon.
    static func line(_ text: String, limit: Int) -> String {
        let near = text.unicodeScalars.prefix(limit + longestCredential)
        let shown = Redactor().text(String(near))
        let start = shown.unicodeScalars.prefix(limit)
        let isWhole =
            start.endIndex == shown.unicodeScalars.endIndex && near.endIndex == text.unicodeScalars.endIndex
        let visible = TerminalText.line(Substring(start))
        return isWhole ? visible : "\(visible)…"
    }

    /// `a, b or c`.
    static func choice(_ words: [String]) -> String {
        words.count < 2
            ? words.joined() : "\(words.dropLast().joined(separator: ", ")) or \(words[words.count - 1])"
    }
}

extension LocatedJSON {
    /// What was found, for people.
    var description: String { words { Quoted.text($0) } }
}
