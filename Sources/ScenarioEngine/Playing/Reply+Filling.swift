// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// What templates may ask for besides the request.
public struct TemplateValues: Sendable {
    /// Nanoseconds since 1970.
    public let now: Int64
    public let seed: UInt64

    public init(now: Int64, seed: UInt64) {
        self.now = now
        self.seed = seed
    }
}

extension Reply {
    /// The reply with its texts filled in.
    ///
    /// - Parameter call: which reply of the stub it is, from 1.
    func filled(_ request: RequestSubject, _ values: TemplateValues, call: Int) -> ScriptedReply {
        let fill = { (template: Template) in template.filled(request, values, call: call) }
        switch content {
        case .made(let made, let overrides): return .answer(made.filled(fill), overrides)
        case .builtIn(let overrides): return .builtIn(overrides)
        case .body(let body, let status): return .body(body, status: status)
        case .error(let error): return .error(error)
        case .file(let fate): return .file(fate)
        case .interaction(var fate, let text):
            fate.text = text.map(fill)
            return .interaction(fate)
        }
    }
}

extension MadeAnswer {
    fileprivate func filled(_ fill: (Template) -> String) -> ScriptedAnswer {
        let said: ScriptedAnswer.Said? =
            switch self.said {
            case .text(let template): .text(fill(template))
            case .json(let value): .json(value)
            case .parts(let parts): .parts(parts)
            case nil: nil
            }
        return ScriptedAnswer(thought: thought.map(fill), said: said, calls: calls, chunks: chunks)
    }
}

extension Template {
    /// A place is filled with at most so many bytes: an answer isn't to grow with its request.
    private static let longestValue = 65_536

    fileprivate func filled(_ request: RequestSubject, _ values: TemplateValues, call: Int) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .literal(let literal): text += literal
            case .value(let name): text += Template.clipped(Template.value(name, request, values, call))
            case .pointer(let pointer):
                text += Template.clipped(Template.value(at: pointer, in: request.body))
            }
        }
    }

    private static func value(
        _ name: Name, _ request: RequestSubject, _ values: TemplateValues, _ call: Int
    ) -> String {
        switch name {
        case .model: request.model ?? ""
        case .endpoint: request.endpoint
        case .lastText: request.conversation.lastText ?? ""
        case .call: "\(call)"
        case .turn: "\(request.conversation.turn)"
        case .time: Timestamp.text(values.now, decimals: 6)
        case .seed: "\(values.seed)"
        }
    }

    /// A text as it is, anything else as it was sent; nothing where nothing is.
    private static func value(at pointer: String, in body: JSONView) -> String {
        guard let view = JSONPointer(pointer).value(in: body) else { return "" }
        return view.string ?? String(decoding: view.source.prefix(longestValue), as: UTF8.self)
    }

    private static func clipped(_ text: String) -> String {
        guard text.utf8.count > longestValue else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: longestValue)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }
}
