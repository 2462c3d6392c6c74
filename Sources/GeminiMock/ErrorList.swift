// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// The catalogue of refusals, for people.
public enum ErrorList {
    /// One line each: name, HTTP status, first line of the message.
    public static var lines: [String] {
        let entries = ErrorCatalog.entries
        let width = entries.map(\.name.count).max() ?? 0
        return entries.map { entry in
            let answer = entry.answer()
            let name = entry.name + String(repeating: " ", count: width - entry.name.count)
            return "\(name)  \(answer.http)  \(firstLine(answer.message))"
        }
    }

    /// Where it was observed, and its whole body; nil where none is called `name`.
    public static func text(of name: String) -> String? {
        ErrorCatalog.entry(named: name).map { entry in
            let answer = entry.answer()
            return "HTTP \(answer.http), \(entry.evidence)\n\n\(String(decoding: answer.body, as: UTF8.self))"
        }
    }

    private static func firstLine(_ message: String) -> String {
        let line = message.prefix { $0 != "\n" }
        return line.count > 100 ? "\(line.prefix(100))…" : String(line)
    }
}
