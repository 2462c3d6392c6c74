// SPDX-License-Identifier: Apache-2.0

/// A parsed JSON text: the bytes as they arrived, and a flat list of where each value lies in them.
///
/// Nothing is copied out until somebody asks: a 20 MB base64 string costs one node of 16 bytes. The text can
/// be rebuilt to the byte (number spelling, member order, duplicate keys), since it is still there.
public final class JSONDocument: Sendable {
    /// The whole text.
    public let bytes: [UInt8]
    let nodes: [Node]

    /// Where one value, or one key, lies.
    struct Node: Sendable {
        /// Offset of the first byte of the content: after the quote of a string, at the bracket of a
        /// container.
        var start: UInt32
        /// Offset after the last byte of the content.
        var end: UInt32
        /// Index of the node that follows this one and all that is inside it.
        var next: UInt32
        var kind: Kind
        /// A string or key with a backslash in it.
        var isEscaped = false
    }

    enum Kind: UInt8, Sendable {
        case null, falseValue, trueValue, number, string, key, array, object
    }

    init(bytes: [UInt8], nodes: [Node]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    /// Parses `bytes` in `grammar`.
    ///
    /// - Parameter expectedNodes: about how many values and names there are, where somebody knows; of many, most of the
    ///   cost is else that of the room that grows.
    /// - Throws: `JSONSyntaxError` in the words of the real front end.
    public convenience init(
        parsing bytes: [UInt8], grammar: JSONGrammar = .frontEnd, expectedNodes: Int = 0
    ) throws(JSONSyntaxError) {
        var parser = JSONParser(grammar: grammar, expectedNodes: expectedNodes)
        let nodes = try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
            try parser.parse(buffer)
        }
        self.init(bytes: bytes, nodes: nodes)
    }

    /// The outermost value.
    public var root: JSONView { JSONView(document: self, index: 0) }
}

/// Which texts are accepted as JSON.
public enum JSONGrammar: Sendable {
    /// Google's front end: also single quotes, bare keys, trailing commas, raw control characters (CORE 6.2).
    case frontEnd
    /// RFC 8259 and nothing else.
    case strict
}

/// Why a text is not JSON.
public struct JSONSyntaxError: Error, Equatable, Sendable {
    /// What is wrong, with the neighbourhood and a caret on the lines below it, as the real front end words
    /// it.
    public let message: String
    /// Offset of the byte at which it was noticed.
    public let offset: Int

    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}
