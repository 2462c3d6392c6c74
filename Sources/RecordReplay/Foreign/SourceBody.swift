// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A body as another tool's file has it.
enum SourceBody {
    /// - isText: whether it stands there as a text, so that it is no compressed one.
    case bytes([UInt8], isText: Bool)
    /// It isn't there; of so many bytes.
    case missing(Int)
    /// It was left out of a recording of ours.
    case leftOut(Int, sha256: String)

    static let none = SourceBody.bytes([], isText: true)

    /// Those that say no more than quotes would; vcrpy has written the last two with Python 2.
    static let textTags: Set = [
        "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:python/unicode", "tag:yaml.org,2002:python/str",
    ]
    /// What vcrpy makes of a request's body that was read from a file.
    private static let bytesFileTags: Set = [
        "tag:yaml.org,2002:python/object/new:_io.BytesIO",
        "tag:yaml.org,2002:python/object/apply:_io.BytesIO",
    ]
    /// PyYAML's and Psych's.
    private static let binaryTags: Set = ["tag:yaml.org,2002:binary", "!binary"]

    /// A scalar, which may be tagged as base64, or a file of Python's memory with one in it.
    init(_ node: SourceNode) throws(SourceProblem) {
        if SourceBody.bytesFileTags.contains(node.tag ?? ""), let content = node["state"]?.elements.first {
            self = try SourceBody.scalar(content)
        } else {
            self = try SourceBody.scalar(node)
        }
    }

    private static func scalar(_ node: SourceNode) throws(SourceProblem) -> SourceBody {
        guard let text = node.text ?? (node.kind == .null ? "" : nil) else {
            throw SourceProblem(node, "a body must be a text, found \(node.words)")
        }
        guard let tag = node.tag, !SourceBody.textTags.contains(tag) else {
            return .bytes(Array(text.utf8), isText: true)
        }
        guard SourceBody.binaryTags.contains(tag) else {
            throw SourceProblem(node, "the tag \(SourceText.shown(tag)) isn't understood")
        }
        return try SourceBody(base64: node)
    }

    init(base64 node: SourceNode) throws(SourceProblem) {
        var text = node.text ?? ""
        guard let bytes = text.withUTF8({ Base64Text($0)?.decoded() }) else {
            throw SourceProblem(node, "this is no base64")
        }
        self = .bytes(bytes, isText: false)
    }

    /// What is kept of it.
    var recorded: RecordedBody {
        switch self {
        case .bytes(let bytes, _): return RecordedBody(bytes)
        case .missing(let length):
            var body = RecordedBody([])
            (body.bytes, body.length) = (nil, length)
            return body
        case .leftOut(let length, let hash): return RecordedBody(leftOut: length, sha256: hash)
        }
    }

    /// Whether these bytes are what `Content-Encoding` says.
    func isCoded(_ coding: String) -> Bool {
        guard case .bytes(let bytes, let isText) = self, !isText, !bytes.isEmpty else { return false }
        return switch coding {
        case "gzip", "x-gzip": bytes.starts(with: [0x1F, 0x8B])
        case "zstd": bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        default: true
        }
    }
}
