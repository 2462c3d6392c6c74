// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a scalar without quotes is.
///
/// JSON's words and JSON's numbers, and nothing more: `true`, `false`, `null` (also `~` and nothing at all), `12`, `-1.5`,
/// `1e3`. What YAML 1.1 makes more of is a text: `no`, `yes`, `on`, `off`, `True`, `012`, `0x1F`, `1_000`, `12:30`,
/// `2026-01-01`, `.5`, `+1`. So no text turns into something else by surprise, and a number that is none is told where
/// a number is expected.
enum PlainScalar {
    /// - Returns: nil where it is a number that doesn't fit into 64 bits or a double.
    static func kind(of text: String) -> LocatedJSON.Kind? {
        switch text {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        switch form(of: text) {
        case .text: return .string(text)
        case .whole: return Int(text).map { .int($0) }
        case .real:
            guard let value = Double(text), value.isFinite else { return nil }
            return Int(exactly: value).map { .int($0) } ?? .double(value)
        }
    }

    private enum Form { case text, whole, real }

    /// RFC 8259's numbers: sign, digits without leading zeros, a fraction, an exponent.
    private static func form(of text: String) -> Form {
        var rest = Array(text.utf8)[...]
        func skipDigits() -> Int {
            let before = rest.count
            rest = rest.drop { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            return before - rest.count
        }
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = skipDigits()
        guard whole == 1 || whole > 1 && !startsWithZero else { return .text }
        guard !rest.isEmpty else { return .whole }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard skipDigits() > 0 else { return .text }
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard skipDigits() > 0 else { return .text }
        }
        return rest.isEmpty ? .real : .text
    }
}
