// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A recording with the text that it was read from.
struct RecordingDocument {
    let file: String
    let recording: Recording
    let json: JSONDocument
    /// The bodies beside it that it refers to.
    let bodyNames: Set<String>

    /// Where the exchanges stand in the text.
    var exchanges: [JSONView] { Array((json.root["exchanges"] ?? json.root).elements) }

    /// Where that part of an exchange stands in the text.
    static func part(_ change: Redaction.Change, of exchange: JSONView) -> JSONView {
        guard let side = exchange[change.isAnswer ? "answer" : "request"] else { return exchange }
        switch change.place {
        case .target: return side["target"] ?? side
        case .body: return side["body"] ?? side
        case .header(let index, _):
            var headers = side["headers"]?.elements.makeIterator()
            for _ in 0..<index { _ = headers?.next() }
            return headers?.next() ?? side
        }
    }
}
