// SPDX-License-Identifier: Apache-2.0

/// Text for HTML and XML. All that a client or the wire brings goes through here: none of it can become markup.
enum MarkupText {
    /// Fit for an element's text and for an attribute in quotation marks. What neither HTML nor XML may have, or what can't be
    /// seen and turns what can be seen around, is shown as a sign.
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
            default: escaped.unicodeScalars.append(isShown(scalar) ? scalar : sign(scalar))
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

    /// `␀` for NUL and so on, as Unicode has signs for them.
    private static func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value < 0x20 { return Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}" }
        return scalar.value == 0x7F ? "\u{2421}" : "\u{FFFD}"
    }
}
