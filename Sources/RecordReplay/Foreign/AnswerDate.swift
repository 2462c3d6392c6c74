// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// When an answer was made, by its `Date` (RFC 9110 5.6.7), for files that don't tell it otherwise.
enum AnswerDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// RFC 3339; empty where there is none.
    static func made(_ fields: [HTTPFields.Field]) -> String {
        guard let value = fields.first(where: { $0.name.lowercased() == "date" })?.value else { return "" }
        // Sun, 06 Nov 1994 08:49:37 GMT
        let words = value.utf8.split(separator: 0x20).map { String(Substring($0)) }
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: words[2]),
            isNumber(words[1], 2), isNumber(words[3], 4), words[4].utf8.count == 8,
            words[4].utf8.allSatisfy({ 0x30...0x3A ~= $0 })
        else { return "" }
        return "\(words[3])-\(month < 9 ? "0" : "")\(month + 1)-\(words[1])T\(words[4])Z"
    }

    private static func isNumber(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
}
