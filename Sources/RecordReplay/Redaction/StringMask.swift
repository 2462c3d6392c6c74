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
            let length = isInString ? escapeLength(bytes, at) : 1
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

    /// Of an escape all its bytes; 1 of any other.
    private static func escapeLength(_ bytes: [UInt8], _ at: Int) -> Int {
        guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count else { return 1 }
        return min(bytes[at + 1] == UInt8(ascii: "u") ? 6 : 2, bytes.count - at)
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
