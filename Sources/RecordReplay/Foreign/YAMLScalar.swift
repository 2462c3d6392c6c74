// SPDX-License-Identifier: Apache-2.0

/// What PyYAML, and so vcrpy, reads in a scalar without quotes (YAML 1.1), as JSON's token in Python's spelling.
enum YAMLScalar {
    static let nulls: Set = ["", "~", "null", "Null", "NULL"]
    private static let yes: Set = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"]
    private static let no: Set = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"]

    enum Token: Equatable {
        case literal(String)
        case text
        /// A number that JSON doesn't have, such as `0x1F` and `.nan`.
        case foreignNumber
    }

    static func token(_ text: String) -> Token {
        if nulls.contains(text) { return .literal("null") }
        if yes.contains(text) { return .literal("true") }
        if no.contains(text) { return .literal("false") }
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return .text }
        return number(text)
    }

    private static func number(_ text: String) -> Token {
        var rest = Array(text.utf8.filter { $0 != UInt8(ascii: "_") })[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let sign = isNegative ? "-" : ""
        let digits = rest.prefix { 0x30...0x39 ~= $0 }
        let behind = rest.dropFirst(digits.count)
        let word = String(decoding: rest, as: UTF8.self).lowercased()
        if word == ".inf" || word == ".nan" { return .foreignNumber }
        guard let next = behind.first else {
            if digits.isEmpty { return .text }
            if digits.count > 1, digits.first == 0x30 {
                // Octal, unless there is an 8 or a 9 in it.
                return digits.allSatisfy { $0 < 0x38 } ? .foreignNumber : .text
            }
            return .literal((digits == [0x30] ? "" : sign) + String(decoding: digits, as: UTF8.self))
        }
        switch next {
        case UInt8(ascii: "."): return fraction(sign, digits, behind.dropFirst())
        case UInt8(ascii: "x"), UInt8(ascii: "b"):
            return digits == [0x30] && behind.count > 1 && behind.dropFirst().allSatisfy(isHex)
                ? .foreignNumber : .text
        // `12:30` is a number of base 60.
        case UInt8(ascii: ":"):
            return !digits.isEmpty && behind.allSatisfy { 0x30...0x3A ~= $0 || $0 == UInt8(ascii: ".") }
                ? .foreignNumber : .text
        default: return .text
        }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }

    /// An exponent must have a sign.
    private static func fraction(_ sign: String, _ whole: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>)
        -> Token
    {
        let decimals = rest.prefix { 0x30...0x39 ~= $0 }
        guard !whole.isEmpty || !decimals.isEmpty else { return .text }
        var number = sign + String(decoding: whole, as: UTF8.self) + "."
        if whole.isEmpty { number = sign + "0." }
        number += decimals.isEmpty ? "0" : String(decoding: decimals, as: UTF8.self)
        let exponent = rest.dropFirst(decimals.count)
        if let letter = exponent.first {
            let digits = exponent.dropFirst(2)
            guard letter | 0x20 == UInt8(ascii: "e"), let plus = exponent.dropFirst().first,
                plus == UInt8(ascii: "+") || plus == UInt8(ascii: "-"), !digits.isEmpty,
                digits.allSatisfy({ 0x30...0x39 ~= $0 })
            else { return .text }
            number += String(decoding: exponent, as: UTF8.self)
        }
        guard let value = Double(number), value.isFinite else { return .foreignNumber }
        return .literal(spelled(value))
    }

    /// As Python's `repr` does: the fewest digits that tell it, an exponent from 1e16 on. Swift's own words but for those
    /// between 1e16 and 2^54, which it writes out.
    private static func spelled(_ value: Double) -> String {
        let text = "\(value)"
        guard value.magnitude >= 1e16, !text.contains("e") else { return text }
        var digits = Array(text.utf8.drop { $0 == UInt8(ascii: "-") }.prefix { $0 != UInt8(ascii: ".") })
        let exponent = digits.count - 1
        while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
        let fraction = digits.count > 1 ? "." + String(decoding: digits.dropFirst(), as: UTF8.self) : ""
        return (value < 0 ? "-" : "") + String(decoding: digits.prefix(1), as: UTF8.self) + fraction
            + "e+\(exponent)"
    }
}
