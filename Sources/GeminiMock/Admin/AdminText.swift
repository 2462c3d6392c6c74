// SPDX-License-Identifier: Apache-2.0

/// How values are told in answers of the admin API.
enum AdminText {
    /// In seconds, with as many decimals as are needed: `172800s`, `-1.5s`.
    static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = attoseconds / 1_000_000_000
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        guard nanoseconds != 0 else { return "\(seconds)s" }
        let digits = String(nanoseconds.magnitude)
        var decimals = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(sign)\(seconds.magnitude).\(decimals)s"
    }
}
