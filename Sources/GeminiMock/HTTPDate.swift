// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The date form of HTTP fields: `Wed, 19 Aug 2026 14:34:12 GMT` (RFC 9110, 5.6.7).
enum HTTPDate {
    /// The second that was asked for last, and its text: every answer has a date, and most share it.
    private static let latest = Monitor((second: Int64.min, text: ""))

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Parameter seconds: since 1970-01-01T00:00:00Z, not before it.
    static func text(_ seconds: Int64) -> String {
        latest.withLock { latest in
            if latest.second != seconds { latest = (seconds, format(seconds)) }
            return latest.text
        }
    }

    private static func format(_ seconds: Int64) -> String {
        let (day, second) = max(0, seconds).quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: day)
        var text = days[Int(day % 7)]
        text += ", "
        append(date.day, " ", to: &text)
        text += months[Int(date.month) - 1]
        text += " "
        append(date.year, " ", to: &text)
        append(second / 3600, ":", to: &text)
        append(second / 60 % 60, ":", to: &text)
        append(second % 60, " GMT", to: &text)
        return text
    }

    /// At least two digits, and what follows them.
    private static func append(_ value: Int64, _ end: String, to text: inout String) {
        if value < 10 { text += "0" }
        text += value.description
        text += end
    }
}
