// SPDX-License-Identifier: Apache-2.0

/// Overwrites parts of a body so that it stays what it is: JSON stays JSON, events end where they did, and every length is what
/// it was.
enum StringMask {
    /// - Parameters:
    ///   - ranges: what is to be overwritten, in any order.
    ///   - isJSON: whether the body is JSON, or a stream of it: then what is between strings stays, but for digits.
    static func apply(_ ranges: [Range<Int>], to bytes: inout [UInt8], isJSON: Bool) {
        guard !ranges.isEmpty else { return }
        let ranges = merged(ranges)
        guard isJSON else {
            for range in ranges { for at in range where bytes[at] >= 0x20 { bytes[at] = UInt8(ascii: "*") } }
            return
        }
        var next = 0
        var (at, isInString, isFirstDigit) = (0, false, true)
        while at < bytes.count, next < ranges.count {
            let length = isInString ? unitLength(bytes, at) : 1
            let byte = bytes[at]
            if byte == UInt8(ascii: "\""), length == 1 {
                isInString.toggle()
            } else if byte == 0x0A {
                isInString = false
            } else if ranges[next].lowerBound < at + length, ranges[next].upperBound > at {
                if isInString {
                    for index in at..<at + length { bytes[index] = UInt8(ascii: "*") }
                } else if byte &- UInt8(ascii: "0") < 10 {
                    bytes[at] = isFirstDigit ? UInt8(ascii: "1") : UInt8(ascii: "0")
                }
            }
            isFirstDigit = isInString || byte &- UInt8(ascii: "0") >= 10
            at += length
            while next < ranges.count, ranges[next].upperBound <= at { next += 1 }
        }
    }

    /// Digits that say nothing, and are as many.
    static func overwriteDigits(_ ranges: [Range<Int>], in bytes: inout [UInt8]) {
        for range in ranges {
            for at in range { bytes[at] = at == range.lowerBound ? UInt8(ascii: "1") : UInt8(ascii: "0") }
        }
    }

    /// Of an escape and of a character all its bytes, of a pair of escapes both.
    private static func unitLength(_ bytes: [UInt8], _ at: Int) -> Int {
        let length: Int
        switch bytes[at] {
        case UInt8(ascii: "\\"): length = escapeLength(bytes, at)
        case 0xF0...: length = 4
        case 0xE0...: length = 3
        case 0xC0...: length = 2
        default: length = 1
        }
        return min(length, bytes.count - at)
    }

    private static func escapeLength(_ bytes: [UInt8], _ at: Int) -> Int {
        guard at + 5 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else { return 2 }
        let isFirstOfPair =
            bytes[at + 2] | 0x20 == UInt8(ascii: "d") && "89abAB".utf8.contains(bytes[at + 3])
        return isFirstOfPair ? 12 : 6
    }

    /// In order, and not touching.
    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
