// SPDX-License-Identifier: Apache-2.0

/// How many tokens a text has: a stated approximation of Gemini's tokenizer, in one pass over the UTF-8
/// bytes.
///
/// The rule:
/// 1. A token is a run of one kind: letters, punctuation, spaces, tabs or line breaks. One space joins the
///    word, punctuation or symbol after it.
/// 2. Each digit, and each symbol outside ASCII (…, °, €, an emoji), is a token of its own; a capital after a
///    small letter starts one (`getWeather` is two).
/// 3. A run pays by weight: its first token holds 24 units, each further one 10.
/// 4. A Latin letter weighs 2, so most words up to 11 letters are one token, then each 5 letters are another;
///    a capital and each of j k q w x y z weigh 5, a letter with an accent 20.
/// 5. A letter of another script weighs 4 to 8 (kana, Thai and Cyrillic 4, Arabic 5, Han 8: 0.4 to 0.8 tokens
///    each).
///
/// Measured on 152 texts that the real API counted (prompts and answers, gemini-1.5 to gemini-3.6, 10,979
/// tokens, nearly all English and JSON): half of them exact, 90 % within 4 %, the sum 0.3 % low; on the 82 of
/// them with 20 tokens or more the median error is 0.5 %, and 90 % are within 4 %. (Bytes / 4: median 15 %,
/// 90 % within 36 %.) With weights fitted to one half of the texts, the other half gives the same: median
/// below 2 %, 90 % within 5 %.
///
/// Other languages and code were fitted to samples and rates that tokka-bench has published for the open
/// Gemma 3 tokenizer. On the samples of 300 bytes: code median 2 %, 90 % within 10 %; Arabic, Chinese, Hindi,
/// Japanese, Korean, Russian and ten more median 5 %, 90 % within 17 %; German, Spanish, Turkish and 13 more
/// Latin ones median 12 %, 90 % within 30 %. Languages with less text in the world are counted 20 % low, some
/// 45 %.
///
/// No overhead for turns, calls or tools is in here: that differs between models and methods, and is the
/// caller's.
enum TextTokens {
    /// Tokens in `utf8`. Bytes that are no UTF-8 do no harm.
    static func count(_ utf8: UnsafeRawBufferPointer) -> Int {
        table.withUnsafeBufferPointer { table in
            var run = Run()
            var tokens = 0
            for byte in utf8 { tokens += run.add(byte, table) }
            return tokens
        }
    }

    /// Tokens in `text`.
    static func count(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { count(UnsafeRawBufferPointer($0)) }
    }

    /// After each of the pieces of a text, the tokens of all up to there.
    static func runningCounts(_ pieces: [String]) -> [Int] {
        table.withUnsafeBufferPointer { table in
            var run = Run()
            var tokens = 0
            return pieces.map { piece in
                for byte in piece.utf8 { tokens += run.add(byte, table) }
                return tokens
            }
        }
    }

    /// The longest beginning of `text` with at most `limit` tokens that ends between tokens and within no
    /// character.
    ///
    /// The rule never looks ahead, so a beginning has the tokens that it has within the whole.
    static func prefix(_ text: String, limit: Int) -> Substring {
        guard limit > 0 else { return text[..<text.startIndex] }
        var text = text
        guard let end = text.withUTF8({ endOfTokens(UnsafeRawBufferPointer($0), limit: limit) }) else {
            return text[...]
        }
        let index = text.utf8.index(text.startIndex, offsetBy: end)
        // A token may start at a joined accent or within an emoji of several scalars: give up the whole
        // character. (The index before counts from the beginning of the character that it is given.)
        guard index >= text.index(after: text.startIndex) else { return text[..<text.startIndex] }
        return text[..<text.index(after: text.index(before: index))]
    }

    /// Where the token after the first `limit` ones starts; nil where there is none.
    private static func endOfTokens(_ utf8: UnsafeRawBufferPointer, limit: Int) -> Int? {
        // No token is shorter than a byte.
        guard utf8.count > limit else { return nil }
        return table.withUnsafeBufferPointer { table in
            var run = Run()
            var tokens = 0
            for offset in utf8.indices {
                tokens += run.add(utf8[offset], table)
                if tokens > limit { return offset }
            }
            return nil
        }
    }

    /// The run of bytes that is being read.
    private struct Run {
        private static let firstTokenHolds = 24
        private static let furtherTokenHolds = 10

        private var state = Int(Kind.start.rawValue) << 8
        private var weight = 0

        /// Tokens that start with `byte`: 0 or 1. Kinds are looked up, not branched on: a branch would be
        /// guessed wrong at every word.
        @inline(__always)
        mutating func add(_ byte: UInt8, _ table: UnsafeBufferPointer<UInt16>) -> Int {
            // The first byte of a character has said it all.
            guard byte & 0xC0 != 0x80 else { return 0 }
            // `state` is one of `Kind` and `byte` has eight bits: always within the table.
            let step = Int(table.baseAddress.unsafelyUnwrapped[state | Int(byte)])
            state = step & 0xF00
            let starts = step >> 5 & 1
            weight = (starts == 1 ? 0 : weight) + (step & 0x1F)
            let overflows = weight > Self.firstTokenHolds ? 1 : 0
            weight -= overflows * Self.furtherTokenHolds
            return starts + overflows
        }
    }

    /// What a character is, by its first byte; also what the one before it was.
    private enum Kind: UInt16, CaseIterable {
        case start, small, capital, digit, space, lineBreak, tab, punctuation, symbol
        /// Two spaces or more: unlike one, they join no word.
        case spaces
    }

    /// By what came before (8 bits up) and the byte: what it leaves behind (8 bits up), whether it starts a
    /// run (bit 5), and its weight (5 bits).
    private static let table: [UInt16] = {
        var table: [UInt16] = []
        for before in Kind.allCases {
            for byte in UInt8.min...UInt8.max {
                let (kind, weight) = kindAndWeight(byte)
                let isFurtherSpace = kind == .space && (before == .space || before == .spaces)
                let after = isFurtherSpace ? Kind.spaces : kind
                let starts: UInt16 = joins(before, after) ? 0 : 1
                table.append(after.rawValue << 8 | starts << 5 | weight)
            }
        }
        return table
    }()

    /// Whether `kind` goes on with the token of `before`.
    private static func joins(_ before: Kind, _ kind: Kind) -> Bool {
        switch (before, kind) {
        case (.small, .small), (.capital, .small), (.capital, .capital): true
        case (.space, .small), (.space, .capital), (.space, .punctuation), (.space, .symbol): true
        case (.space, .spaces), (.spaces, .spaces): true
        case (.punctuation, .punctuation), (.lineBreak, .lineBreak), (.tab, .tab): true
        default: false
        }
    }

    /// What a character is and weighs.
    ///
    /// The weights are what a search for the smallest relative error over all texts ended with, made round.
    private static func kindAndWeight(_ byte: UInt8) -> (Kind, UInt16) {
        switch byte {
        case UInt8(ascii: " "): (.space, 1)
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (.lineBreak, 2)
        case UInt8(ascii: "\t"): (.tab, 2)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): (.digit, 1)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): (.capital, 5)
        // Rare in English, so they tell a rare word or another language.
        case UInt8(ascii: "j")...UInt8(ascii: "k"), UInt8(ascii: "q"): (.small, 5)
        case UInt8(ascii: "w")...UInt8(ascii: "z"): (.small, 5)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): (.small, 2)
        case 0x00...0x7F: (.punctuation, 3)
        case 0xC3...0xCD, 0xD2...0xD3: (.small, 20)  // Latin with accents; Cyrillic beyond Russian
        case 0xCE...0xCF: (.small, 6)  // Greek
        case 0xD0...0xD1: (.small, 4)  // Cyrillic
        case 0xD8...0xDB: (.small, 5)  // Arabic
        case 0xD4...0xDF: (.small, 7)  // Armenian, Hebrew and what has few tokens
        case 0xE0: (.small, 4)  // scripts of India, Thai
        case 0xE1: (.small, 6)  // Georgian, Khmer; Vietnamese accents
        case 0xE3: (.small, 4)  // kana
        case 0xE4...0xE9: (.small, 8)  // Han
        case 0xEA...0xED: (.small, 7)  // Hangul
        default: (.symbol, 1)  // 0xC2, 0xE2, 0xEE and up: signs, full-width punctuation, emoji
        }
    }
}
