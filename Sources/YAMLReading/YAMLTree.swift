// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads a text of one YAML document as a tree.
///
/// Anchors and aliases may be used; what they stand for is shared in memory, and counted each time. One recursion for each
/// level.
public struct YAMLTree {
    /// How much one text may hold: more is a mistake or an attack.
    public struct Limits: Sendable {
        /// Values in the document, each alias counted as all that it stands for.
        public var values = 4_000_000
        /// Bytes of all scalars, counted likewise: what is made of the tree is as long.
        public var scalars = 512 * 1024 * 1024
        /// Lists and maps inside one another. Bounds the recursion of all that reads the tree.
        public var depth = 100

        public init() {}
    }

    private let events: YAMLEvents
    private let limits: Limits
    private var size = Size()
    private var anchors: [String: (node: YAMLNode, size: Size, depth: Int)] = [:]

    private struct Size {
        var values = 0
        var scalars = 0
    }

    /// - Throws: where it is no YAML, or goes beyond the limits.
    public static func read(_ bytes: [UInt8], limits: Limits = Limits()) throws(YAMLEvents.Failure)
        -> YAMLNode
    {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let pairs = SurrogatePairs(bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes)
        return try pairs.text.withUnsafeBufferPointer { text throws(YAMLEvents.Failure) in
            var tree = YAMLTree(events: YAMLEvents(text, pairs), limits: limits)
            return try tree.document()
        }
    }

    private init(events: YAMLEvents, limits: Limits) {
        self.events = events
        self.limits = limits
    }

    private mutating func document() throws(YAMLEvents.Failure) -> YAMLNode {
        while true {
            let event = try events.next()
            switch event.content {
            case .streamStart, .documentStart: continue
            case .streamEnd: throw YAMLEvents.Failure(place: .start, message: "the file is empty")
            default:
                let (node, _) = try node(event, depth: 1)
                try end()
                return node
            }
        }
    }

    private func end() throws(YAMLEvents.Failure) {
        while true {
            let event = try events.next()
            switch event.content {
            case .documentEnd: continue
            case .streamEnd: return
            default:
                throw YAMLEvents.Failure(
                    place: event.place, message: "nothing may follow the first document")
            }
        }
    }

    /// - Returns: the node, and how many levels of lists and maps it has.
    private mutating func node(_ event: YAMLEvents.Event, depth: Int) throws(YAMLEvents.Failure)
        -> (YAMLNode, Int)
    {
        if case .alias(let name) = event.content { return try alias(name, event.place, depth: depth) }
        let before = size
        try count(Size(values: 1), event.place)
        let (content, levels) = try content(event, depth: depth)
        let node = YAMLNode(content: content, tag: event.tag, place: event.place)
        if let anchor = event.anchor {
            let own = Size(
                values: size.values - before.values, scalars: size.scalars - before.scalars)
            anchors[anchor] = (node, own, levels)
        }
        return (node, levels)
    }

    private mutating func content(_ event: YAMLEvents.Event, depth: Int) throws(YAMLEvents.Failure)
        -> (YAMLNode.Content, Int)
    {
        switch event.content {
        case .scalar(let text, let isPlain):
            try count(Size(scalars: text.utf8.count), event.place)
            return (.scalar(text, isPlain: isPlain), 0)
        case .listStart: return try list(event.place, depth: depth)
        case .mapStart: return try map(event.place, depth: depth)
        default: throw YAMLEvents.Failure(place: event.place, message: "a value is expected here")
        }
    }

    private mutating func list(_ place: TextPlace, depth: Int) throws(YAMLEvents.Failure)
        -> (YAMLNode.Content, Int)
    {
        try descend(depth, place)
        var (elements, deepest): ([YAMLNode], Int) = ([], 0)
        while true {
            let event = try events.next()
            if case .end = event.content { return (.list(elements), deepest + 1) }
            let (element, levels) = try node(event, depth: depth + 1)
            elements.append(element)
            deepest = max(deepest, levels)
        }
    }

    private mutating func map(_ place: TextPlace, depth: Int) throws(YAMLEvents.Failure)
        -> (YAMLNode.Content, Int)
    {
        try descend(depth, place)
        var (fields, deepest): ([YAMLNode.Field], Int) = ([], 0)
        while true {
            let event = try events.next()
            if case .end = event.content { return (.map(fields), deepest + 1) }
            guard case .scalar(let name, _) = event.content else {
                throw YAMLEvents.Failure(
                    place: event.place, message: "a name must be a text, not a list, a map or an alias")
            }
            try count(Size(scalars: name.utf8.count), event.place)
            let (value, levels) = try node(events.next(), depth: depth + 1)
            fields.append(YAMLNode.Field(name: name, value: value))
            deepest = max(deepest, levels)
        }
    }

    private mutating func alias(_ name: String, _ place: TextPlace, depth: Int) throws(YAMLEvents.Failure)
        -> (YAMLNode, Int)
    {
        guard let (node, size, levels) = anchors[name] else {
            throw YAMLEvents.Failure(
                place: place,
                message: "the alias *\(name) stands for nothing: no finished &\(name) is above it")
        }
        try count(size, place)
        if levels > 0 { try descend(depth + levels - 1, place) }
        return (node, levels)
    }

    // MARK: - Limits

    private mutating func count(_ added: Size, _ place: TextPlace) throws(YAMLEvents.Failure) {
        size.values += added.values
        size.scalars += added.scalars
        guard size.values <= limits.values else {
            throw YAMLEvents.Failure(
                place: place,
                message: "there are more than \(limits.values) values, those of aliases included")
        }
        guard size.scalars <= limits.scalars else {
            throw YAMLEvents.Failure(
                place: place,
                message: "the texts have more than \(limits.scalars) bytes, those of aliases included")
        }
    }

    private func descend(_ depth: Int, _ place: TextPlace) throws(YAMLEvents.Failure) {
        guard depth <= limits.depth else {
            throw YAMLEvents.Failure(
                place: place, message: "lists and maps go deeper than \(limits.depth) levels")
        }
    }
}
