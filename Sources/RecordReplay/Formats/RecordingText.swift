// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Writes the JSON of recordings: a member a line, so that a change is seen in the lines that changed, or all on one line.
///
/// Strings keep all letters that can be seen; what can't be seen, and turns the direction of a text, is escaped: who reads a
/// change sees what there is.
struct RecordingText {
    private(set) var bytes: [UInt8] = []
    private let isOneLine: Bool
    private var depth: Int
    private var hasSibling = false
    private var isAfterKey = false
    private var lineStart = 0

    /// What fits into a line isn't broken, in bytes.
    private static let width = 100

    /// - Parameter depth: of the containers that the text will be in.
    init(isOneLine: Bool = false, depth: Int = 0) {
        self.isOneLine = isOneLine
        self.depth = depth
        isAfterKey = depth > 0
    }

    // MARK: - Structure

    mutating func object(_ body: (inout RecordingText) -> Void) {
        separate()
        container(.object, body)
    }

    mutating func array(_ body: (inout RecordingText) -> Void) {
        separate()
        container(.array, body)
    }

    private enum Container {
        case object
        case array
    }

    private mutating func container(_ kind: Container, _ body: (inout RecordingText) -> Void) {
        bytes.append(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
        depth += 1
        hasSibling = false
        body(&self)
        depth -= 1
        if hasSibling { newLine() }
        bytes.append(kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        hasSibling = true
    }

    mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: isOneLine ? [0x22, 0x3A] : [0x22, 0x3A, 0x20])
        isAfterKey = true
    }

    mutating func end() { bytes.append(0x0A) }

    private mutating func separate() {
        if isAfterKey {
            isAfterKey = false
            return
        }
        guard depth > 0 else { return }
        if hasSibling { bytes.append(UInt8(ascii: ",")) }
        hasSibling = true
        newLine()
    }

    private mutating func newLine() {
        guard !isOneLine else { return }
        bytes.append(0x0A)
        lineStart = bytes.count
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }

    // MARK: - Values

    mutating func string(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { quoted($0) }
    }

    /// A value that was written at this depth.
    mutating func written(_ text: [UInt8]) {
        separate()
        bytes += text
    }

    /// Digits, `true` and the like.
    mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// Numbers side by side.
    mutating func numbers(_ texts: String...) {
        literal("[" + texts.joined(separator: isOneLine ? "," : ", ") + "]")
    }

    mutating func strings(_ texts: [String]) {
        array { for text in texts { $0.string(text) } }
    }

    /// A value whose tokens stay as they are.
    mutating func value(_ value: JSONView) {
        separate()
        value.withNodes { nodes, at in
            if isOneLine {
                JSONLayout.compact.appendValue(nodes, at, to: &bytes, depth: depth)
            } else {
                fit(nodes, at)
            }
        }
    }

    /// Adds a value on the rest of this line, or each member of it on a line of its own. No deeper than what the parser takes.
    private mutating func fit(_ nodes: JSONNodes, _ at: Int) {
        let kind = nodes.kind(at)
        var room = RecordingText.width - (bytes.count - lineStart)
        guard kind == .object || kind == .array, !RecordingText.fits(nodes, at, in: &room) else {
            return JSONLayout.blanks.appendValue(nodes, at, to: &bytes, depth: depth)
        }
        container(kind == .object ? .object : .array) { text in
            var index = at + 1
            while index < nodes.next(at) {
                text.separate()
                if kind == .object {
                    JSONLayout.appendString(nodes, index, to: &text.bytes)
                    text.bytes.append(contentsOf: [0x3A, 0x20])
                    index += 1
                }
                text.fit(nodes, index)
                index = nodes.next(index)
            }
        }
    }

    /// Takes the length of a value on one line from `room`, until there is none.
    private static func fits(_ nodes: JSONNodes, _ at: Int, in room: inout Int) -> Bool {
        let kind = nodes.kind(at)
        guard kind == .object || kind == .array else {
            room -= nodes.raw(at).count + (kind == .string ? 2 : 0)
            return room >= 0
        }
        room -= 2
        var (index, isFirst) = (at + 1, true)
        while index < nodes.next(at) {
            if !isFirst { room -= 2 }
            isFirst = false
            if kind == .object {
                room -= nodes.raw(index).count + 4
                index += 1
            }
            guard room >= 0, fits(nodes, index, in: &room) else { return false }
            index = nodes.next(index)
        }
        return room >= 0
    }

    /// A text as it reads best: of several lines each is a string.
    mutating func lines(_ text: ArraySlice<UInt8>) {
        let lines = RecordingText.lines(of: text)
        guard lines.count > 1 else {
            separate()
            return text.withUnsafeBufferPointer { quoted($0) }
        }
        array { out in
            for line in lines {
                out.separate()
                line.withUnsafeBufferPointer { out.quoted($0) }
            }
        }
    }

    private static func lines(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        while let end = text[start...].firstIndex(of: 0x0A) {
            lines.append(text[start...end])
            start = end + 1
        }
        if start < text.endIndex { lines.append(text[start...]) }
        return lines
    }

    // MARK: - Strings

    /// - Parameter text: UTF-8.
    private mutating func quoted(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var (plain, at) = (0, 0)
        while at < text.count {
            let (length, scalar) = RecordingText.scalar(text, at)
            defer { at += length }
            guard let scalar, let escape = RecordingText.escape(scalar) else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<at]))
            bytes.append(contentsOf: escape.utf8)
            plain = at + length
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
        bytes.append(UInt8(ascii: "\""))
    }

    /// The character at `at`, if it could be one to escape; how many bytes it has.
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Int, UInt32?) {
        let first = text[at]
        switch first {
        case 0x20, 0x21, 0x23..<0x5C, 0x5D..<0x7F: return (1, nil)
        case ..<0x80: return (1, UInt32(first))
        case 0xC2 where at + 1 < text.count: return (2, UInt32(text[at + 1]))
        case 0xE2 where at + 2 < text.count, 0xEF where at + 2 < text.count:
            let low = UInt32(text[at + 1] & 0x3F) << 6 | UInt32(text[at + 2] & 0x3F)
            return (3, UInt32(first & 0x0F) << 12 | low)
        default: return (1, nil)
        }
    }

    private static func escape(_ scalar: UInt32) -> String? {
        switch scalar {
        case 0x22: return "\\\""
        case 0x5C: return "\\\\"
        case 0x0A: return "\\n"
        case 0x0D: return "\\r"
        case 0x09: return "\\t"
        // Controls, and what has no width or turns a text round.
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
            let digits = String(scalar, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        default: return nil
        }
    }
}
