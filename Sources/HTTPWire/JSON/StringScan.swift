// SPDX-License-Identifier: Apache-2.0

/// Finds where the plain run of a JSON string ends, words of eight bytes at a time: an inline audio clip is
/// one string of up to 20 MB, and this loop is most of what reading it costs (1.5 ms for 20 MiB).
///
/// The compiler makes vectors of the counted loop over words by itself. With the standard library's vector
/// types the same took 100 ms: what they do between vector and scalar isn't inlined.
enum StringScan {
    private static let blockLength = 256

    /// Offset of the first byte from `start` on that is `quote`, a backslash or not ASCII (or, if asked, a
    /// control character); `text.count` where there is none.
    static func end(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, quote: UInt8, stopAtControls: Bool
    ) -> Int {
        guard let base = UnsafeRawPointer(text.baseAddress) else { return start }
        let stops = Stops(quote: quote, controls: stopAtControls)
        var at = start
        while at + 8 <= text.count {
            let found = stops.bits(base, at)
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
            // Short strings never come here; a long one goes on in blocks.
            while (at - start) & 63 == 0, at + blockLength <= text.count, stops.areMissing(base, at) {
                at += blockLength
            }
        }
        while at < text.count {
            let byte = text[at]
            if byte == quote || byte == UInt8(ascii: "\\") || byte >= 0x80 || stopAtControls && byte < 0x20 {
                break
            }
            at += 1
        }
        return at
    }

    /// Finds the bytes at which a run ends in a word.
    private struct Stops {
        private let quotes: UInt64
        private let backslashes = each(UInt8(ascii: "\\"))
        private let controls: UInt64

        init(quote: UInt8, controls: Bool) {
            quotes = each(quote)
            self.controls = controls ? each(0x20) : 0
        }

        /// The highest bits of the bytes that end the run; only the first of them is sure to be right.
        ///
        /// In a byte below 0x80, taking 1 sets the highest bit just where the byte was 0. The borrow that
        /// this makes reaches the bytes behind it only.
        @inline(__always)
        func bits(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let isQuote = (word ^ quotes) &- each(1)
            let isBackslash = (word ^ backslashes) &- each(1)
            return (isQuote | isBackslash | (word &- controls) | word) & each(0x80)
        }

        /// Whether the block at `offset` is plain all through.
        @inline(__always)
        func areMissing(_ base: UnsafeRawPointer, _ offset: Int) -> Bool {
            var found: UInt64 = 0
            for step in 0..<(StringScan.blockLength / 8) { found |= bits(base, offset &+ step &* 8) }
            return found == 0
        }
    }
}

/// A word of eight times this byte.
private func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Well-formedness of UTF-8 (Unicode 3.9, table 3-7).
enum UTF8Check {
    /// How many bytes of `text` are well formed before the first that is not.
    static func wellFormedLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = UnsafeRawPointer(text.baseAddress) else { return 0 }
        var at = 0
        while true {
            while at + 8 <= text.count,
                base.loadUnaligned(fromByteOffset: at, as: UInt64.self) & each(0x80) == 0
            {
                at += 8
            }
            guard at < text.count, let length = sequenceLength(text, at) else { return at }
            at += length
        }
    }

    /// Length in bytes of the well-formed sequence that begins at `at`, or nil where none does.
    static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        func isContinuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            at + offset < text.count && range ~= text[at + offset]
        }
        switch text[at] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return isContinuation(1) ? 2 : nil
        case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : nil
        case 0xE1...0xEC, 0xEE...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : nil
        case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : nil
        case 0xF0: return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : nil
        case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : nil
        case 0xF4: return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : nil
        default: return nil
        }
    }
}
