// SPDX-License-Identifier: Apache-2.0

/// A run of regular characters of a PDF file (ISO 32000-1, 7.2), as it grows; of any length, in constant
/// space.
struct PDFToken: Sendable {
    /// The last eight characters, and how many there are in all: that tells the few words of use apart.
    private var tail: UInt64 = 0
    private var count = 0
    /// Whether a slash stands before it.
    private var isName = false
    private var isDigits = true
    private var value = 0

    init(isName: Bool = false) {
        self.isName = isName
    }

    /// What it means, once it is whole.
    enum Meaning: Sendable, Equatable {
        case name(Name)
        case word(Word)
        /// A number without sign or point; saturated.
        case integer(Int)
        case other
    }

    enum Name: String, CaseIterable, Sendable {
        case type = "Type"
        case page = "Page"
        case pages = "Pages"
        case parent = "Parent"
        case count = "Count"
        case objectStream = "ObjStm"
        case flate = "FlateDecode"
        case linearized = "Linearized"
        case n = "N"
    }

    enum Word: String, CaseIterable, Sendable {
        case object = "obj"
        case endOfObject = "endobj"
        case stream = "stream"
        case reference = "R"
    }

    /// Takes one more character.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        tail = tail << 8 | UInt64(byte)
        count &+= 1
        let digit = Int(byte) - 0x30
        if isDigits, 0...9 ~= digit {
            value = value < Int.max / 16 ? value * 10 + digit : value
        } else {
            isDigits = false
        }
    }

    /// White space and the delimiters end a token.
    @inline(__always)
    static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
        case 0x25, 0x28, 0x29, 0x2F, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D: true  // % ( ) / < > [ ] { }
        default: false
        }
    }

    /// What it means, if it is whole.
    var meaning: Meaning {
        // Most of what stands between separators in compressed data is longer than any word.
        guard isDigits || count <= Self.longest else { return .other }
        let key = Key(tail: tail, count: count)
        if isName { return Self.names[key].map(Meaning.name) ?? .other }
        if isDigits { return .integer(value) }
        return Self.words[key].map(Meaning.word) ?? .other
    }

    private struct Key: Hashable {
        let tail: UInt64
        let count: Int

        init(tail: UInt64, count: Int) {
            self.tail = tail
            self.count = count
        }

        init(_ text: String) {
            self.init(tail: text.utf8.reduce(0) { $0 << 8 | UInt64($1) }, count: text.utf8.count)
        }
    }

    private static let longest = Name.flate.rawValue.utf8.count
    private static let names = Dictionary(uniqueKeysWithValues: Name.allCases.map { (Key($0.rawValue), $0) })
    private static let words = Dictionary(uniqueKeysWithValues: Word.allCases.map { (Key($0.rawValue), $0) })
}
