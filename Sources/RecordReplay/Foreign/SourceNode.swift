// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import YAMLReading

/// A value of another tool's file, which may be JSON or YAML. Nothing of JSON is copied until somebody asks.
enum SourceNode {
    case json(JSONView)
    case yaml(YAMLNode)

    enum Kind {
        case null, scalar, list, map
    }

    var kind: Kind {
        switch self {
        case .json(let view):
            switch view.kind {
            case .null: .null
            case .array: .list
            case .object: .map
            case .bool, .number, .string: .scalar
            }
        case .yaml(let node):
            switch node.content {
            case .scalar: isNothing(node) ? .null : .scalar
            case .list: .list
            case .map: .map
            }
        }
    }

    private func isNothing(_ node: YAMLNode) -> Bool {
        guard case .scalar(let text, isPlain: true) = node.content, node.tag == nil else { return false }
        return YAMLScalar.nulls.contains(text)
    }

    /// What was found, for people.
    var words: String {
        switch kind {
        case .null: "nothing"
        case .scalar: "“\(SourceText.shown(text ?? ""))”"
        case .list: "a list"
        case .map: "a map"
        }
    }

    // MARK: - Containers

    /// The value of a map's member; nil where there is none, or nothing in it. The last one wins.
    subscript(name: String) -> SourceNode? {
        let found: SourceNode? =
            switch self {
            case .json(let view): view[name].map { .json($0) }
            case .yaml(let node):
                if case .map(let fields) = node.content {
                    fields.last { $0.name == name }.map { .yaml($0.value) }
                } else {
                    nil
                }
            }
        return found.flatMap { $0.kind == .null ? nil : $0 }
    }

    /// Of a map; empty for all else.
    var members: [(name: String, value: SourceNode)] {
        switch self {
        case .json(let view): return view.members.map { ($0.name, .json($0.value)) }
        case .yaml(let node):
            guard case .map(let fields) = node.content else { return [] }
            return fields.map { ($0.name, .yaml($0.value)) }
        }
    }

    /// Of a list; empty for all else.
    var elements: [SourceNode] {
        switch self {
        case .json(let view): return view.elements.map { .json($0) }
        case .yaml(let node):
            guard case .list(let nodes) = node.content else { return [] }
            return nodes.map { .yaml($0) }
        }
    }

    // MARK: - Scalars

    /// What a scalar says, whatever it is; nil for all else.
    var text: String? {
        switch self {
        case .json(let view):
            switch view.kind {
            case .string: return view.string
            case .bool, .number: return String(decoding: view.source, as: UTF8.self)
            case .null, .array, .object: return nil
            }
        case .yaml(let node):
            if case .scalar(let text, _) = node.content, kind == .scalar { return text }
            return nil
        }
    }

    /// A whole number.
    var int: Int? {
        switch self {
        case .json(let view): view.int
        case .yaml: text.flatMap { Int($0) }
        }
    }

    var double: Double? { text.flatMap { Double($0) } }

    /// The tag of a value of YAML that has one.
    var tag: String? {
        if case .yaml(let node) = self { node.tag } else { nil }
    }
}

/// What of another tool's file stands in messages.
enum SourceText {
    /// On one line, not too long, without credentials, and nothing in it that a terminal would act upon.
    static func shown(_ text: String) -> String {
        let near = Redactor().text(String(text.unicodeScalars.prefix(2000))).unicodeScalars
        return TerminalText.line(Substring(near.prefix(60))) + (near.count > 60 ? "…" : "")
    }
}
