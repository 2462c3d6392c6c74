// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// A time as RFC 3339 writes it, `2026-08-19T14:34:14.09Z` or with `+02:00`, in nanoseconds since 1970.
    ///
    /// - Returns: nil where it is none, or isn't between 1970 and 2262.
    public static func nanoseconds(_ text: String) -> Int64? {
        var rest = Array(text.utf8)[...]
        guard let year = number(&rest, 4), skip(&rest, "-"), let month = number(&rest, 2), skip(&rest, "-"),
            let day = number(&rest, 2), skip(&rest, "Tt "), let hour = number(&rest, 2), skip(&rest, ":"),
            let minute = number(&rest, 2), skip(&rest, ":"), let second = number(&rest, 2),
            let fraction = fraction(&rest), let offset = offset(&rest), rest.isEmpty,
            (1970...2261).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24,
            minute < 60, second < 61
        else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        return seconds < 0 ? nil : seconds * 1_000_000_000 + fraction
    }

    /// Since 1970. The other way round is `CivilDate`.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func number(_ text: inout ArraySlice<UInt8>, _ digits: Int) -> Int64? {
        let part = text.prefix(digits)
        guard part.count == digits, part.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        text = text.dropFirst(digits)
        return part.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    private static func skip(_ text: inout ArraySlice<UInt8>, _ signs: StaticString) -> Bool {
        let signs = UnsafeBufferPointer(start: signs.utf8Start, count: signs.utf8CodeUnitCount)
        guard let first = text.first, signs.contains(first) else { return false }
        text = text.dropFirst()
        return true
    }

    /// In nanoseconds; what is beyond them is cut off.
    private static func fraction(_ text: inout ArraySlice<UInt8>) -> Int64? {
        guard skip(&text, ".") else { return 0 }
        let digits = text.prefix { 48...57 ~= $0 }
        guard !digits.isEmpty else { return nil }
        text = text.dropFirst(digits.count)
        return (0..<9).reduce(0) { sum, place in
            sum * 10 + (place < digits.count ? Int64(digits[digits.startIndex + place] - 48) : 0)
        }
    }

    /// In seconds.
    private static func offset(_ text: inout ArraySlice<UInt8>) -> Int64? {
        if skip(&text, "Zz") { return 0 }
        guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            return nil
        }
        text = text.dropFirst()
        guard let hour = number(&text, 2), skip(&text, ":"), let minute = number(&text, 2), hour < 24,
            minute < 60
        else { return nil }
        return (hour * 3600 + minute * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}
