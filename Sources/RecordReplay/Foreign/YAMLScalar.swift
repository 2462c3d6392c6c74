// SPDX-License-Identifier: Apache-2.0

/// What PyYAML, and so vcrpy, reads in a scalar without quotes (YAML 1.1, the patterns of PyYAML 6's `resolver.py`), as JSON's
/// token in Python's spelling. What is a date to it is a text here, since JSON has none.
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
        var rest = Array(text.utf8)[...]
        let hasSign = rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+")
        let sign = rest.first == UInt8(ascii: "-") ? "-" : ""
        if hasSign { rest.removeFirst() }
        let word = String(decoding: rest, as: UTF8.self).lowercased()
        if word == ".inf" || word == ".nan" { return .foreignNumber }
        guard let first = rest.first else { return .text }
        if first == UInt8(ascii: ".") {
            guard !hasSign, let second = rest.dropFirst().first, isDigit(second) else { return .text }
            return fraction(sign, [0x30], rest.dropFirst())
        }
        guard isDigit(first) else { return .text }
        let whole = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
        let behind = rest.dropFirst(whole.count)
        guard let next = behind.first else { return integer(sign, whole) }
        switch next {
        case UInt8(ascii: "."): return fraction(sign, whole, behind.dropFirst())
        case UInt8(ascii: "x"), UInt8(ascii: "b"):
            let digits = behind.dropFirst()
            return whole.elementsEqual([0x30]) && !digits.isEmpty
                && digits.allSatisfy { next == UInt8(ascii: "x") ? isHex($0) : isBinary($0) }
                ? .foreignNumber : .text
        case UInt8(ascii: ":"): return isOfBase60(first, behind) ? .foreignNumber : .text
        default: return .text
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20 || byte == UInt8(ascii: "_")
    }

    private static func isBinary(_ byte: UInt8) -> Bool {
        0x30...0x31 ~= byte || byte == UInt8(ascii: "_")
    }

    private static func integer(_ sign: String, _ whole: ArraySlice<UInt8>) -> Token {
        let digits = whole.filter(isDigit)
        if digits == [0x30], whole.count == 1 { return .literal("0") }
        guard whole.first == 0x30 else {
            return .literal(sign + String(decoding: digits, as: UTF8.self))
        }
        // Octal, unless there is an 8 or a 9 in it.
        return digits.allSatisfy { $0 < 0x38 } ? .foreignNumber : .text
    }

    /// `12:30`, and with a fraction.
    private static func isOfBase60(_ first: UInt8, _ behind: ArraySlice<UInt8>) -> Bool {
        let dot = behind.firstIndex(of: UInt8(ascii: "."))
        let isFraction =
            dot.map { behind[$0...].dropFirst().allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") } }
            ?? true
        guard isFraction, first != 0x30 || dot != nil else { return false }
        let parts = behind[..<(dot ?? behind.endIndex)].split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false
        ).dropFirst()
        return parts.allSatisfy { part in
            (1...2).contains(part.count) && part.allSatisfy(isDigit)
                && (part.count == 1 || part.first ?? 0 < 0x36)
        }
    }

    /// An exponent must have a sign.
    private static func fraction(
        _ sign: String, _ whole: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>
    ) -> Token {
        let decimals = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
        let digits = decimals.filter(isDigit)
        var number = sign + String(decoding: whole.filter(isDigit), as: UTF8.self) + "."
        number += digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
        let exponent = rest.dropFirst(decimals.count)
        if let letter = exponent.first {
            let power = exponent.dropFirst(2)
            guard letter | 0x20 == UInt8(ascii: "e"), let plus = exponent.dropFirst().first,
                plus == UInt8(ascii: "+") || plus == UInt8(ascii: "-"), !power.isEmpty,
                power.allSatisfy(isDigit)
            else { return .text }
            number += String(decoding: exponent, as: UTF8.self)
        }
        guard let value = Double(number), value.isFinite else { return .foreignNumber }
        return .literal(spelled(value))
    }

    /// As Python's `repr` does: the fewest digits that tell it, an exponent from 1e16 on. Swift finds the same digits, but
    /// writes the exponent from 2^53 on.
    private static func spelled(_ value: Double) -> String {
        let text = "\(value)"
        guard value.magnitude >= 0x1p53, value.magnitude < 1e16, let mark = text.firstIndex(of: "e"),
            let exponent = Int(text[mark...].dropFirst(2))
        else { return text }
        let sign = value < 0 ? "-" : ""
        let digits = text[..<mark].filter { $0 != "." && $0 != "-" }
        return sign + digits + String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + ".0"
    }
}
