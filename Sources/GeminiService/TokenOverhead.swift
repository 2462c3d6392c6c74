// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What a prompt costs beside the tokens of its texts: turns, function calls and results, declarations.
///
/// Fitted to recordings of the real API (1.5 to 3.6). Median error 0 for texts, calls and results (at most 1 for
/// results on 2.5), 0 to 2 tokens for declarations; nested parameters on 2.5 come out up to a third low.
struct TokenOverhead {
    let era: ModelEra

    /// For each content and for the system instruction.
    var turn: Int { era == .two ? 0 : 1 }

    func call(name: JSONView?, arguments: JSONView?) -> Int {
        let text = tokens(name) + (arguments.map(TokenOverhead.leaves) ?? 0)
        switch era {
        case .two: return text
        case .twoFive: return text + 7 + 3 * members(arguments)
        case .three: return text + 7 + memberWeights(arguments)
        }
    }

    /// A call that is made: counted as it is when it comes back with the next turn.
    func call(_ name: String, _ arguments: JSON) -> Int {
        let call = JSON.object([JSON.Member("name", .string(name)), JSON.Member("args", arguments)])
        guard let view = try? JSONDocument(parsing: call.bytes(.compact)).root else { return 0 }
        return self.call(name: view["name"], arguments: view["args"])
    }

    func response(name: JSONView?, response: JSONView?) -> Int {
        let text = tokens(name) + (response.map(TokenOverhead.leaves) ?? 0)
        switch era {
        case .two: return text
        case .twoFive: return text + 8 + 3 * members(response)
        case .three: return text + 5 + memberWeights(response)
        }
    }

    func declaration(_ function: JSONView) -> Int {
        let text = tokens(function.field("name")) + tokens(function.field("description"))
        let schema = function.field("parametersJsonSchema") ?? function.field("parameters")
        switch era {
        case .two: return 4 + text + (schema.map(schemaText) ?? 0)
        case .twoFive: return 18 + text + (schema.map { schemaText($0) + 10 * properties($0) } ?? 0)
        case .three: return 13 + text + (schema.map { properties($0) > 0 ? schemaWeight($0) : 0 } ?? 0)
        }
    }

    /// Tokens of all names and values in a JSON value, without its punctuation.
    static func leaves(_ view: JSONView) -> Int {
        switch view.kind {
        case .object:
            view.members.reduce(0) {
                $0 + $1.withNameBytes { TextTokens.count(UnsafeRawBufferPointer($0)) } + leaves($1.value)
            }
        case .array: view.elements.reduce(0) { $0 + leaves($1) }
        case .string: TokenCounter.tokens(view)
        case .null, .bool, .number: view.source.withUnsafeBytes { TextTokens.count($0) }
        }
    }

    private func tokens(_ view: JSONView?) -> Int { view.map(TokenCounter.tokens) ?? 0 }

    /// Members of objects at any depth.
    private func members(_ view: JSONView?) -> Int {
        guard let view else { return 0 }
        return view.members.reduce(0) { $0 + 1 + members($1.value) }
            + view.elements.reduce(0) { $0 + members($1) }
    }

    /// The same on Gemini 3: 4 for a text, 2 for anything else.
    private func memberWeights(_ view: JSONView?) -> Int {
        guard let view else { return 0 }
        return view.members.reduce(0) { $0 + ($1.value.kind == .string ? 4 : 2) + memberWeights($1.value) }
            + view.elements.reduce(0) { $0 + memberWeights($1) }
    }

    // MARK: Schemas

    private func properties(_ schema: JSONView) -> Int {
        children(of: schema).reduce(schema.field("properties").map { Array($0.members).count } ?? 0) {
            $0 + properties($1)
        }
    }

    /// Tokens of the names, descriptions and choices.
    private func schemaText(_ schema: JSONView) -> Int {
        let names =
            schema.field("properties").map { $0.members.reduce(0) { $0 + TextTokens.count($1.name) } } ?? 0
        let own = tokens(schema.field("description")) + schema.list("enum").reduce(0) { $0 + tokens($1) }
        return children(of: schema).reduce(names + own) { $0 + schemaText($1) }
    }

    /// On Gemini 3: 6 for each keyword and each name, their texts, and 1 for each object.
    private func schemaWeight(_ schema: JSONView) -> Int {
        var weight = 0
        for keyword in ["type", "items", "enum", "description", "title"] where schema.field(keyword) != nil {
            weight += 6
        }
        weight += tokens(schema.field("description")) + tokens(schema.field("title"))
        weight += schema.list("enum").reduce(0) { $0 + tokens($1) }
        if let properties = schema.field("properties") {
            weight += properties.members.reduce(1) { $0 + 6 + TextTokens.count($1.name) }
        }
        return children(of: schema).reduce(weight) { $0 + schemaWeight($1) }
    }

    private func children(of schema: JSONView) -> [JSONView] {
        (schema.field("properties")?.members.map(\.value) ?? [])
            + (schema.field("items").map { $0.kind == .object ? [$0] : [] } ?? []) + schema.list("anyOf")
    }
}
