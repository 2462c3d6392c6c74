// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// When a run began: `2026-11-21T14:35:00Z`.
public enum RunDate {
    /// - Parameter nanoseconds: since 1970.
    public static func text(_ nanoseconds: Int64) -> String {
        let (day, second) = (max(0, nanoseconds) / 1_000_000_000).quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: day)
        let parts = [date.month, date.day, second / 3600, second / 60 % 60, second % 60].map { part in
            part < 10 ? "0\(part)" : "\(part)"
        }
        return "\(date.year)-\(parts[0])-\(parts[1])T\(parts[2]):\(parts[3]):\(parts[4])Z"
    }
}
