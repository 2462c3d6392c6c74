// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How durations are written: `500ms`, `3s`, `2m`, `9.5h`, `1d`.
public enum DurationText {
    /// Why a text can't be used.
    public enum Failure: Error, Sendable {
        case isNone
        /// Over 1,000 days.
        case isTooLong
    }

    private static let units: [(String, nanoseconds: Double)] = [
        ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9),
    ]

    public static func duration(_ text: String) throws(Failure) -> Duration {
        guard let (number, unit) = quantity(text),
            let factor = units.first(where: { $0.0 == unit })?.nanoseconds
        else { throw .isNone }
        guard number * factor <= 1000 * 86400e9 else { throw .isTooLong }
        return .nanoseconds(Int64((number * factor).rounded()))
    }

    /// A number and what stands behind it.
    static func quantity(_ text: String) -> (Double, String)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard case .some(let kind) = PlainScalar.kind(of: String(digits)) else { return nil }
        let unit = String(text[digits.endIndex...].drop { $0 == " " })
        return switch kind {
        case .int(let number): (Double(number), unit)
        case .double(let number): (number, unit)
        default: nil
        }
    }
}
