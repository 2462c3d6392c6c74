// SPDX-License-Identifier: Apache-2.0

/// Where the writes of a body begin, and when they came.
struct WriteTimes {
    /// Offset and time of each write, in order.
    private let starts: [(offset: Int, at: Int)]

    /// Nil where the writes aren't known, or aren't those of the whole body.
    init?(_ answer: RecordedAnswer) {
        guard !answer.writes.isEmpty, answer.body.bytes != nil else { return nil }
        var starts: [(offset: Int, at: Int)] = []
        var offset = 0
        for write in answer.writes {
            guard write.count > 0, write.count <= answer.body.length - offset else { return nil }
            starts.append((offset, write.at))
            offset += write.count
        }
        guard offset == answer.body.length else { return nil }
        self.starts = starts
    }

    /// Those that begin in a part of the body.
    func within(_ range: Range<Int>) -> ArraySlice<(offset: Int, at: Int)> {
        let first = index(of: range.lowerBound)
        var last = first
        while last < starts.count, starts[last].offset < range.upperBound { last += 1 }
        return starts[first..<last]
    }

    /// Of the first write that begins at `offset` or behind it.
    private func index(of offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Times in recordings: milliseconds with as many decimals as the microseconds need. None is before the request was sent.
enum Milliseconds {
    /// - Parameter microseconds: less than 0 is 0.
    static func text(_ microseconds: Int) -> String {
        let size = max(0, microseconds)
        var text = "\(size / 1000)"
        let rest = size % 1000
        if rest > 0 {
            let digits = "\(rest)"
            text += "." + String(repeating: "0", count: 3 - digits.utf8.count) + digits
            while text.hasSuffix("0") { text.removeLast() }
        }
        return text
    }

    /// Microseconds; nil where it isn't in that form.
    static func value(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var (value, decimals) = (0, -1)
        for byte in text {
            switch byte {
            case UInt8(ascii: ".") where decimals < 0: decimals = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if decimals >= 0 { decimals += 1 }
                guard decimals <= 3, value < Int.max / 100_000 else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            default: return nil
            }
        }
        for _ in max(0, decimals)..<3 { value *= 10 }
        return value
    }
}
