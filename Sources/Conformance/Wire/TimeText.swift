// SPDX-License-Identifier: Apache-2.0

/// Times as people read them.
enum TimeText {
    /// `12.3 ms`, `1,234 ms` or `2.50 s` would be three forms to compare: it is always milliseconds, with one decimal under 10.
    static func text(_ time: Duration) -> String { "\(number(time)) ms" }

    /// Milliseconds.
    static func number(_ time: Duration) -> String {
        let tenths = Int((milliseconds(time) * 10).rounded())
        return abs(tenths) < 100 && tenths % 10 != 0
            ? "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
            : "\(Int(milliseconds(time).rounded()))"
    }

    static func milliseconds(_ time: Duration) -> Double {
        let (seconds, attoseconds) = time.components
        return Double(seconds) * 1000 + Double(attoseconds) / 1e15
    }
}
