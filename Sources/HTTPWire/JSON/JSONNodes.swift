// SPDX-License-Identifier: Apache-2.0

/// The values of a parsed text by number, for a walk over all of them: no view is made and nothing is counted, so that
/// a step costs a few instructions.
///
/// Valid only inside `JSONView.withNodes`. The members of an object stand as name, value, name, value; each value's
/// `next` is where the one behind it stands.
///
/// `@unchecked Sendable`: nobody writes where the pointers lead.
public struct JSONNodes: @unchecked Sendable {
    private let nodes: UnsafeBufferPointer<JSONDocument.Node>
    private let bytes: UnsafeBufferPointer<UInt8>

    init(nodes: UnsafeBufferPointer<JSONDocument.Node>, bytes: UnsafeBufferPointer<UInt8>) {
        self.nodes = nodes
        self.bytes = bytes
    }

    public func kind(_ at: Int) -> JSONView.Kind { nodes[at].kind.asViewed }

    /// Number of the value that follows this one and all that is inside it.
    public func next(_ at: Int) -> Int { Int(nodes[at].next) }

    /// Whether a string or a name has a backslash in it, so that `raw` isn't what it says.
    public func isEscaped(_ at: Int) -> Bool { nodes[at].isEscaped }

    /// The bytes between the quotes of a string or a name, the digits of a number.
    public func raw(_ at: Int) -> UnsafeBufferPointer<UInt8> {
        let node = nodes[at]
        return UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
    }

    /// Where that stands in the text of the document: of a string or a name what is between its quotes.
    public func range(_ at: Int) -> Range<Int> { Int(nodes[at].start)..<Int(nodes[at].end) }

    /// What a string or a name says, as text of its own.
    public func text(_ at: Int) -> String {
        withContent(at) { String(decoding: $0, as: UTF8.self) }
    }

    /// What a string or a name says; no copy is made where nothing in it is escaped.
    @inlinable
    public func withContent<Result>(
        _ at: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        guard isEscaped(at) else { return try body(raw(at)) }
        return try resolved(at).withUnsafeBufferPointer { try body($0) }
    }

    @usableFromInline
    func resolved(_ at: Int) -> [UInt8] { JSONEscapes.resolve(raw(at)) }

    /// What strings say, one behind another.
    public func joined(_ strings: [Int]) -> [UInt8] {
        let room = strings.reduce(0) { $0 + JSONEscapes.room(for: raw($1)) }
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            guard let out = buffer.baseAddress else { return }
            for string in strings { count += JSONEscapes.resolve(raw(string), to: out + count) }
        }
    }
}

extension JSONView {
    /// Lets `body` walk over this value and all inside it, beginning with its own number.
    public func withNodes<Result>(_ body: (JSONNodes, Int) throws -> Result) rethrows -> Result {
        try document.nodes.withUnsafeBufferPointer { nodes in
            try document.bytes.withUnsafeBufferPointer { bytes in
                try body(JSONNodes(nodes: nodes, bytes: bytes), position)
            }
        }
    }
}
