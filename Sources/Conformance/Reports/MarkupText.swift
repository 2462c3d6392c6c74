// SPDX-License-Identifier: Apache-2.0

/// Text for HTML and XML. All that a client or the wire brings goes through here: none of it can become markup.
enum MarkupText {
    /// Fit for an element's text and for an attribute in quotation marks. What neither HTML nor XML may have, or what can't be
    /// seen and turns what can be seen around, is written as its number, `\u{1B}`.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n": escaped += "\n"
            case _ where isShown(scalar): escaped.unicodeScalars.append(scalar)
            default: escaped += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return escaped
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: false
        // The last two of each plane are no characters.
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
