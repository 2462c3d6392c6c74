// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Which function, if any, the built-in answer calls.
enum FunctionChoice {
    /// One call for each question: after its functionResponse the answer is text, so tool loops end by themselves. Where
    /// a call is required (`ANY`), each allowed function is called once in turn before that.
    static func function(for request: GenerateContentRequest) -> FunctionDeclaration? {
        guard request.functionCalling.mode != .none, !request.functions.isEmpty,
            let question = lastQuestion(request.contents)
        else { return nil }
        let names = Set(request.functionCalling.allowed)
        let allowed = request.functions.filter { names.isEmpty || names.contains($0.name) }
        let answered = responses(in: request.contents[question...])
        if request.functionCalling.mode == .any { return allowed.first { !answered.contains($0.name) } }
        guard answered.isEmpty else { return nil }
        return named(in: request.contents[question].text, allowed) ?? allowed.first
    }

    /// The first function whose name stands in the text.
    private static func named(in text: String, _ functions: [FunctionDeclaration]) -> FunctionDeclaration? {
        guard functions.count > 1 else { return nil }
        // Many functions times a long text would take hours.
        let start = String(decoding: text.utf8.prefix(searchedBytes / functions.count), as: UTF8.self)
        return functions.first { !$0.name.isEmpty && Substrings.first($0.name, in: start) != nil }
    }

    /// Bytes of text that are compared in all: a hundred functions are looked for in 40 KB.
    private static let searchedBytes = 4 * 1024 * 1024

    /// The last content of the user's that says something itself instead of only bringing function results.
    private static func lastQuestion(_ contents: [Content]) -> Int? {
        contents.lastIndex { content in
            !content.isFromModel
                && content.parts.contains { part in
                    if case .functionResponse = part.data { false } else { true }
                }
        } ?? (contents.isEmpty ? nil : 0)
    }

    private static func responses(in contents: ArraySlice<Content>) -> Set<String> {
        var names: Set<String> = []
        for content in contents {
            for part in content.parts {
                if case .functionResponse(let view) = part.data {
                    names.insert(view.field("name")?.string ?? "")
                }
            }
        }
        return names
    }
}
