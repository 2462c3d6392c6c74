// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The functions among a turn's tools, and which of them may or must be called (INTERACTIONS 2).
enum InteractionTools {
    static func functions(of tools: JSONView) -> [JSONView] {
        tools.elements.filter { $0["type"]?.string == "function" }
    }

    /// The same as one tool of generateContent.
    static func asGenerateContent(_ functions: [JSONView]) -> [JSONView] {
        guard !functions.isEmpty else { return [] }
        let declarations = JSON.array(functions.map { JSON($0) })
        let tool = JSON.object([JSON.Member("functionDeclarations", declarations)])
        // Two levels deeper than they came: at the very limit of depth they are left out.
        return (try? JSONDocument(parsing: tool.bytes(.compact))).map { [$0.root] } ?? []
    }

    /// - Parameter choice: a word, or `{allowed_tools: {mode, tools}}`; checked.
    static func calling(_ choice: JSONView?, _ functions: [JSONView]) throws(APIError) -> FunctionCalling {
        guard let choice, !choice.isNull else { return FunctionCalling(mode: .auto) }
        guard !functions.isEmpty else { throw .functionCallingWithoutFunctions }
        let allowed = choice["allowed_tools"]
        let names = allowed?["tools"]?.elements.compactMap(\.string) ?? []
        return FunctionCalling(mode: mode(choice.string ?? allowed?["mode"]?.string), allowed: names)
    }

    /// `validated` calls or answers, like `auto`.
    private static func mode(_ word: String?) -> FunctionCalling.Mode {
        switch word {
        case "any": .any
        case "none": .none
        default: .auto
        }
    }
}
