// SPDX-License-Identifier: Apache-2.0

/// Whether a run of digits, signs, dots and exponents is a number.
enum JSONNumber {
    enum Verdict: Equatable {
        case good, octalOrHex, unreadable, outOfRange
    }

    /// Judges `digits` as the real front end does: a leading zero is octal, what C's `strtod` can't read is
    /// unreadable, what overflows a double is out of range (CORE 6.2). `strictly` follows RFC 8259 instead,
    /// which differs for `1.`, `-.5` and `01.5`.
    ///
    /// One difference is meant: `strtod` also reads `0x1.8` and `0x1e5`, which open-source protobuf therefore
    /// takes.
    static func check(_ digits: UnsafeBufferPointer<UInt8>, strictly: Bool) -> Verdict {
        let isNegative = digits.first == UInt8(ascii: "-")
        let body = isNegative ? UnsafeBufferPointer(rebasing: digits.dropFirst()) : digits
        let isFloating = body.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
        // `0x10` is told to be hex; with a dot or an exponent in it, it goes to the reader of doubles.
        if !isFloating, body.count > 1, body[0] == UInt8(ascii: "0") { return .octalOrHex }
        guard let parts = parts(body, strictly: strictly) else { return .unreadable }
        // Reading the value costs more than all else here, so only what might be too large is read.
        return parts.whole < 200 && parts.exponent < 3 ? .good : range(digits)
    }

    private static func range(_ digits: UnsafeBufferPointer<UInt8>) -> Verdict {
        guard let value = Double(String(decoding: digits, as: UTF8.self)) else { return .unreadable }
        return value.isFinite ? .good : .outOfRange
    }

    /// digits, then maybe a dot and digits, then maybe an exponent.
    ///
    /// - Returns: how many digits stand before the dot and in the exponent; nil where this isn't a number.
    private static func parts(
        _ body: UnsafeBufferPointer<UInt8>, strictly: Bool
    ) -> (whole: Int, exponent: Int)? {
        var at = 0
        func skipDigits() -> Int {
            let start = at
            while at < body.count, body[at] &- UInt8(ascii: "0") < 10 { at += 1 }
            return at - start
        }
        let whole = skipDigits()
        if strictly, whole == 0 || whole > 1 && body[0] == UInt8(ascii: "0") { return nil }
        var fraction = 0
        if at < body.count, body[at] == UInt8(ascii: ".") {
            at += 1
            fraction = skipDigits()
            if strictly, fraction == 0 { return nil }
        }
        guard whole + fraction > 0 else { return nil }
        var exponent = 0
        if at < body.count, body[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < body.count, body[at] == UInt8(ascii: "+") || body[at] == UInt8(ascii: "-") { at += 1 }
            exponent = skipDigits()
            guard exponent > 0 else { return nil }
        }
        return at == body.count ? (whole, exponent) : nil
    }
}
