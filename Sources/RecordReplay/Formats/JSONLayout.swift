// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Where white space stands in a JSON text: with it and the tokens the exact bytes can be told.
struct JSONLayout: Equatable, Sendable {
    /// What stands before each member and element.
    enum Breaks: Equatable, Sendable {
        /// No line breaks.
        case none
        case blanks(Int)
        case tabs
    }

    enum End: String, CaseIterable, Sendable {
        case none = ""
        case lineFeed = "+lf"
        case carriageReturn = "+crlf"

        fileprivate var bytes: [UInt8] {
            switch self {
            case .none: []
            case .lineFeed: [0x0A]
            case .carriageReturn: [0x0D, 0x0A]
            }
        }
    }

    var breaks = Breaks.none
    var hasBlankAfterColon = false
    var hasBlankAfterComma = false
    /// What follows the value.
    var end = End.none

    static let compact = JSONLayout()
    static let blanks = JSONLayout(hasBlankAfterColon: true, hasBlankAfterComma: true)
    static let pretty = JSONLayout(breaks: .blanks(2), hasBlankAfterColon: true)
    /// More blanks a level aren't known.
    private static let mostBlanks = 8
    /// Those without line breaks: JavaScript and Go; Google's events (CORE 4.5, seen); Python; nobody known.
    private static let singleLine = [
        ("compact", compact), ("blank-after-colon", JSONLayout(hasBlankAfterColon: true)),
        ("blanks", blanks),
        ("blank-after-comma", JSONLayout(hasBlankAfterComma: true)),
    ]

    /// What it is called in recordings; what ends it is told behind a `+`.
    var name: String {
        switch breaks {
        case .blanks(let count): "indent-\(count)\(end.rawValue)"
        case .tabs: "indent-tab\(end.rawValue)"
        case .none:
            JSONLayout.singleLine.first { $0.1.hasSameBlanks(as: self) }.map { $0.0 + end.rawValue } ?? ""
        }
    }

    /// All names, without what may stand behind them.
    static var names: [String] {
        singleLine.map(\.0) + (0...mostBlanks).map { "indent-\($0)" } + ["indent-tab"]
    }

    private init(breaks: Breaks = .none, hasBlankAfterColon: Bool = false, hasBlankAfterComma: Bool = false) {
        self.breaks = breaks
        self.hasBlankAfterColon = hasBlankAfterColon
        self.hasBlankAfterComma = hasBlankAfterComma
    }

    /// Nil where none is called so.
    init?(named name: String) {
        guard let found = JSONLayout.byName[name] else { return nil }
        self = found
    }

    private static let byName: [String: JSONLayout] = {
        var all = singleLine.map(\.1)
        all += (0...mostBlanks).map { JSONLayout(breaks: .blanks($0), hasBlankAfterColon: true) }
        all.append(JSONLayout(breaks: .tabs, hasBlankAfterColon: true))
        let ended = all.flatMap { layout in
            End.allCases.map { end in
                var layout = layout
                layout.end = end
                return layout
            }
        }
        return Dictionary(uniqueKeysWithValues: ended.map { ($0.name, $0) })
    }()

    private func hasSameBlanks(as other: JSONLayout) -> Bool {
        breaks == other.breaks && hasBlankAfterColon == other.hasBlankAfterColon
            && hasBlankAfterComma == other.hasBlankAfterComma
    }

    // MARK: - Finding

    /// The layout that gives back the text of `document` to the byte; nil where none does.
    static func of(_ document: JSONDocument) -> JSONLayout? {
        let text = document.bytes
        let end: End =
            text.suffix(2) == [0x0D, 0x0A] ? .carriageReturn : text.last == 0x0A ? .lineFeed : .none
        return candidates(text).lazy
            .map { layout in
                var layout = layout
                layout.end = end
                return layout
            }
            .first { $0.text(of: document.root) == text }
    }

    /// What a text might be laid out like, by the line break behind its first bracket.
    private static func candidates(_ text: [UInt8]) -> [JSONLayout] {
        guard text.count > 2, text[1] == 0x0A else { return singleLine.map(\.1) }
        if text[2] == 0x09 { return [JSONLayout(breaks: .tabs, hasBlankAfterColon: true)] }
        let blanks = text[2...].prefix { $0 == 0x20 }.count
        guard blanks <= mostBlanks else { return [] }
        return [JSONLayout(breaks: .blanks(blanks), hasBlankAfterColon: true)]
    }

    // MARK: - Writing

    /// A value in this layout, its tokens as they stand in its document.
    func text(of value: JSONView) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(value.source.count + 16)
        value.withNodes { nodes, at in append(nodes, at, to: &out) }
        return out
    }

    /// Adds the value numbered `at`, and what ends a text.
    func append(_ nodes: JSONNodes, _ at: Int, to out: inout [UInt8]) {
        appendValue(nodes, at, to: &out, depth: 0)
        out += end.bytes
    }

    /// Adds the value numbered `at`. No deeper than what the parser takes.
    ///
    /// - Parameter depth: of the containers that are open around it.
    func appendValue(_ nodes: JSONNodes, _ at: Int, to out: inout [UInt8], depth: Int) {
        switch nodes.kind(at) {
        case .object: appendContainer(nodes, at, to: &out, depth: depth, isObject: true)
        case .array: appendContainer(nodes, at, to: &out, depth: depth, isObject: false)
        case .string: JSONLayout.appendString(nodes, at, to: &out)
        default: out.append(contentsOf: nodes.raw(at))
        }
    }

    private func appendContainer(
        _ nodes: JSONNodes, _ at: Int, to out: inout [UInt8], depth: Int, isObject: Bool
    ) {
        out.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        var (index, isFirst) = (at + 1, true)
        let behind = nodes.next(at)
        while index < behind {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            if breaks != .none {
                appendBreak(to: &out, depth: depth + 1)
            } else if !isFirst, hasBlankAfterComma {
                out.append(0x20)
            }
            isFirst = false
            if isObject {
                JSONLayout.appendString(nodes, index, to: &out)
                out.append(UInt8(ascii: ":"))
                if hasBlankAfterColon { out.append(0x20) }
                index += 1
            }
            appendValue(nodes, index, to: &out, depth: depth + 1)
            index = nodes.next(index)
        }
        if !isFirst, breaks != .none { appendBreak(to: &out, depth: depth) }
        out.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    private func appendBreak(to out: inout [UInt8], depth: Int) {
        out.append(0x0A)
        switch breaks {
        case .none: break
        case .blanks(let count): out.append(contentsOf: repeatElement(0x20, count: count * depth))
        case .tabs: out.append(contentsOf: repeatElement(0x09, count: depth))
        }
    }

    static func appendString(_ nodes: JSONNodes, _ at: Int, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: nodes.raw(at))
        out.append(UInt8(ascii: "\""))
    }

    /// How deep containers stand in one another.
    static func depth(_ nodes: JSONNodes, _ at: Int) -> Int {
        let kind = nodes.kind(at)
        guard kind == .object || kind == .array else { return 0 }
        var (index, deepest) = (at + 1, 0)
        while index < nodes.next(at) {
            if kind == .object { index += 1 }
            deepest = max(deepest, depth(nodes, index))
            index = nodes.next(index)
        }
        return deepest + 1
    }
}
