// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The header fields of another tool's file.
enum SourceFields {
    private static let most = 1000

    /// A map of names and values or lists of these, or a list of names and values.
    static func read(_ node: SourceNode?) throws(SourceProblem) -> [HTTPFields.Field] {
        guard let node else { return [] }
        var fields: [HTTPFields.Field] = []
        switch node.kind {
        case .null: break
        case .map:
            for (name, value) in node.members {
                guard value.kind == .list else {
                    try add(name, value, to: &fields)
                    continue
                }
                for element in value.elements { try add(name, element, to: &fields) }
            }
        case .list:
            for element in node.elements {
                guard let name = element["name"]?.text else {
                    throw .missing("name", "that of a header field", in: element)
                }
                try add(name, element["value"] ?? element, to: &fields)
            }
        case .scalar: throw SourceProblem(node, "header fields must be a map or a list, found \(node.words)")
        }
        guard fields.count <= most else {
            throw SourceProblem(node, "there are \(fields.count) header fields, the most is \(most)")
        }
        return fields
    }

    private static func add(_ name: String, _ value: SourceNode, to fields: inout [HTTPFields.Field])
        throws(SourceProblem)
    {
        // Of HTTP/2, as browsers show it.
        if name.hasPrefix(":") { return }
        guard HTTPFields.isToken(name) else {
            throw SourceProblem(value, "“\(SourceText.shown(name))” is no name of a header field")
        }
        let text = value.kind == .scalar ? value.text ?? "" : ""
        guard value.kind != .list else {
            throw SourceProblem(value, "the value of \(name) must be a text, found a list")
        }
        // Browsers put the values of fields of one name on lines of their own.
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw SourceProblem(value, "the value of \(name) has control characters in it")
            }
            fields.append(HTTPFields.Field(name, String(decoding: line, as: UTF8.self)))
        }
    }
}
