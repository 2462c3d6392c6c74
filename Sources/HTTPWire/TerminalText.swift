// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
    /// Whether a terminal acts upon it instead of showing it: control characters, breaks of lines, and what turns the direction
    /// of text round.
    package var isActedUpon: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F: true
        case 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// What others wrote, for a line on a terminal or in a log.
package enum TerminalText {
    /// On one line, and nothing in it that a terminal acts upon.
    package static func line(_ text: some StringProtocol) -> String {
        text.unicodeScalars.reduce(into: "") { line, scalar in
            line.unicodeScalars.append(scalar.isActedUpon ? "\u{FFFD}" : scalar)
        }
    }
}
