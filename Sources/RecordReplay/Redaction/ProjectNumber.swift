// SPDX-License-Identifier: Apache-2.0

/// The numbers of Google Cloud projects, as errors, resource names and console links tell them: `projects/123456789012`,
/// `project_number:123456789012`, `project 123456789012`, `?project=123456789012` (CORE 6.3, seen).
enum ProjectNumber {
    /// Real ones have 10 to 12 digits.
    private static let lengths = 6...20

    static func matches(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var at = 0
        while at + 7 < text.count {
            guard text[at] | 0x20 == UInt8(ascii: "p"), stands("project", text, at) else {
                at += 1
                continue
            }
            at += 7
            guard let digits = digits(text, behindName(text, at)), !isMadeUp(text, digits) else { continue }
            found.append(digits)
            at = digits.upperBound
        }
        return found
    }

    /// Whether it is what stands in the place of a real one: a one and noughts.
    private static func isMadeUp(_ text: UnsafeBufferPointer<UInt8>, _ digits: Range<Int>) -> Bool {
        text[digits.lowerBound] == UInt8(ascii: "1")
            && text[digits.dropFirst()].allSatisfy { $0 == UInt8(ascii: "0") }
    }

    /// Behind `projects/`, `project_number": "` and the like.
    private static func behindName(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var at = start
        if at < text.count, text[at] | 0x20 == UInt8(ascii: "s") { at += 1 }
        if at < text.count, text[at] == UInt8(ascii: "_") || text[at] == UInt8(ascii: "-") { at += 1 }
        for word: StaticString in ["number", "id"] where stands(word, text, at) {
            at += word.utf8CodeUnitCount
        }
        let end = min(text.count, at + 8)
        while at < end {
            switch text[at] {
            case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "\""),
                UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: " "), UInt8(ascii: "#"):
                at += 1
            case UInt8(ascii: "%") where at + 2 < text.count: at += 3
            default: return at
            }
        }
        return at
    }

    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Range<Int>? {
        var end = start
        while end < text.count, text[end] &- UInt8(ascii: "0") < 10 { end += 1 }
        let isWord = end < text.count && (text[end] | 0x20) &- UInt8(ascii: "a") < 26
        return lengths ~= end - start && !isWord ? start..<end : nil
    }

    private static func stands(_ word: StaticString, _ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard at + word.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[at + offset] | 0x20 != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
