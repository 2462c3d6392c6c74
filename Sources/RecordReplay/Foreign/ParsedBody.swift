// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import YAMLReading

/// A body that a file has as a value, not as bytes. The bytes are those that its own tool replays.
enum ParsedBody {
    /// As Python's `json.dumps` writes it, which is what vcrpy's serializer for `parsed_body` makes of it: blanks behind `,`
    /// and `:`, all but ASCII escaped.
    static func pythonBytes(_ node: SourceNode) throws(SourceProblem) -> [UInt8] {
        var out: [UInt8] = []
        try append(node, to: &out)
        return out
    }

    private static func append(_ node: SourceNode, to out: inout [UInt8]) throws(SourceProblem) {
        switch node.kind {
        case .null: out += "null".utf8
        case .scalar: try appendScalar(node, to: &out)
        case .list:
            out.append(UInt8(ascii: "["))
            var isFirst = true
            for element in node.elements {
                if !isFirst { out += ", ".utf8 }
                isFirst = false
                try append(element, to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .map:
            out.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, value) in node.members {
                if !isFirst { out += ", ".utf8 }
                isFirst = false
                appendString(name, to: &out)
                out += ": ".utf8
                try append(value, to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func appendScalar(_ node: SourceNode, to out: inout [UInt8]) throws(SourceProblem) {
        switch node {
        case .json(let view):
            if let text = view.string { appendString(text, to: &out) } else { out += view.source }
        case .yaml(let value):
            guard case .scalar(let text, isPlain: let isPlain) = value.content else { return }
            if let tag = value.tag, !SourceBody.textTags.contains(tag) {
                throw SourceProblem(node, "\(SourceText.shown(tag)) has no place in JSON")
            }
            guard isPlain, value.tag == nil else { return appendString(text, to: &out) }
            switch YAMLScalar.token(text) {
            case .literal(let token): out += token.utf8
            case .text: appendString(text, to: &out)
            case .foreignNumber:
                throw SourceProblem(node, "\(node.words) is no number of JSON; put quotes around it")
            }
        }
    }

    private static func appendString(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for unit in text.utf16 {
            switch unit {
            case 0x22: out += "\\\"".utf8
            case 0x5C: out += "\\\\".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0D: out += "\\r".utf8
            case 0x09: out += "\\t".utf8
            case 0x08: out += "\\b".utf8
            case 0x0C: out += "\\f".utf8
            case 0x20..<0x7F: out.append(UInt8(unit))
            default:
                let hex = String(unit, radix: 16)
                out += "\\u\(String(repeating: "0", count: 4 - hex.utf8.count))\(hex)".utf8
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    /// As Go writes it, on one line: that of google/test-server, whose files have Go's own tokens.
    static func compactBytes(_ node: SourceNode) throws(SourceProblem) -> [UInt8] {
        guard case .json(let view) = node else { return try pythonBytes(node) }
        return JSONLayout.compact.text(of: view)
    }
}
