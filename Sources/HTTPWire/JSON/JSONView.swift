// SPDX-License-Identifier: Apache-2.0

/// One value of a parsed text. Cheap to make and to pass on; it keeps the text alive.
public struct JSONView: Sendable {
    let document: JSONDocument
    let index: Int

    /// What kind of value stands here.
    public enum Kind: Sendable, Equatable {
        case null, bool, number, string, array, object
    }

    private var node: JSONDocument.Node { document.nodes[index] }

    /// The text that it is a part of.
    public var wholeDocument: JSONDocument { document }

    /// Where it stands in its document: no two values have the same.
    public var position: Int { index }

    /// What kind of value this is.
    public var kind: Kind { node.kind.asViewed }

    public var isNull: Bool { node.kind == .null }

    /// The text of this value as it was sent, quotes and brackets included.
    public var source: ArraySlice<UInt8> {
        let quotes = node.kind == .string ? 1 : 0
        return document.bytes[(Int(node.start) - quotes)..<(Int(node.end) + quotes)]
    }

    /// The text of the whole document before this value.
    public var preceding: ArraySlice<UInt8> { document.bytes[..<source.startIndex] }

    /// The truth value, or nil where this isn't one.
    public var bool: Bool? {
        switch node.kind {
        case .trueValue: true
        case .falseValue: false
        default: nil
        }
    }

    /// The characters of a string with its escapes resolved, or nil where this isn't a string.
    public var string: String? {
        guard node.kind == .string else { return nil }
        return text
    }

    /// Number of bytes between the quotes, escapes unresolved; 0 where this isn't a string.
    public var rawStringLength: Int { node.kind == .string ? Int(node.end - node.start) : 0 }

    /// The digits of a number as they were sent, or nil where this isn't one.
    public var numberText: String? {
        guard node.kind == .number else { return nil }
        return text
    }

    /// A number's value, or nil where this isn't a number.
    public var double: Double? { numberText.flatMap { Double($0) } }

    /// A whole number's value in any spelling (`3`, `3.0`, `3e0`), or nil.
    public var int: Int? {
        guard let text = numberText else { return nil }
        if let value = Int(text) { return value }
        return Double(text).flatMap { Int(exactly: $0) }
    }

    /// The bytes of a string with its escapes resolved. No copy is made where there are none.
    ///
    /// - Returns: what `body` gives, or nil where this isn't a string.
    public func withStringBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result?
    {
        node.kind == .string ? try withContent(body) : nil
    }

    /// The content of a string or a key with its escapes resolved.
    fileprivate func withContent<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let range = Int(node.start)..<Int(node.end)
        return try document.bytes.withUnsafeBufferPointer { bytes in
            let content = UnsafeBufferPointer(rebasing: bytes[range])
            guard node.isEscaped else { return try body(content) }
            return try JSONEscapes.resolve(content).withUnsafeBufferPointer { try body($0) }
        }
    }

    private var text: String {
        let (start, end) = (Int(node.start), Int(node.end))
        return document.bytes.withUnsafeBufferPointer { bytes in
            let content = UnsafeBufferPointer(rebasing: bytes[start..<end])
            return node.isEscaped
                ? String(decoding: JSONEscapes.resolve(content), as: UTF8.self)
                : String(decoding: content, as: UTF8.self)
        }
    }
}

extension JSONDocument.Kind {
    var asViewed: JSONView.Kind {
        switch self {
        case .null: .null
        case .falseValue, .trueValue: .bool
        case .number: .number
        case .string, .key: .string
        case .array: .array
        case .object: .object
        }
    }
}

// MARK: - Containers

extension JSONView {
    /// The elements of an array; empty for any other kind.
    public var elements: Elements { Elements(self) }

    /// The members of an object in the order in which they were sent; empty for any other kind.
    public var members: Members { Members(self) }

    /// The value of the member that is called `name`, or nil. The last one wins where a name was sent twice.
    public subscript(name: String) -> JSONView? {
        var name = name
        return name.withUTF8 { wanted in
            lastValue { $0.count == wanted.count && $0.elementsEqual(wanted) }
        }
    }

    /// The value of the last member whose name, escapes resolved, `matches` accepts; nil where there is none.
    ///
    /// The loop touches nodes only, no views: reading one message asks for dozens of names.
    public func lastValue(_ matches: (UnsafeBufferPointer<UInt8>) -> Bool) -> JSONView? {
        guard node.kind == .object else { return nil }
        let end = Int(node.next)
        let found = document.nodes.withUnsafeBufferPointer { nodes in
            document.bytes.withUnsafeBufferPointer { bytes in
                var (at, found) = (index + 1, -1)
                while at < end {
                    let key = nodes[at]
                    let name = UnsafeBufferPointer(rebasing: bytes[Int(key.start)..<Int(key.end)])
                    let isWanted =
                        key.isEscaped
                        ? JSONEscapes.resolve(name).withUnsafeBufferPointer(matches) : matches(name)
                    if isWanted { found = at + 1 }
                    at = Int(nodes[at + 1].next)
                }
                return found
            }
        }
        return found < 0 ? nil : JSONView(document: document, index: found)
    }

    /// A name and its value.
    public struct Member: Sendable {
        let key: JSONView
        public let value: JSONView

        /// The name with its escapes resolved.
        public var name: String { key.text }

        /// The bytes of the name with its escapes resolved.
        public func withNameBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
            -> Result
        {
            try key.withContent(body)
        }

        /// Whether the member is called `name`, without making a `String` of its own.
        public func isNamed(_ name: String) -> Bool {
            var name = name
            return name.withUTF8 { wanted in
                withNameBytes { $0.count == wanted.count && $0.elementsEqual(wanted) }
            }
        }
    }

    /// The elements of an array, one after another.
    public struct Elements: Sequence, IteratorProtocol {
        private let document: JSONDocument
        private var at: Int
        private let end: Int

        init(_ view: JSONView) {
            document = view.document
            at = view.index + 1
            end = view.node.kind == .array ? Int(view.node.next) : at
        }

        public mutating func next() -> JSONView? {
            guard at < end else { return nil }
            defer { at = Int(document.nodes[at].next) }
            return JSONView(document: document, index: at)
        }
    }

    /// The members of an object, one after another.
    public struct Members: Sequence, IteratorProtocol {
        private let document: JSONDocument
        private var at: Int
        private let end: Int

        init(_ view: JSONView) {
            document = view.document
            at = view.index + 1
            end = view.node.kind == .object ? Int(view.node.next) : at
        }

        public mutating func next() -> Member? {
            guard at < end else { return nil }
            let key = JSONView(document: document, index: at)
            let value = JSONView(document: document, index: at + 1)
            at = Int(document.nodes[at + 1].next)
            return Member(key: key, value: value)
        }
    }
}
