// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A text with places for values: `You said {{lastText}}.` Names alone, no code.
struct Template: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case literal(String)
        case value(Name)
        /// What stands at a JSON Pointer of the request's body.
        case pointer(String)
    }

    enum Name: String, Sendable, CaseIterable {
        /// Of the model, without `models/`.
        case model
        case endpoint
        /// The last text of the user.
        case lastText
        /// Which one it is of the stub's calls, from 1.
        case call
        /// Which turn of the user's, from 1.
        case turn
        /// The server's time, as the API writes it.
        case time
        case seed
    }

    var pieces: [Piece]

    /// Why a text is no template.
    struct Failure: Error, Equatable {
        let message: String
        var suggestion: String?
    }

    init(_ text: String) throws(Failure) {
        pieces = []
        var rest = text[...]
        while let (before, inner, after) = try Template.nextPlace(rest) {
            if !before.isEmpty { pieces.append(.literal(String(before))) }
            pieces.append(try Template.piece(inner))
            rest = after
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    }

    private static func nextPlace(
        _ text: Substring
    ) throws(Failure) -> (before: Substring, inner: Substring, after: Substring)? {
        guard let start = firstPair(of: "{", in: text) else { return nil }
        let inner = text[start...].dropFirst(2)
        guard let end = firstPair(of: "}", in: inner) else {
            throw Failure(message: "{{ is never closed by }}")
        }
        return (text[..<start], inner[..<end], inner[end...].dropFirst(2))
    }

    private static func firstPair(of character: Character, in text: Substring) -> Substring.Index? {
        var before: Substring.Index?
        for index in text.indices {
            guard text[index] == character else {
                before = nil
                continue
            }
            if let before { return before }
            before = index
        }
        return nil
    }

    private static func piece(_ inner: Substring) throws(Failure) -> Piece {
        let words = inner.split(separator: " ").map { String($0) }
        if words.count == 1, let name = Name(rawValue: words[0]) { return .value(name) }
        if words.count == 1, words[0].hasPrefix("/") { return .pointer(words[0]) }
        let known = Name.allCases.map(\.rawValue)
        throw Failure(
            message:
                "{{\(inner.prefix(40))}} is neither a JSON pointer such as {{/contents/0/role}} nor one of "
                + Quoted.choice(known),
            suggestion: Suggestion.nearest(to: words.first ?? "", among: known)
        )
    }
}
