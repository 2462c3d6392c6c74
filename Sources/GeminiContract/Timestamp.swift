// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The JSON form of `google.protobuf.Timestamp`: RFC 3339 in UTC, such as `2026-08-19T14:34:14.094797Z`.
public enum Timestamp {
    /// - Parameters:
    ///   - nanoseconds: since 1970-01-01T00:00:00Z, not before it.
    ///   - decimals: digits of the second's fraction, up to 9; what is beyond them is cut off.
    public static func text(_ nanoseconds: Int64, decimals: Int) -> String {
        let (seconds, fraction) = max(0, nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
        let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: day)
        return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
            + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
            + (decimals > 0 ? "." + padded(fraction, 9).prefix(decimals) : "") + "Z"
    }

    private static func padded(_ value: Int64, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
